/// How a network is trained.
public struct TrainingOptions: Sendable, Equatable {
  /// Times that every training event is seen.
  public var epochs: Int
  /// Adam's step size.
  public var learningRate: Double
  /// Decides the order of events within each epoch.
  public var seed: UInt64
  /// Largest global norm of the gradient; longer ones are scaled down.
  public var gradientClip: Double
  /// Weight of true edges in the loss; nil takes false edges / true edges of all training events.
  public var positiveWeight: Double?
  /// The training AUC is computed in epochs that are multiples of this, and in the last; 0 for never.
  public var aucEvery: Int
  /// Changes no result.
  public var threads: Int

  public init(
    epochs: Int = 400, learningRate: Double = 1e-3, seed: UInt64 = 1, gradientClip: Double = 1,
    positiveWeight: Double? = nil, aucEvery: Int = 10, threads: Int = 1
  ) {
    self.epochs = epochs
    self.learningRate = learningRate
    self.seed = seed
    self.gradientClip = gradientClip
    self.positiveWeight = positiveWeight
    self.aucEvery = aucEvery
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
    try require(epochs >= 0, "epochs", epochs, "0 or more")
    try require(
      learningRate > 0 && learningRate.isFinite, "learningRate", learningRate,
      "a finite number above 0")
    try require(
      gradientClip > 0 && !gradientClip.isNaN, "gradientClip", gradientClip, "a number above 0")
    if let weight = positiveWeight {
      try require(
        weight > 0 && Float(weight).isFinite, "positiveWeight", weight, "a finite number above 0")
    }
    try require(aucEvery >= 0, "aucEvery", aucEvery, "0 or more")
    try require(threads >= 1, "threads", threads, "1 or more")
  }
}
