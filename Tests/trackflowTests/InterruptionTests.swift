import Foundation
import JSONDocument
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// Ctrl-C, once and twice, and two runs at a time.
@Suite struct InterruptionTests {
  /// Waits until so many tasks have been started.
  private func wait(
    for starts: Int, of study: Rehearsal, run: String = "run", _ running: Program.Running
  ) {
    while study.journal("start", run: run).count < starts, running.process.isRunning {}
  }

  @Test func ctrlCOnceFinishesTheTasksInHand() throws {
    let study = try Rehearsal()
    let running = try study.start(["work.seconds=1"])
    wait(for: 2, of: study, running)
    kill(running.identifier, SIGINT)
    let ending = running.wait()
    #expect(ending.code == 130)
    #expect(ending.errors.contains("Ctrl-C again stops at once"))
    #expect(ending.errors.contains("the same command goes on from here"))
    #expect(try study.objects().count == 2)
    let again = try study.run(["work.seconds=0"])
    #expect(again.code == 0)
    #expect(again.json?["tasksRun"] == 4)
    #expect(try study.objects() == study.undisturbed())
  }

  @Test func ctrlCTwiceStopsAtOnce() throws {
    let study = try Rehearsal()
    let running = try study.start(["work.seconds=3600"])
    wait(for: 2, of: study, running)
    let workers = running.children
    kill(running.identifier, SIGINT)
    while study.journal("start").isEmpty {}
    // Two signals of a kind that wait become one.
    Thread.sleep(forTimeInterval: 0.3)
    kill(running.identifier, SIGINT)
    #expect(running.wait().code == 130)
    #expect(workers.count == 2)
    for worker in workers { #expect(kill(worker, 0) != 0) }
    #expect(try study.objects().isEmpty)
    #expect(try study.run().code == 0)
  }

  @Test func aTrainingThatIsStoppedOnceEndsAtItsNextCheckpoint() throws {
    let study = try SmallStudy()
    let epochs = ["--set", "train.epochs=4000", "--set", "train.aucEvery=100000"]
    let running = try Program.start(study.arguments(cache: "cache", epochs), in: study.folder.path)
    while study.objectCount(cache: "cache") < 7, running.process.isRunning {}
    kill(running.identifier, SIGINT)
    #expect(running.wait().code == 130)
    let plan = try Program.run(
      ["plan", "small.json", "--cache", "cache"] + epochs, in: study.folder.path)
    #expect(plan.output.contains("continues from epoch "), "\(plan.output)")
  }

  @Test func theSecondRunWaitsForAStoppedFirstAndTakesOverFromADeadOne() throws {
    let study = try Rehearsal()
    let first = try study.start(["work.seconds=0.5"], run: "first")
    wait(for: 2, of: study, run: "first", first)
    kill(first.identifier, SIGSTOP)
    let workers = first.children
    for worker in workers { kill(worker, SIGSTOP) }
    let second = try study.start(["work.seconds=0"], run: "second")
    // The second makes what the first has not begun, and then waits for the rest.
    while study.journal("done", run: "second").count < 4, second.process.isRunning {}
    #expect(second.process.isRunning)
    #expect(study.journal("start", run: "second").count == 4)
    kill(first.identifier, SIGKILL)
    for worker in workers { kill(worker, SIGKILL) }
    _ = first.wait()
    let ending = second.wait()
    #expect(ending.code == 0, "\(ending.errors)")
    #expect(ending.errors.contains("waiting for results that run "), "\(ending.errors)")
    #expect(try study.objects() == study.undisturbed())
  }

  @Test func noResultIsMadeTwiceByTwoRuns() throws {
    let study = try Rehearsal()
    let runs = try ["one", "two"].map { try study.start(["work.seconds=0.2"], run: $0) }
    let endings = runs.map { $0.wait() }
    #expect(endings.map(\.code) == [0, 0], "\(endings.map(\.errors))")
    let started = ["one", "two"].flatMap { study.journal("start", run: $0) }
    #expect(started.count == 6)
    #expect(Set(started.compactMap { $0["event"]?.intValue }).count == 6)
  }
}
