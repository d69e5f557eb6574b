import Foundation
import Subprocess

/// What Slurm's programs find in their environment: the user's own, less what would change an answer or a request.
struct ProgramEnvironment: Sendable {
  private let given: [String: String]?
  private let variables: [String: String]

  /// - Parameter given: nil for this process's own environment.
  init(given: [String: String]?) {
    self.given = given
    variables = given ?? ProcessInfo.processInfo.environment
  }

  func of(_ program: String) -> Subprocess.Environment {
    let changes = changes(for: program)
    guard let given else {
      return .inherit.updating(
        Dictionary(uniqueKeysWithValues: changes.map { (.init(stringLiteral: $0), $1) }))
    }
    let kept = given.merging(changes.compactMapValues { $0 }) { $1 }
      .filter { changes[$0.key] != .some(nil) }
    return .custom(Dictionary(uniqueKeysWithValues: kept.map { (.init(stringLiteral: $0), $1) }))
  }

  /// What a program's environment has otherwise than the user's; nil for what it does not have.
  func changes(for program: String) -> [String: String?] {
    var changes: [String: String?] = [:]
    for name in variables.keys where Self.isLeftOut(name) { changes[name] = .some(nil) }
    // All programs speak to the cluster that `sbatch` would choose.
    if let cluster = variables["SBATCH_CLUSTERS"] { changes["SLURM_CLUSTERS"] = cluster }
    // The environment of `sbatch` is that of the job: it keeps the user's language and the like.
    if program != "sbatch" {
      changes["LC_ALL"] = "C"
      changes["SLURM_TIME_FORMAT"] = "standard"
      changes["SLURM_BITSTR_LEN"] = "0"
    }
    return changes
  }

  /// Filters and formats of `squeue`, `scancel` and `scontrol`, and of `sbatch` what the request itself decides or
  /// what would have it wait; defaults such as `SBATCH_PARTITION` and `SBATCH_ACCOUNT` are the user's to give.
  private static func isLeftOut(_ name: String) -> Bool {
    ["SQUEUE_", "SCANCEL_", "SCONTROL_"].contains { name.hasPrefix($0) }
      || [
        "SBATCH_ARRAY_INX", "SBATCH_CLUSTERS", "SBATCH_DEBUG", "SBATCH_ERROR", "SBATCH_EXPORT",
        "SBATCH_INPUT", "SBATCH_JOB_NAME", "SBATCH_NO_REQUEUE", "SBATCH_OPEN_MODE",
        "SBATCH_OUTPUT", "SBATCH_REQUEUE", "SBATCH_WAIT",
      ].contains(name)
  }
}
