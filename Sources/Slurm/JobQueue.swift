/// A cluster's queue of jobs: what a driver needs of it, so that it can be driven without a cluster too.
public protocol JobQueue: Sendable {
  /// What the site allows and how it is called; asked once, at the start.
  ///
  /// - Throws: `SlurmError.absent`, `.tooOld`, `.unknownDialect`, `.away`.
  func site() async throws -> SlurmSite

  /// Hands an array in.
  ///
  /// - Returns: the id that the controller gave.
  /// - Throws: `SlurmError.refused`, `.full`, `.away`.
  func submit(_ request: JobRequest) async throws -> Int

  /// The state of every element of the jobs of these names, those that ended a short while ago included; one call of `squeue`.
  ///
  /// - Throws: `SlurmError.away`, `.unknownDialect`.
  func jobs(named names: [String]) async throws -> [SlurmJob]

  /// Takes jobs out of the queue.
  ///
  /// - Parameter waitingOnly: whether those that run are left to end.
  /// - Throws: `SlurmError.away`.
  func cancel(_ jobs: [JobReference], waitingOnly: Bool) async throws
}

/// A job array, or one element of it.
public struct JobReference: Sendable, Hashable {
  public var job: Int
  public var element: Int?

  public init(job: Int, element: Int? = nil) {
    self.job = job
    self.element = element
  }
}

/// What a site allows.
public struct SlurmSite: Sendable, Equatable {
  /// Slurm's version: `22.05.8`.
  public var version: String
  public var cluster: String
  /// One more than the highest place in an array.
  public var largestArray: Int

  public init(version: String, cluster: String, largestArray: Int) {
    self.version = version
    self.cluster = cluster
    self.largestArray = largestArray
  }
}
