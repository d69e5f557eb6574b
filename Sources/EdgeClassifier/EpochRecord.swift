/// What one epoch of training gave.
public struct EpochRecord: Sendable, Equatable, Codable {
  /// Counted from 1.
  public var epoch: Int
  /// Mean over the events of the training loss, each taken before the event's step.
  public var loss: Double
  /// Mean over the events of the gradient's global norm before clipping.
  public var gradientNorm: Double
  /// Mean over the events of the AUC of the training-mode scores; nil where it was not asked for.
  ///
  /// Events without a true or without a false edge have none and are left out.
  public var auc: Double?
  /// Mean over the validation events of the loss after the epoch, in evaluation mode.
  public var validationLoss: Double?
  /// Mean over the validation events of the AUC after the epoch, in evaluation mode.
  public var validationAUC: Double?

  public init(
    epoch: Int, loss: Double, gradientNorm: Double, auc: Double? = nil,
    validationLoss: Double? = nil, validationAUC: Double? = nil
  ) {
    self.epoch = epoch
    self.loss = loss
    self.gradientNorm = gradientNorm
    self.auc = auc
    self.validationLoss = validationLoss
    self.validationAUC = validationAUC
  }
}
