import Foundation

/// Which job of a cluster this process is of, and where its answers go.
public struct BatchPlace: Sendable, Equatable {
  /// The id of the job, or of its array.
  public var job: Int
  public var element: Int
  public var node: String

  /// As Slurm's variables say; nil outside a job.
  public init?(environment: [String: String]) {
    func number(_ name: String) -> Int? { environment[name].flatMap { Int($0) } }
    guard let job = number("SLURM_ARRAY_JOB_ID") ?? number("SLURM_JOB_ID") else { return nil }
    self.job = job
    element = number("SLURM_ARRAY_TASK_ID") ?? 0
    node = environment["SLURMD_NODENAME"] ?? ProcessInfo.processInfo.hostName
  }

  /// The name of the file of answers: no two jobs write to one, also where a controller gave an id twice.
  static func resultsName(element: Int, job: Int) -> String { "\(element)-\(job).jsonl" }
}
