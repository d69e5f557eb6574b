import Workflow

/// What a plan holds of one stage, for those who watch a run.
public struct StageOutlook: Sendable, Equatable {
  public var name: String
  /// All tasks, with those that are set aside.
  public var tasks: Int
  /// Tasks whose results are in the cache.
  public var cached: Int
  /// Tasks that are left to run.
  public var toRun: Int
  /// How long the tasks that are left will take on this run's workers, in seconds; nil where nothing tells.
  public var seconds: Double?

  public init(name: String, tasks: Int, cached: Int, toRun: Int, seconds: Double?) {
    self.name = name
    self.tasks = tasks
    self.cached = cached
    self.toRun = toRun
    self.seconds = seconds
  }
}

extension Plan {
  /// The stages in order, but for the report, which is written at the end of every run.
  ///
  /// - Parameter workers: how many work at a time; nil where that is not known, so that nothing is foreseen.
  public func outlook(workers: Int?) -> [StageOutlook] {
    stages.filter { $0.definition.kind.scope != .report }.map { stage in
      StageOutlook(
        name: stage.definition.name, tasks: stage.tasks.count, cached: stage.count(of: .cached),
        toRun: stage.count(of: .toRun), seconds: workers.flatMap { stage.forecast(workers: $0) })
    }
  }
}

extension PlannedStage {
  /// How long the tasks that are left will take on so many workers, in seconds; nil where nothing tells.
  public func forecast(workers: Int) -> Double? {
    let waiting = count(of: .toRun)
    guard waiting > 0 else { return 0 }
    let most = min(workers, definition.limits.workers ?? .max, waiting)
    return forecast.map { $0 / Double(max(1, most)) }
  }
}

/// What a task of each stage will take, as the first plan of a run foresaw.
struct StageForecasts {
  private var secondsATask: [String: Double] = [:]

  init(of plan: Plan) {
    for stage in plan.stages {
      if let forecast = stage.forecast, stage.count(of: .toRun) > 0 {
        secondsATask[stage.definition.name] = forecast / Double(stage.count(of: .toRun))
      }
    }
  }

  func apply(to plan: inout Plan) {
    for index in plan.stages.indices {
      let stage = plan.stages[index]
      plan.stages[index].forecast = secondsATask[stage.definition.name].map {
        $0 * Double(stage.count(of: .toRun))
      }
    }
  }
}
