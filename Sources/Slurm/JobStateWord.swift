/// Slurm's words for where a job stands.
enum JobStateWord {
  /// Whether it has the form of such a word, known or not.
  static func isOne(_ word: String) -> Bool {
    !word.isEmpty && word.allSatisfy { ("A"..."Z").contains($0) || $0 == "_" }
  }

  /// The state that one or several words tell of; several, such as `COMPLETED` and `COMPLETING`, hold together.
  ///
  /// A job that is COMPLETING still runs: how it ended is not known before all its processes are gone. A word that
  /// is not known is of a job that has not ended.
  ///
  /// - Parameter signal: the one that ended its program, if any.
  static func state(of words: [String], reason: String, signal: Int?) -> JobState {
    if words.contains(where: transient.contains) { return .running }
    if words.contains(where: held.contains) { return .waiting }
    guard let end = words.compactMap({ ends[$0] }).first else {
      return words.contains("PENDING") || words.contains("SUSPENDED") ? .waiting : .running
    }
    return .ended(end == .failed ? JobReasonWord.end(of: reason, signal: signal) ?? end : end)
  }

  private static let transient: Set = [
    "COMPLETING", "CONFIGURING", "EXPEDITING", "RESIZING", "SIGNALING", "STAGE_OUT",
  ]

  private static let held: Set = [
    "REQUEUED", "REQUEUE_FED", "REQUEUE_HOLD", "RESV_DEL_HOLD", "SPECIAL_EXIT", "STOPPED",
  ]

  private static let ends: [String: JobEnd] = [
    "COMPLETED": .completed, "FAILED": .failed, "OUT_OF_MEMORY": .outOfMemory,
    "TIMEOUT": .timeLimit, "DEADLINE": .timeLimit, "NODE_FAIL": .nodeFailure,
    "BOOT_FAIL": .nodeFailure, "LAUNCH_FAILED": .nodeFailure, "PREEMPTED": .preempted,
    "CANCELLED": .cancelled, "REVOKED": .cancelled,
  ]
}

/// Slurm's words for why a job waits or how it ended.
enum JobReasonWord {
  /// The word, empty where it says nothing.
  static func plain(_ word: String) -> String {
    ["None", "(null)"].contains(word) ? "" : word
  }

  /// How a job that counts as failed ended, where the reason tells more than that.
  ///
  /// A job whose program was killed for its use of memory may count as one that could not be launched, too.
  static func end(of reason: String, signal: Int?) -> JobEnd? {
    switch reason {
    case "JobLaunchFailure": signal == nil ? .nodeFailure : nil
    case "NodeDown", "SystemFailure": .nodeFailure
    case "OutOfMemory": .outOfMemory
    case "TimeLimit": .timeLimit
    default: nil
    }
  }
}

/// How a job's program ended, as Slurm tells it.
enum JobExitCode {
  /// The signal that ended it: of `0:9`, or of the status of a process, 9; nil where there is none.
  ///
  /// In the place of a status there may also be the number of an error of Slurm's own, such as 4021.
  static func signal(in text: String) -> Int? {
    let parts = text.split(separator: ":")
    guard let number = parts.last.flatMap({ Int($0) }) else { return nil }
    return signal(ofStatus: number)
  }

  static func signal(ofStatus status: Int) -> Int? {
    let signal = status & 0x7f
    return (1...31).contains(signal) ? signal : nil
  }
}
