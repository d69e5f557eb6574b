/// Evidence of how a job ended, from its own output, for a job that `squeue` knows no more.
public enum JobLog {
  /// How a job ended by the lines that Slurm's `slurmstepd` wrote to its output.
  ///
  /// What the job's program wrote is no evidence. Of several lines, the one that tells the cause counts: a job that
  /// took too much memory is also cancelled.
  ///
  /// - Parameter tail: the last lines of the output.
  /// - Returns: nil where there is no such line, or one of a job that was put back to the queue.
  public static func end(toldBy tail: String) -> JobEnd? {
    let lines = tail.split(whereSeparator: \.isNewline).filter { $0.hasPrefix("slurmstepd") }
      .map { $0.lowercased() }
    let ends = lines.compactMap(end(toldByLine:))
    return order.first(where: ends.contains)
  }

  private static let order: [JobEnd] = [
    .outOfMemory, .timeLimit, .preempted, .nodeFailure, .failed, .cancelled,
  ]

  private static func end(toldByLine line: String) -> JobEnd? {
    let ofMemory = [
      "oom-kill", "oom_kill", "oom kill", "out of memory", "out-of-memory",
      "exceeded job memory limit", "exceeded memory limit", "exceeded step memory limit",
    ]
    if ofMemory.contains(where: line.contains) { return .outOfMemory }
    guard let mark = line.range(of: " cancelled at ") else { return nil }
    let words = line[mark.upperBound...]
    guard let due = words.range(of: " due to ") else { return .cancelled }
    let cause = words[due.upperBound...]
    if cause.hasPrefix("time limit") { return .timeLimit }
    if cause.hasPrefix("preemption") { return .preempted }
    if cause.hasPrefix("node failure") { return .nodeFailure }
    if cause.hasPrefix("task failure") { return .failed }
    return cause.hasPrefix("job requeue") ? nil : .cancelled
  }
}
