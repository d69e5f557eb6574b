/// What the learning rate is multiplied by in the course of a training.
public enum LearningRateSchedule: Sendable, Equatable {
  case constant
  /// Up in a straight line over `warmUp` epochs, then down along half a cosine to `final` of the
  /// full rate at the end of `epochs`, and that from then on.
  case cosine(epochs: Int, warmUp: Double, final: Double)
  /// Times `factor` whenever the validation was not better for more than `patience` epochs.
  case plateau(factor: Double, patience: Int)

  func validate() throws(EdgeClassifierError) {
    switch self {
    case .constant: break
    case .cosine(let epochs, let warmUp, let final):
      guard epochs >= 1 else {
        throw .invalidOption(name: "scheduleEpochs", value: "\(epochs)", expected: "1 or more")
      }
      guard warmUp >= 0, warmUp < Double(epochs) else {
        throw .invalidOption(
          name: "warmUpEpochs", value: "\(warmUp)",
          expected: "0 or more, and less than the schedule's \(epochs) epochs")
      }
      guard (0...1).contains(final) else {
        throw .invalidOption(name: "finalLearningRate", value: "\(final)", expected: "0 to 1")
      }
    case .plateau(let factor, let patience):
      guard factor > 0, factor < 1 else {
        throw .invalidOption(
          name: "plateauFactor", value: "\(factor)", expected: "a number between 0 and 1")
      }
      guard patience >= 0 else {
        throw .invalidOption(name: "plateauPatience", value: "\(patience)", expected: "0 or more")
      }
    }
  }

  /// The factor for a step that begins after a number of epochs, part of one included.
  ///
  /// - Parameter curve: the epochs before.
  func factor(after epochs: Double, curve: [EpochRecord], monitor: Monitor) -> Double {
    switch self {
    case .constant: return 1
    case .cosine(let total, let warmUp, let final):
      // The very first step is not lost: it has the rate of its end.
      if epochs < warmUp { return min(1, (epochs + 1 / 64) / warmUp) }
      let share = min(1, (epochs - warmUp) / (Double(total) - warmUp))
      return final + (1 - final) * Self.halfCosine(share)
    case .plateau(let factor, let patience):
      var result = 1.0
      var best: Double?
      var waited = 0
      for record in curve {
        guard let value = monitor.goodness(of: record) else { continue }
        if best.map({ value > $0 }) ?? true {
          best = value
          waited = 0
          continue
        }
        waited += 1
        if waited > patience {
          result *= factor
          waited = 0
        }
      }
      return result
    }
  }

  /// (1 + cos(pi x)) / 2 for x in 0...1, by its series: the same bits everywhere.
  static func halfCosine(_ x: Double) -> Double {
    // cos(pi x) = -sin(pi (x - 1/2)), whose argument is at most pi / 2.
    let angle = (x - 0.5) * Double.pi
    var term = angle
    var sine = angle
    for k in 1...11 {
      term *= -angle * angle / Double(2 * k * (2 * k + 1))
      sine += term
    }
    return (1 - sine) / 2
  }
}

extension Monitor {
  /// The larger the better; nil where an epoch was not validated, or its figure is not a number.
  func goodness(of record: EpochRecord) -> Double? {
    let value =
      switch self {
      case .auc: record.validationAUC
      case .loss: record.validationLoss.map { -$0 }
      }
    return value.flatMap { $0.isNaN ? nil : $0 }
  }

  /// The first of the epochs with the best validation, counted from 1; nil where none was
  /// validated.
  public func bestEpoch(of curve: [EpochRecord]) -> Int? {
    var best: (epoch: Int, value: Double)?
    for record in curve {
      guard let value = goodness(of: record) else { continue }
      if best.map({ value > $0.value }) ?? true { best = (record.epoch, value) }
    }
    return best?.epoch
  }
}
