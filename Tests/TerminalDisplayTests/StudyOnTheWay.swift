import Execution
import TerminalDisplay
import Workflow

/// A run of a small study, told step by step with the times that a test wants.
struct StudyOnTheWay {
  var board = RunBoard()

  /// What the first plan finds: some graphs are in the cache, and the last stage's duration is not known.
  static let plan = [
    outlook("events", tasks: 100, cached: 100),
    outlook("graphs", tasks: 100, cached: 37, seconds: 20),
    outlook("train", tasks: 1, cached: 0, seconds: 400),
    outlook("edges", tasks: 10, cached: 0, seconds: 5),
    outlook("tracks", tasks: 10, cached: 0),
  ]

  static func outlook(
    _ name: String, tasks: Int, cached: Int, toRun: Int? = nil, seconds: Double? = nil
  ) -> StageOutlook {
    StageOutlook(
      name: name, tasks: tasks, cached: cached, toRun: toRun ?? tasks - cached,
      seconds: tasks == cached ? 0 : seconds)
  }

  /// The plan is made, nothing is at work.
  static var planned: StudyOnTheWay {
    var study = StudyOnTheWay()
    study.board.planned(plan)
    study.board.timePassed(to: 0.4)
    return study
  }

  /// Some graphs of this run are there, two are at work.
  static var amongGraphs: StudyOnTheWay {
    var study = planned
    study.board.stageStarted("graphs", tasks: 100, cached: 37, at: 1)
    for event in 0..<34 {
      study.board.taskStarted(stage: "graphs", event: event, worker: event % 2)
    }
    for event in 0..<32 {
      study.board.taskEnded(stage: "graphs", event: event, at: 1 + Double(event + 1) / 4)
    }
    study.board.timePassed(to: 9.5)
    return study
  }

  /// The training is in its twelfth epoch; one event was set aside.
  static var training: StudyOnTheWay {
    var study = amongGraphs
    for event in 32..<63 { study.board.taskEnded(stage: "graphs", event: event, at: 17) }
    study.board.stageEnded("graphs", at: 17)
    study.board.planned([
      outlook("events", tasks: 100, cached: 100),
      outlook("graphs", tasks: 100, cached: 99, toRun: 0),
      outlook("train", tasks: 1, cached: 0, seconds: 400),
      outlook("edges", tasks: 10, cached: 0, toRun: 9, seconds: 5),
      outlook("tracks", tasks: 10, cached: 0, toRun: 9),
    ])
    study.board.stageStarted("train", tasks: 1, cached: 0, at: 18)
    study.board.taskStarted(stage: "train", event: nil, worker: 0)
    for epoch in 1...12 {
      study.board.taskProgressed(
        stage: "train",
        TaskProgress(
          done: epoch, total: 30, unit: "epochs", note: "loss 0.\(80 - epoch), AUC 0.943"),
        at: 18 + 14 * Double(epoch))
    }
    study.board.timePassed(to: 190)
    return study
  }

  /// The same, stopped there.
  static var stopped: StudyOnTheWay {
    var study = training
    study.board.runEnded(at: 191.26)
    return study
  }

  /// Everything has its result.
  static var done: StudyOnTheWay {
    var study = training
    study.board.taskEnded(stage: "train", event: nil, at: 440)
    study.board.stageEnded("train", at: 440)
    for name in ["edges", "tracks"] {
      study.board.stageStarted(name, tasks: 10, cached: 0, at: 441)
      for event in 0..<9 { study.board.taskEnded(stage: name, event: event, at: 442) }
      study.board.stageEnded(name, at: 442.3)
    }
    study.board.planned([
      outlook("events", tasks: 100, cached: 100),
      outlook("graphs", tasks: 100, cached: 99, toRun: 0),
      outlook("train", tasks: 1, cached: 1), outlook("edges", tasks: 10, cached: 9, toRun: 0),
      outlook("tracks", tasks: 10, cached: 9, toRun: 0),
    ])
    study.board.runEnded(at: 443.04)
    return study
  }

  static func jobs(
    _ stage: String, waiting: Int, running: Int, _ reasons: [(String, Int)] = []
  ) -> StageJobs {
    StageJobs(
      stage: stage, waiting: waiting, running: running,
      reasons: reasons.map { StageJobs.Reason(reason: $0.0, jobs: $0.1) })
  }

  /// On a cluster all stages are handed in at once: one is done, two are at work, two wait for them.
  static var onCluster: StudyOnTheWay {
    var study = StudyOnTheWay()
    study.board.planned([
      outlook("events", tasks: 100, cached: 0), outlook("graphs", tasks: 100, cached: 0),
      outlook("train", tasks: 1, cached: 0), outlook("edges", tasks: 10, cached: 0),
      outlook("tracks", tasks: 10, cached: 4),
    ])
    for (name, tasks) in [("events", 100), ("graphs", 100), ("train", 1), ("edges", 10)] {
      study.board.stageStarted(name, tasks: tasks, cached: 0, at: 1)
    }
    study.board.stageStarted("tracks", tasks: 10, cached: 4, at: 1)
    for (name, count) in [("events", 10), ("graphs", 10), ("edges", 1), ("tracks", 1)] {
      study.board.jobsChanged(
        jobs(name, waiting: count, running: 0, [("FrontEndDown", count)]), at: 2)
    }
    for event in 0..<100 {
      study.board.timePassed(to: 601)
      study.board.taskStarted(stage: "events", event: event, worker: event % 10)
      study.board.taskEnded(stage: "events", event: event, at: 602 + Double(event) / 2)
    }
    for event in 0..<48 {
      study.board.taskStarted(stage: "graphs", event: event, worker: event % 16)
      if event < 32 {
        study.board.taskEnded(stage: "graphs", event: event, at: 652 + Double(event + 1))
      }
    }
    study.board.taskStarted(stage: "train", event: nil, worker: 20)
    for epoch in 1...3 {
      study.board.taskProgressed(
        stage: "train",
        TaskProgress(done: epoch, total: 30, unit: "epochs", note: "loss 0.7, AUC 0.9"),
        at: 660 + 8 * Double(epoch))
    }
    study.board.jobsChanged(
      jobs("graphs", waiting: 5, running: 3, [("FrontEndDown", 4), ("OddWord", 1)]), at: 685)
    study.board.jobsChanged(jobs("train", waiting: 0, running: 1), at: 685)
    study.board.jobsChanged(jobs("edges", waiting: 1, running: 0, [("FrontEndDown", 1)]), at: 685)
    study.board.jobsChanged(jobs("tracks", waiting: 1, running: 0, [("FrontEndDown", 1)]), at: 685)
    study.board.timePassed(to: 686)
    return study
  }

  /// A study of many stages, of which two are at work.
  static var ofManyStages: StudyOnTheWay {
    var study = StudyOnTheWay()
    study.board.planned(
      (1...20).map { outlook("stage-\($0)", tasks: 8, cached: $0 < 9 ? 8 : 0, seconds: 3) })
    for name in ["stage-9", "stage-12"] {
      study.board.stageStarted(name, tasks: 8, cached: 0, at: 2)
      study.board.taskEnded(stage: name, event: 1, at: 5)
    }
    study.board.timePassed(to: 6)
    return study
  }
}
