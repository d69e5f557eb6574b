/// What a run did on a cluster.
public struct ClusterRecord: Sendable, Equatable {
  public var cluster: String
  /// Slurm's version.
  public var version: String
  /// Jobs that began to work, in the order in which that was seen.
  public var jobs: [ClusterJobRecord]
}

/// A job that did work for a run.
public struct ClusterJobRecord: Sendable, Equatable {
  public var stage: String
  /// `1204_7`
  public var job: String
  public var node: String
  /// That of the numeric kernels.
  public var instructionSet: String
  public var tasks: Int
}
