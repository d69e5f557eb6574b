/// What goes wrong between this program and Slurm's.
public enum SlurmError: Error, Sendable, Equatable, CustomStringConvertible {
  /// There is no such program on this machine.
  case absent(program: String)
  case tooOld(found: String, needed: String)
  /// A program's answer is in no form that is known here.
  case unknownDialect(program: String, answer: String)
  /// `sbatch` would not take the job, and will not: a partition, account or limit is wrong.
  case refused(words: String)
  /// There is no room in the queue for now: a limit on jobs is reached.
  case full(words: String)
  /// The controller does not answer.
  case away(words: String)

  public var description: String {
    switch self {
    case .absent(let program):
      "there is no \(program) on this machine, which Slurm's users have: run this where jobs are"
        + " submitted from, load Slurm's module there, or use --executor local"
    case .tooOld(let found, let needed):
      "Slurm here is \(found); \(needed) or later is needed, or --executor local"
    case .unknownDialect(let program, let answer):
      "\(program) answers in a form that is not known here (\(answer)); set SLURM_CONF right, see"
        + " whether a site's wrapper stands in for \(program), or use --executor local"
    case .refused(let words): "Slurm would not take the job: \(words)"
    case .full(let words): "Slurm takes no more jobs for now: \(words)"
    case .away(let words): "Slurm's controller does not answer: \(words)"
    }
  }
}
