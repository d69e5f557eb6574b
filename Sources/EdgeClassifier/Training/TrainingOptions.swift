/// How a network is trained.
public struct TrainingOptions: Sendable, Equatable {
  /// Times that every training event is seen.
  public var epochs: Int
  /// Step size of the optimiser, which the schedule scales.
  public var learningRate: Double
  public var optimiser: OptimiserKind
  public var schedule: LearningRateSchedule
  /// Events whose gradients are averaged for one step of the optimiser.
  public var eventsPerStep: Int
  /// Decides the order of events within each epoch, and the augmentation.
  public var seed: UInt64
  /// Largest global norm of the gradient; longer ones are scaled down.
  public var gradientClip: Double
  /// Weight of true edges in the loss; nil takes false edges / true edges of all training events.
  public var positiveWeight: Double?
  /// Exponent of the focal loss (Lin et al., 2017); 0 for plain cross entropy.
  public var focusing: Double
  public var augmentation: Augmentation
  /// What the validation is judged by.
  public var monitor: Monitor
  /// Epochs without a better validation after which the training ends; nil for never.
  public var patience: Int?
  /// The training AUC is computed in epochs that are multiples of this; 0 for never.
  public var aucEvery: Int
  /// Changes no result.
  public var threads: Int

  public init(
    epochs: Int = 400, learningRate: Double = 1e-3, optimiser: OptimiserKind = .adam,
    schedule: LearningRateSchedule = .constant, eventsPerStep: Int = 1, seed: UInt64 = 1,
    gradientClip: Double = 1, positiveWeight: Double? = nil, focusing: Double = 0,
    augmentation: Augmentation = Augmentation(), monitor: Monitor = .auc, patience: Int? = nil,
    aucEvery: Int = 1, threads: Int = 1
  ) {
    self.epochs = epochs
    self.learningRate = learningRate
    self.optimiser = optimiser
    self.schedule = schedule
    self.eventsPerStep = eventsPerStep
    self.seed = seed
    self.gradientClip = gradientClip
    self.positiveWeight = positiveWeight
    self.focusing = focusing
    self.augmentation = augmentation
    self.monitor = monitor
    self.patience = patience
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
        weight > 0 && weight.isFinite, "positiveWeight", weight, "a finite number above 0")
    }
    try require(
      focusing >= 0 && focusing.isFinite, "focusing", focusing, "a finite number of 0 or more")
    try require(eventsPerStep >= 1, "eventsPerStep", eventsPerStep, "1 or more")
    try require(aucEvery >= 0, "aucEvery", aucEvery, "0 or more")
    try require(threads >= 1, "threads", threads, "1 or more")
    if let patience { try require(patience >= 1, "patience", patience, "1 or more") }
    if case .adamW(let decay) = optimiser {
      try require(
        decay >= 0 && decay.isFinite, "weightDecay", decay, "a finite number of 0 or more")
    }
    try schedule.validate()
  }
}

/// How gradients become steps.
public enum OptimiserKind: Sendable, Equatable {
  /// Kingma and Ba, 2015.
  case adam
  /// With weight decay apart from the gradient (Loshchilov and Hutter, 2019).
  case adamW(weightDecay: Double)
}

/// The figure of a validation that is to become better.
public enum Monitor: String, Sendable, CaseIterable {
  /// Mean area under the ROC curve, the larger the better.
  case auc
  /// Mean loss, the smaller the better.
  case loss
}
