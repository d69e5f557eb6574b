/// What one epoch of training gave.
public struct EpochRecord: Sendable, Equatable, Codable {
  /// Counted from 1.
  public var epoch: Int
  /// Mean over the events of the training loss, each taken before the event's step.
  public var loss: Double
  /// Mean over the steps of the gradient's global norm before clipping.
  public var gradientNorm: Double
  /// Of the epoch's last step.
  public var learningRate: Double
  /// Mean over the events of the AUC of the training-mode scores; nil where it was not asked for.
  ///
  /// Events without a true or without a false edge have none and are left out, and so are edges
  /// that do not count in the loss.
  public var auc: Double?
  /// Mean over the validation events of the loss after the epoch, in evaluation mode.
  public var validationLoss: Double?
  /// Mean over the validation events of the AUC after the epoch, in evaluation mode.
  public var validationAUC: Double?
  /// Share of all validation edges that a probability of 0.5 judges rightly, after the epoch.
  public var validationAccuracy: Double?

  public init(
    epoch: Int, loss: Double, gradientNorm: Double, learningRate: Double, auc: Double? = nil,
    validationLoss: Double? = nil, validationAUC: Double? = nil, validationAccuracy: Double? = nil
  ) {
    self.epoch = epoch
    self.loss = loss
    self.gradientNorm = gradientNorm
    self.learningRate = learningRate
    self.auc = auc
    self.validationLoss = validationLoss
    self.validationAUC = validationAUC
    self.validationAccuracy = validationAccuracy
  }
}
