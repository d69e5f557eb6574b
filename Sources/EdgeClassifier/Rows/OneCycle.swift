/// The step size goes up and then down to almost nothing, and Adam's first decay down and up.
///
/// As PyTorch's `OneCycleLR` with its defaults: 3/10 of the steps up from 1/25 of the largest step
/// size, the others down to 1e-4 of what it started from, each along half a cosine.
/// Source: Smith and Topin, 2018; https://docs.pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.OneCycleLR.html
package struct OneCycle: Sendable, Equatable {
  static let rise = 0.3
  static let startDivisor = 25.0
  static let endDivisor = 1e4
  static let decay = (least: 0.85, most: 0.95)

  /// Of the whole training.
  package let steps: Int
  package let learningRate: Double

  package init(steps: Int, learningRate: Double) {
    self.steps = steps
    self.learningRate = learningRate
  }

  /// What a step is made with; steps are counted from 0, and those past the last are as it.
  package func factors(step: Int) -> (learningRate: Double, firstDecay: Double) {
    let peak = Self.rise * Double(steps) - 1
    let last = Double(steps - 1)
    let at = min(Double(step), last)
    let start = learningRate / Self.startDivisor
    // A short cycle may have its peak before its first step.
    if at <= peak {
      let share = peak > 0 ? LearningRateSchedule.halfCosine(at / peak) : 0
      return (
        learningRate + (start - learningRate) * share,
        Self.decay.least + (Self.decay.most - Self.decay.least) * share
      )
    }
    let share = LearningRateSchedule.halfCosine((at - peak) / (last - peak))
    let end = start / Self.endDivisor
    return (
      end + (learningRate - end) * share,
      Self.decay.most + (Self.decay.least - Self.decay.most) * share
    )
  }
}
