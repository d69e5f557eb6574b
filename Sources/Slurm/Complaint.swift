/// What Slurm's programs say on standard error, and what is to be made of it.
enum Complaint {
  /// The words on one line, without the programs' names and without what is of no use to people.
  static func words(_ errors: String) -> String {
    var words: [String] = []
    for line in errors.split(whereSeparator: \.isNewline) {
      var text = line.drop { $0.isWhitespace }
      for program in ["sbatch", "squeue", "scancel", "scontrol"]
      where text.hasPrefix("\(program): ") {
        text = text.dropFirst(program.count + 2)
      }
      if text.hasPrefix("debug") || text.hasPrefix("Try \"") { continue }
      for level in ["error: ", "fatal: ", "warning: "] where text.hasPrefix(level) {
        text = text.dropFirst(level.count)
      }
      let word = String(text)
      if !word.isEmpty, !words.contains(word) { words.append(word) }
    }
    return words.joined(separator: "; ")
  }

  /// What it means for a job that `sbatch` did not take.
  static func error(ofSubmitting words: String, timedOut: Bool) -> SlurmError {
    if isOfFullQueue(words) { return .full(words: words) }
    return timedOut || isOfAwayController(words) ? .away(words: words) : .refused(words: words)
  }

  /// Whether the controller, the way to it or the service that vouches for users is down.
  static func isOfAwayController(_ words: String) -> Bool {
    contains(
      words,
      [
        "Unable to contact slurm", "Unable to establish controller", "timed out",
        "Zero Bytes were transmitted", "Connection refused", "Connection reset", "No route to host",
        "Network is unreachable", "Name or service not known",
        "Temporary failure in name resolution",
        "munge", "authentication credential", "Protocol authentication", "standby mode",
        "Could not establish a configuration source", "Rate limit exceeded",
      ])
  }

  /// Whether a later try may succeed, when other jobs have ended.
  ///
  /// "Job violates accounting/QOS policy" alone may mean a limit on the number of jobs or on what each asks for;
  /// it is taken for the former, unless a limit of the latter kind is named before it.
  private static func isOfFullQueue(_ words: String) -> Bool {
    if contains(
      words,
      [
        "SubmitJob", "MaxJobCount", "queue full", "unable to accept job", "create job record",
        "creation temporarily disabled", "Resource temporarily unavailable", "submissions disabled",
      ])
    {
      return true
    }
    return words.contains("Job violates accounting/QOS policy")
      && !words.split(separator: "; ").contains { word in
        ["QOS", "Assoc", "Max"].contains { word.hasPrefix($0) }
          && word.allSatisfy { $0.isLetter || $0.isNumber }
      }
  }

  /// Whether all that `scancel` complains of is that jobs have ended or are not known.
  static func isOfEndedJobs(_ errors: String) -> Bool {
    let lines = errors.split(whereSeparator: \.isNewline).map(String.init)
    return lines.allSatisfy {
      contains(
        $0,
        [
          "Invalid job id", "already completing", "already completed", "already finished",
          "No active jobs match",
        ])
    }
  }

  /// Whether `squeue` does not know an option or a field that it was given.
  static func isOfUsage(_ words: String) -> Bool {
    contains(
      words,
      [
        "unrecognized option", "invalid option", "unknown option", "Invalid job format",
        "requires an argument", "doesn't allow an argument", "usage:",
      ])
  }

  private static func contains(_ words: String, _ parts: [String]) -> Bool {
    let words = words.lowercased()
    return parts.contains { words.contains($0.lowercased()) }
  }
}
