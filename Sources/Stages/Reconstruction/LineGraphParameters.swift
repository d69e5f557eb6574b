import EdgeClassifier
import Reconstruction
import Workflow

/// The parameters by which `train-triplets` trains a line graph's network besides the perceptron.
enum LineGraphParameters {
  static let perceptron = "perceptron"
  static let lineGraph = "line-graph"

  static let specs = [
    ParameterSpec(
      "network", .choice([perceptron, lineGraph]), default: .string(perceptron),
      "A perceptron that sees one triplet, or besides it message passing over all that it keeps."),
    ParameterSpec(
      "passes", .integer(0...16), default: 3, "Line graph: message passes."),
    ParameterSpec(
      "lineHidden", .integer(1...256), default: 24,
      "Line graph: width of the states and hidden layers."),
    ParameterSpec(
      "lineEpochs", .integer(1...10_000), default: 12, unit: "epochs",
      "Line graph: how often every training event is seen."),
    ParameterSpec(
      "lineLearningRate", .number(1e-9...1), default: 3e-3,
      "Line graph: largest step size of AdamW; it falls along half a cosine."),
    ParameterSpec(
      "weightDecay", .number(0...10), default: 0.01,
      "Line graph: what AdamW takes off the weights, times the learning rate."),
    ParameterSpec(
      "sectors", .integer(1...256), default: 6,
      "Line graph: sectors of azimuth into which a training event is cut, each for a step."),
    ParameterSpec(
      "keepCut", .number(-100...100), default: -6.5,
      "Line graph: its links are the triplets to which the perceptron gives no lower logit."),
    ParameterSpec(
      "mirror", .boolean, default: false,
      "Line graph: whether half of the sectors are mirrored in z, drawn anew in every epoch."),
    ParameterSpec(
      "memory", .memory, default: "2 GB", affectsResult: false,
      "Line graph: what the training may use; graphs that do not fit are made anew in every epoch."
    ),
  ]

  static func configuration(_ task: StageTask) -> MessagePassingConfiguration {
    LineGraphNetwork.configuration(
      hidden: task.integer("lineHidden"), passes: task.integer("passes"))
  }

  /// Steps over which the learning rate rises.
  private static let warmUpSteps = 20.0

  /// - Parameters:
  ///   - steps: of an epoch.
  ///   - total: of the training's links.
  static func options(_ task: StageTask, steps: Int, total: LineGraphSize) -> TrainingOptions {
    let epochs = task.integer("lineEpochs")
    let trueShare = Double(total.trueLinks) / Double(max(total.links, 1))
    return TrainingOptions(
      epochs: epochs, learningRate: task.number("lineLearningRate"),
      optimiser: .adamW(weightDecay: task.number("weightDecay")),
      schedule: .cosine(
        epochs: epochs, warmUp: min(warmUpSteps / Double(max(steps, 1)), 0.5 * Double(epochs)),
        final: 0.01),
      seed: UInt64(task.integer("seed")),
      // The loss is a mean over the links, most of which may be false and easy.
      gradientClip: trueShare > 0 ? trueShare : 1,
      // The links' weights say all.
      positiveWeight: total.trueLinks == 0 ? nil : total.trueWeight / Double(total.trueLinks),
      augmentation: Augmentation(mirrors: task.flag("mirror")), monitor: .loss, aucEvery: 0,
      threads: task.threads)
  }
}
