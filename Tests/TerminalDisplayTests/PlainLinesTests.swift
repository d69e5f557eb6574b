import Execution
import Foundation
import Synchronization
import TerminalDisplay
import Testing
import Workflow

/// What a log says of a run.
@Suite struct PlainLinesTests {
  @Test func aStageHasALineAtItsStartAndEndAndFewBetween() {
    var lines = PlainLines()
    lines.planned(StudyOnTheWay.plan)
    var said: [String?] = [lines.stageStarted("graphs", tasks: 100, cached: 37, at: 1)]
    for event in 0..<63 {
      said.append(lines.taskEnded(stage: "graphs", event: event, at: 1 + Double(event + 1) / 4))
    }
    said.append(lines.stageEnded("graphs", at: 17))
    #expect(
      said.compactMap { $0 } == [
        "graphs: 63 events to run, about 20 s, 37 from the cache",
        "graphs: 78/100 events  4.0/s  6 s left",
        "graphs: done, 100 events, 37 from the cache, in 16 s",
      ])
  }

  @Test func aLongTaskTellsItsStepsAndFigures() {
    var lines = PlainLines()
    lines.planned(StudyOnTheWay.plan)
    var said = [lines.stageStarted("train", tasks: 1, cached: 0, at: 0)]
    for epoch in 1...4 {
      said.append(
        lines.taskProgressed(
          stage: "train",
          TaskProgress(done: epoch, total: 30, unit: "epochs", note: "loss 0.35"),
          at: 4 * Double(epoch)))
    }
    #expect(
      said.compactMap { $0 } == [
        "train: 1 task to run, about 6 min 40 s",
        "train: 3/30 epochs  4.0 s each  1 min 48 s left  loss 0.35",
      ])
  }

  @Test func aQueueHasALineWhereItChangedAndFewOfThem() {
    var lines = PlainLines()
    lines.planned([
      StudyOnTheWay.outlook("graphs", tasks: 4, cached: 0),
      StudyOnTheWay.outlook("tracks", tasks: 4, cached: 0),
    ])
    func jobs(_ stage: String, _ waiting: Int, _ running: Int, _ reason: String) -> StageJobs {
      StudyOnTheWay.jobs(
        stage, waiting: waiting, running: running, waiting > 0 ? [(reason, waiting)] : [])
    }
    var said: [String?] = ["graphs", "tracks"].map {
      lines.stageStarted($0, tasks: 4, cached: 0, at: 0)
    }
    said.append(lines.jobsChanged(jobs("graphs", 2, 0, "OddWord"), at: 5))
    // That a stage waits for the one before it goes without saying.
    said.append(lines.jobsChanged(jobs("tracks", 2, 0, "Dependency"), at: 5))
    said.append(lines.jobsChanged(jobs("graphs", 1, 1, "FrontEndDown"), at: 10))
    #expect(lines.timePassed(to: 20).isEmpty)
    said += lines.timePassed(to: 36).map { $0 }
    #expect(lines.timePassed(to: 90).isEmpty)
    for event in 0..<4 {
      lines.taskStarted(stage: "graphs", event: event, worker: 0, at: 91 + Double(event))
      said.append(lines.taskEnded(stage: "graphs", event: event, at: 92 + Double(event)))
    }
    said.append(lines.jobsChanged(jobs("graphs", 0, 0, ""), at: 97))
    said.append(lines.jobsChanged(jobs("tracks", 0, 2, ""), at: 98))
    said.append(lines.stageEnded("graphs", at: 99))
    #expect(
      said.compactMap { $0 } == [
        "graphs: 4 events to run", "tracks: 4 events to run",
        "graphs: 0/4 events  2 jobs wait (OddWord)",
        "graphs: 0/4 events  1 job runs, 1 waits (FrontEndDown)",
        "graphs: 1/4 events  1.0/s  3 s left  1 job runs, 1 waits (FrontEndDown)",
        "graphs: done, 4 events, in 4.0 s", "tracks: 0/4 events  2 jobs run",
      ])
  }

  @Test func timesOfDayHaveTheZonesOffset() throws {
    let date = Date(timeIntervalSince1970: 1_795_558_503)
    for (hours, text) in [
      (0.0, "2026-11-24T22:15:03+00:00"), (5.5, "2026-11-25T03:45:03+05:30"),
      (-3.5, "2026-11-24T18:45:03-03:30"),
    ] {
      let zone = try #require(TimeZone(secondsFromGMT: Int(hours * 3600)))
      #expect(Timestamp.text(date, zone: zone) == text)
    }
  }

  @Test func everyLineBeginsWithTheTimeOfDayAndNoticesAreSaidAtOnce() {
    let lines = Mutex<[String]>([])
    let progress = PlainProgress { line in lines.withLock { $0.append(line) } }
    progress.planned([StudyOnTheWay.outlook("graphs", tasks: 2, cached: 0)])
    progress.stageStarted("graphs", tasks: 2, cached: 0)
    progress.notice("graphs, event 7 is set aside")
    progress.runEnded()
    let words = lines.withLock { $0 }
    #expect(words.count == 2)
    for (line, end) in zip(words, ["graphs: 2 events to run", "graphs, event 7 is set aside"]) {
      let time = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d/
      #expect(line.prefixMatch(of: time) != nil && line.hasSuffix(" " + end), "\(line)")
    }
  }
}
