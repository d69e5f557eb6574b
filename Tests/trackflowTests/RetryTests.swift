import Foundation
import JSONDocument
import TestSupport
import Testing

/// What goes wrong with tasks: what is tried again, what is set aside, what stops the run.
@Suite struct RetryTests {
  @Test func aCrashIsTriedAgainAndEndsInTheSameBits() throws {
    let study = try Rehearsal()
    let ending = try study.run(["work.fault=crash", "work.faultEvents=[2,4]"])
    #expect(ending.code == 0, "\(ending.errors)")
    #expect(try study.objects() == study.undisturbed())
    #expect(ending.errors.contains("work, event 2: the worker was ended by signal 6"))
    let retries = study.journal("retry")
    #expect(Set(retries.compactMap { $0["event"]?.intValue }) == [2, 4])
    #expect(retries.allSatisfy { $0["cause"] == "crashed" })
    // What the worker said stands in the journal, with the event that it was at work on.
    let said = study.journal("log").first { $0["line"] == "rehearsed crash on event 4" }
    #expect(said?["event"] == 4)
    #expect(said?["stage"] == "work")
  }

  @Test func theWaitBeforeEachAttemptGrows() throws {
    let study = try Rehearsal(events: 1)
    let ending = try study.run(["work.fault=crash", "work.faultyAttempts=2"])
    #expect(ending.code == 0, "\(ending.errors)")
    let starts = study.journal("start").compactMap { $0["at"]?.doubleValue }
    #expect(study.journal("start").compactMap { $0["attempt"]?.intValue } == [2, 3])
    let waits = zip(starts, study.journal("retry").compactMap { $0["at"]?.doubleValue }).map {
      $1 - $0
    }
    try #require(starts.count == 3 && waits.count == 2)
    #expect(starts[2] - starts[1] > 2 && starts[1] - starts[0] > 1)
  }

  @Test func aTaskThatCrashesToTheLastSetsItsEventAsideAndIsTriedByTheNextRun() throws {
    let study = try Rehearsal()
    let faults = ["work.fault=crash", "work.faultEvents=[3]", "work.faultyAttempts=1000"]
    let ending = try study.run(faults + ["work.retries=1"])
    #expect(ending.code == 3, "\(ending.errors)")
    let aside = ending.json?["setAside"]?.arrayValue?.first
    #expect(aside?["event"] == 3)
    #expect(aside?["reason"]?.stringValue?.contains("2 times") == true, "\(ending.output)")
    #expect(study.journal("start").count { $0["event"] == 3 } == 2)
    #expect(try study.run().code == 0)
    #expect(try study.objects() == study.undisturbed())
  }

  @Test func badInputIsNotTriedAgainAndStaysRefused() throws {
    let study = try Rehearsal()
    let ending = try study.run(["work.fault=refuse", "work.faultEvents=[1]"])
    #expect(ending.code == 3, "\(ending.errors)")
    #expect(study.journal("start").count { $0["event"] == 1 } == 1)
    #expect(study.journal("retry").isEmpty)
    #expect(try study.run().code == 3)
  }

  @Test func aFailureThatMayPassIsForgottenByTheNextRun() throws {
    let study = try Rehearsal()
    let ending = try study.run(["work.fault=fail", "work.faultEvents=[1]"])
    #expect(ending.code == 3, "\(ending.errors)")
    #expect(ending.errors.contains("rehearsed failure on event 1"))
    #expect(try study.run().code == 0)
  }

  @Test func aStageThatStopsOnErrorsEndsTheRun() throws {
    let study = try Rehearsal()
    let faults = ["work.fault=refuse", "work.faultEvents=[0]"]
    let ending = try study.run(faults + ["work.onError=stop", "work.workers=1"])
    #expect(ending.code == 65)
    #expect(ending.errors.contains("stage work, event 0: rehearsed refusal of event 0"))
    #expect(ending.errors.contains("\"onError\" is \"stop\""))
    #expect(study.journal("start").count == 1)
    // The refusal is remembered: the plan itself stops the next run.
    #expect(try study.run(faults + ["work.onError=stop"]).code == 65)
    #expect(study.journal("start").isEmpty)
  }

  @Test func keepGoingRunsWhatDoesNotDependOnTheFailure() throws {
    let study = try Rehearsal(
      stages: """
        { "bad": { "uses": "rehearse", "parameters": { "tag": 1, "fault": "refuse" } },
          "after": { "uses": "train-edge-classifier", "needs": ["graphs"], "on": ["all"] },
          "graphs": { "uses": "build-graphs" },
          "good": { "uses": "rehearse", "parameters": { "tag": 2 } } }
        """)
    // Events without truth make no graph, so there is nothing to train on.
    let stopped = try study.run()
    #expect(stopped.code == 65, "\(stopped.errors)")
    let before = study.journal("done").count
    let ending = try study.run(more: ["--keep-going"])
    #expect(ending.code == 65)
    #expect(ending.errors.contains("stage after can't run"))
    #expect(before + study.journal("done").count == 6)
    let plan = try Program.run(
      ["plan", "rehearsal.json", "--cache", "cache", "--json"], in: study.folder.path)
    let good = plan.json?["stages"]?.arrayValue?.first { $0["stage"] == "good" }
    #expect(good?["cached"] == 6)
  }
}
