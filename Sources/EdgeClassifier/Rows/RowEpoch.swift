/// What one epoch of a row network's training gave.
public struct RowEpoch: Sendable, Equatable, Codable {
  /// Counted from 1.
  public var epoch: Int
  /// Sum of the rows' weighted losses, each before its batch's step, over the number of rows.
  public var loss: Double
  /// Of the epoch's last step.
  public var learningRate: Double
  /// The same of the validation rows after the epoch; nil without any.
  public var validationLoss: Double?
  /// Area under the ROC curve of the validation rows that have a weight, after the epoch; nil where
  /// they are not of both classes.
  public var validationAUC: Double?

  public init(
    epoch: Int, loss: Double, learningRate: Double, validationLoss: Double? = nil,
    validationAUC: Double? = nil
  ) {
    self.epoch = epoch
    self.loss = loss
    self.learningRate = learningRate
    self.validationLoss = validationLoss
    self.validationAUC = validationAUC
  }
}
