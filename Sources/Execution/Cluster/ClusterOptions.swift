import ArtifactStore
import Slurm
import Workflow

/// How a run uses a cluster.
public struct ClusterOptions: Sendable {
  public var queue: any JobQueue
  /// The program that jobs run: this one, on a file system that the nodes share.
  public var program: String
  /// The instruction set that the numeric kernels of every job take; nil for the best that its node has.
  public var instructionSet: String?
  /// How long what a job wrote may take to be seen here, or what one job wrote by another.
  public var visibility: Duration
  /// The time between two looks at the queue, which is all that the controller is asked while jobs run.
  public var queueInterval: Duration = .seconds(5)
  /// The time between two looks for results.
  public var resultInterval: Duration = .milliseconds(500)
  /// After how many mishaps that are nobody's doing a task is given up.
  public var mishaps = 10

  public init(
    queue: any JobQueue, program: String, instructionSet: String? = nil, visibility: Duration
  ) {
    self.queue = queue
    self.program = program
    self.instructionSet = instructionSet
    self.visibility = visibility
  }
}
