/// Slurm through its own programs: `sbatch`, `squeue`, `scancel`, `scontrol`.
public struct SlurmClient: JobQueue {
  public init() {}

  public func site() async throws -> SlurmSite { throw SlurmError.absent(program: "sbatch") }
  public func submit(_ request: JobRequest) async throws -> Int {
    throw SlurmError.absent(program: "sbatch")
  }
  public func jobs(named names: [String]) async throws -> [SlurmJob] {
    throw SlurmError.absent(program: "squeue")
  }
  public func cancel(_ jobs: [JobReference], waitingOnly: Bool) async throws {
    throw SlurmError.absent(program: "scancel")
  }
}
