import Slurm

extension StageJobs {
  /// `3 jobs run, 12 wait (others go first)`; nil where none is in the queue.
  public var words: String? { counts.map { $0 + (reasonWords.map { " (\($0))" } ?? "") } }

  /// The same without the reasons, in as few words as can be: `3 run, 12 wait`.
  public var shortWords: String? {
    let parts = [
      running > 0 ? "\(running) run\(running == 1 ? "s" : "")" : nil,
      waiting > 0 ? "\(waiting) wait\(waiting == 1 ? "s" : "")" : nil,
    ].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  /// Whether all of its jobs wait, and only for other jobs of the run.
  public var isHeldByOthers: Bool {
    running == 0 && waiting > 0 && !reasons.isEmpty && reasons.allSatisfy(\.isDependency)
  }

  private var counts: String? {
    let jobs = max(running, running == 0 ? waiting : 0)
    guard jobs > 0, let short = shortWords else { return nil }
    return short.replacing(/^\d+/) { "\($0.output) job\(jobs == 1 ? "" : "s")" }
  }

  /// The most frequent reasons: one alone, or several with the numbers of their jobs.
  private var reasonWords: String? {
    guard let first = reasons.first else { return nil }
    if reasons.count == 1, first.jobs == waiting { return first.words }
    let shown = reasons.prefix(2).map { "\($0.jobs): \($0.words)" }
    return (shown + (reasons.count > shown.count ? ["…"] : [])).joined(separator: "; ")
  }
}

extension StageJobs.Reason {
  /// What Slurm's word means; the word itself where nothing better is known.
  public var words: String { PendingReason.words(for: reason) }

  /// Whether the job waits for another to end.
  var isDependency: Bool { reason == "Dependency" }
}
