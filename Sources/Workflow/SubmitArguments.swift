/// Arguments of `sbatch` that a workflow gives as they are, held against those that this program gives itself.
enum SubmitArguments {
  /// An option that is not to be given, and what to do instead.
  private struct Taken {
    var long: String
    var short: Character?
    var instead: String

    init(_ long: String, _ short: Character? = nil, _ instead: String) {
      self.long = long
      self.short = short
      self.instead = instead
    }
  }

  private static let taken = [
    Taken("array", "a", "how many events a job takes is \"eventsPerJob\""),
    Taken("job-name", "J", "jobs are found again by the names that a run gives them"),
    Taken("dependency", "d", "what a job waits for follows from the \"needs\" of its stage"),
    Taken("output", "o", "what a job says goes into the run's folder"),
    Taken("error", "e", "what a job says goes into the run's folder"),
    Taken("chdir", "D", "a job runs in the folder of the run's command"),
    Taken("parsable", nil, "a run asks for what it reads"),
    Taken("wait", "W", "a run waits for its jobs by itself"),
    Taken("requeue", nil, "a run hands in again what failed: a stage's \"retries\" says how often"),
    Taken("no-requeue", nil, "a run hands in again what failed: \"retries\" says how often"),
    Taken("wrap", nil, "lines to run before the work are \"setup\""),
    Taken("test-only", nil, "what would be handed in is said by `trackflow plan`"),
    Taken("clusters", "M", "a run's jobs are looked for on the cluster that it is started on"),
    Taken("partition", "p", "use \"partition\""), Taken("account", "A", "use \"account\""),
    Taken("time", "t", "use \"time\""), Taken("mem", nil, "use \"memory\""),
    Taken("mem-per-cpu", nil, "use \"memory\", which is that of a job"),
    Taken("cpus-per-task", "c", "use \"cpus\""),
  ]

  /// The first that can't be given, with what is wrong with it.
  static func complaint(of arguments: [String]) -> (index: Int, words: String)? {
    var mayBeValue = false
    for (index, argument) in arguments.enumerated() {
      guard argument.hasPrefix("-"), argument != "-", argument != "--" else {
        // The argument before may be an option whose value this is.
        guard mayBeValue else {
          return (
            index,
            "\"\(argument)\" is none of sbatch's options, which begin with a dash; write an option"
              + " and its value as \"--qos=long\" or as two texts"
          )
        }
        mayBeValue = false
        continue
      }
      let name = argument.prefix { $0 != "=" }
      if name.contains(where: \.isWhitespace) {
        return (
          index,
          "\"\(argument)\" would be one argument for sbatch; write an option and its value as"
            + " \"--qos=long\" or as two texts"
        )
      }
      if let option = option(name) {
        return (index, "\(name) is not for a workflow to give: \(option.instead)")
      }
      mayBeValue = !argument.contains("=")
    }
    return nil
  }

  /// The option that an argument names, in full, cut short as sbatch allows, or by its letter.
  private static func option(_ argument: Substring) -> Taken? {
    guard argument.hasPrefix("--") else {
      return taken.first { $0.short == argument.dropFirst().first }
    }
    let name = argument.dropFirst(2)
    return taken.first { $0.long == name }
      ?? taken.first { name.count >= 3 && $0.long.hasPrefix(name) }
  }
}
