import JSONDocument

extension RunReport {
  /// What a run's workers took over its time, in equal parts of it; it follows from the timeline.
  ///
  /// On a cluster it is the sum over all nodes.
  public struct Load: Sendable, Equatable {
    /// The length of a part, s.
    public var partSeconds: Double
    /// Workers with a task, mean over each part.
    public var workers: [Double]
    /// Processors in use, mean over each part; a task's processor time counts as spread evenly over it.
    /// Nil where no task tells its processor time.
    public var processors: [Double]?
    /// Bytes: of all workers with a task in a part the most memory that they had taken by its end.
    ///
    /// That is never less than what they took together. Nil where no task tells it.
    public var memory: [Double]?
  }
}

extension RunReport.Run {
  /// The most parts that a run is cut into.
  private static let mostParts = 120

  /// What the workers took over the time; nil where no task ran.
  public var load: RunReport.Load? {
    let tasks = timeline.filter {
      Axis.isDrawable($0.start) && Axis.isDrawable($0.end) && $0.start >= 0 && $0.start <= $0.end
    }
    guard let end = tasks.map(\.end).max(), end > 0 else { return nil }
    let parts = Self.mostParts
    let length = end / Double(parts)
    var workers = [Double](repeating: 0, count: parts)
    var processors = workers
    let rows = TimelineRows(of: tasks).rows
    // Of each part the most memory of each worker.
    var memory = [[Int: Int]](repeating: [:], count: parts)
    for (task, row) in zip(tasks, rows) {
      let first = min(parts - 1, Int(task.start / length))
      let last = min(parts - 1, Int(task.end / length))
      let use = (task.cpuSeconds ?? 0) / max(task.end - task.start, 1e-9)
      for part in first...last {
        let from = max(task.start, Double(part) * length)
        let share = max(0, min(task.end, Double(part + 1) * length) - from) / length
        workers[part] += share
        processors[part] += share * use
        if let peak = task.peakMemory {
          memory[part][row] = max(memory[part][row] ?? 0, peak)
        }
      }
    }
    return RunReport.Load(
      partSeconds: length, workers: workers,
      processors: tasks.contains { $0.cpuSeconds != nil } ? processors : nil,
      memory: tasks.contains { $0.peakMemory != nil }
        ? memory.map { Double($0.values.reduce(0, +)) } : nil)
  }
}

extension RunReport.Load {
  var json: JSONValue {
    .object([
      "partSeconds": .number(partSeconds), "workers": .list(workers),
      "processors": processors.map { .list($0) } ?? .null,
      "memory": memory.map { .list($0) } ?? .null,
    ])
  }
}
