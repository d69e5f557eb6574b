/// How a row network is trained: by Adam, with the step size of one cycle.
public struct RowTrainingOptions: Sendable, Equatable {
  /// Times that every row is seen.
  public var epochs: Int
  /// Rows whose mean gradient makes one step; an epoch's last step may be of fewer.
  public var batch: Int
  /// The largest step size of the cycle.
  public var learningRate: Double
  /// Decides the order of rows within each epoch.
  public var seed: UInt64
  /// Changes no result.
  public var threads: Int

  public init(
    epochs: Int = 10, batch: Int = 4096, learningRate: Double = 5e-3, seed: UInt64 = 1,
    threads: Int = 1
  ) {
    self.epochs = epochs
    self.batch = batch
    self.learningRate = learningRate
    self.seed = seed
    self.threads = threads
  }

  func validate() throws(EdgeClassifierError) {
    func require(
      _ holds: Bool, _ name: String, _ value: some CustomStringConvertible, _ expected: String
    ) throws(EdgeClassifierError) {
      guard holds else {
        throw .invalidOption(name: name, value: value.description, expected: expected)
      }
    }
    try require(epochs >= 1, "epochs", epochs, "1 or more")
    try require(batch >= 1, "batch", batch, "1 or more")
    try require(
      learningRate > 0 && learningRate.isFinite, "learningRate", learningRate,
      "a finite number above 0")
    try require(threads >= 1, "threads", threads, "1 or more")
  }
}
