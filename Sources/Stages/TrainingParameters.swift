import EdgeClassifier
import JSONDocument
import Workflow

/// The parameters of `train-edge-classifier`, and what they mean.
enum TrainingParameters {
  static let specs = architecture + optimisation + loss + running

  // MARK: - Architecture

  static let notebook = "notebook"
  static let messagePassing = "message-passing"

  private static let architecture = [
    ParameterSpec(
      "network", .choice([notebook, messagePassing]), default: .string(notebook),
      "The architecture: the notebook's network, or a message-passing one with states of nodes and edges."
    ),
    ParameterSpec(
      "hidden", .integer(1...1024), default: nil,
      "Width of the hidden layers; null takes 128 for the notebook's network, 64 for message passing."
    ),
    ParameterSpec(
      "passes", .integer(0...64), default: nil,
      "Message passes; null takes 1 for the notebook's network, 4 for message passing."),
    ParameterSpec(
      "layers", .integer(2...3), default: nil,
      "Message passing: linear layers of each perceptron; null takes 2."),
    ParameterSpec(
      "norm", .choice(MessagePassingConfiguration.Norm.allCases.map(\.rawValue)), default: nil,
      "Message passing: what stands before each rectifier; null takes layer."),
    ParameterSpec(
      "skip", .choice(MessagePassingConfiguration.Skip.allCases.map(\.rawValue)), default: nil,
      "Message passing: how a pass keeps what was there before it; null takes residual."),
    ParameterSpec(
      "normaliseStates", .boolean, default: nil,
      "Message passing: whether states go through a layer norm before each pass; null takes false."),
    ParameterSpec(
      "gates", .boolean, default: nil,
      "Message passing: whether an edge goes into its nodes' sums through gates; null takes false."),
    ParameterSpec(
      "shareWeights", .boolean, default: nil,
      "Message passing: whether all passes have the same weights; null takes false."),
    ParameterSpec(
      "nodeFeatures", .choices(HitFeatureList.Node.allCases.map(\.rawValue)), default: nil,
      "Message passing: what is told of a hit; null takes r, phi, z."),
    ParameterSpec(
      "edgeFeatures", .choices(HitFeatureList.Edge.allCases.map(\.rawValue)), default: nil,
      "Message passing: what is told of a pair of hits; null takes deltaR, deltaPhi, deltaZ, deltaEta, phiSlope, rPhiSlope."
    ),
    ParameterSpec(
      "initialWeights", .file, default: nil,
      "A safetensors file with PyTorch's names to start from instead of weights drawn by the seed."),
  ]

  // MARK: - Optimisation

  private static let optimisation = [
    ParameterSpec(
      "epochs", .integer(1...1_000_000), default: 30, unit: "epochs",
      "Passes over all training events."),
    ParameterSpec(
      "eventsPerStep", .integer(1...100_000), default: 1, unit: "events",
      "Events averaged for one step of the optimiser."),
    ParameterSpec(
      "optimiser", .choice(["adam", "adamw"]), default: "adam", "How gradients become steps."),
    ParameterSpec(
      "learningRate", .number(1e-12...10), default: 0.001, "Step size of the optimiser."),
    ParameterSpec(
      "weightDecay", .number(0...10), default: nil,
      "What AdamW takes off the weights, times the learning rate; null takes 0.01 with adamw."),
    ParameterSpec(
      "schedule", .choice(["constant", "cosine", "plateau"]), default: "constant",
      "How the learning rate changes: not at all, warm-up and half a cosine, or down when the validation stalls."
    ),
    ParameterSpec(
      "scheduleEpochs", .integer(1...1_000_000), default: nil, unit: "epochs",
      "Length of the cosine; null takes the number of epochs, and a longer training then starts over."
    ),
    ParameterSpec(
      "warmUpEpochs", .number(0...1e6), default: nil, unit: "epochs",
      "Length of the cosine's warm-up; null takes 0."),
    ParameterSpec(
      "finalLearningRate", .number(0...1), default: nil,
      "Share of the learning rate at the end of the cosine; null takes 0.01."),
    ParameterSpec(
      "plateauFactor", .number(1e-6...0.999999), default: nil,
      "What the learning rate is multiplied by on a plateau; null takes 0.5."),
    ParameterSpec(
      "plateauPatience", .integer(0...1_000_000), default: nil, unit: "epochs",
      "Epochs without a better validation that a plateau may last; null takes 3."),
    ParameterSpec(
      "gradientClip", .number(1e-9...1e9), default: 1,
      "Gradients of a larger global norm are scaled down to it."),
    ParameterSpec(
      "monitor", .choice(Monitor.allCases.map(\.rawValue)), default: "auc",
      "The figure of the validation by which the best epoch is chosen."),
    ParameterSpec(
      "patience", .integer(1...1_000_000), default: nil, unit: "epochs",
      "Epochs without a better validation after which the training ends; null for never."),
    ParameterSpec(
      "seed", .integer(0...Int.max), default: 1,
      "Decides the initial weights, the order of events and the augmentation."),
    ParameterSpec(
      "rotate", .boolean, default: false,
      "Whether each event is turned around the beam by a random angle, anew in every epoch."),
    ParameterSpec(
      "mirror", .boolean, default: false,
      "Whether half of the events are mirrored in z, drawn anew in every epoch."),
  ]

  // MARK: - Loss

  private static let loss = [
    ParameterSpec(
      "positiveWeight", .number(1e-6...1e9), default: nil,
      "Mean weight of true edges in the loss; null takes false / true edges of the training events."
    ),
    ParameterSpec(
      "focusing", .number(0...10), default: 0,
      "Exponent of the focal loss; 0 for plain cross entropy."),
    ParameterSpec(
      "weighting", .choice(EdgeWeighting.Measure.allCases.map(\.rawValue)), default: "equal",
      "What a true edge counts by: nothing, its hits' weights in the score, or their transverse momentum."
    ),
    ParameterSpec(
      "minimumMomentum", .number(0...1e6), default: 0, unit: "GeV/c",
      "True edges of hits with a smaller mean transverse momentum do not count."),
  ]

  // MARK: - Running

  private static let running = [
    ParameterSpec(
      "aucEvery", .integer(0...1_000_000), default: 1, unit: "epochs",
      "How often the AUC over the training edges is computed; 0 for never."),
    ParameterSpec(
      "memory", .memory, default: "2 GB", affectsResult: false,
      "What the training may use; graphs that do not fit are read anew in every epoch."),
    ParameterSpec(
      "threads", .integer(1...1024), default: nil, affectsResult: false,
      "Threads to use; null takes all cores."),
    ParameterSpec(
      "checkpointSeconds", .number(0...86_400), default: 0, unit: "s", affectsResult: false,
      "A checkpoint is written after an epoch when the last is so old; 0 for every epoch."),
  ]

  // MARK: - Meaning

  static func options(_ task: StageTask) -> TrainingOptions {
    let isAdamW = task.text("optimiser") == "adamw"
    return TrainingOptions(
      epochs: task.integer("epochs"), learningRate: task.number("learningRate"),
      optimiser: isAdamW ? .adamW(weightDecay: task.optionalNumber("weightDecay") ?? 0.01) : .adam,
      schedule: schedule(task), eventsPerStep: task.integer("eventsPerStep"),
      seed: UInt64(task.integer("seed")), gradientClip: task.number("gradientClip"),
      positiveWeight: task.optionalNumber("positiveWeight"), focusing: task.number("focusing"),
      augmentation: Augmentation(rotates: task.flag("rotate"), mirrors: task.flag("mirror")),
      monitor: Monitor(rawValue: task.text("monitor")) ?? .auc,
      patience: task.parameters["patience"]?.intValue, aucEvery: task.integer("aucEvery"),
      threads: task.parameters["threads"]?.intValue ?? task.threads)
  }

  static func weighting(_ task: StageTask) -> EdgeWeighting {
    EdgeWeighting(
      measure: .init(rawValue: task.text("weighting")) ?? .equal,
      minimumMomentum: task.number("minimumMomentum"))
  }

  private static func schedule(_ task: StageTask) -> LearningRateSchedule {
    switch task.text("schedule") {
    case "cosine":
      return .cosine(
        epochs: task.parameters["scheduleEpochs"]?.intValue ?? task.integer("epochs"),
        warmUp: task.optionalNumber("warmUpEpochs") ?? 0,
        final: task.optionalNumber("finalLearningRate") ?? 0.01)
    case "plateau":
      return .plateau(
        factor: task.optionalNumber("plateauFactor") ?? 0.5,
        patience: task.parameters["plateauPatience"]?.intValue ?? 3)
    default: return .constant
    }
  }

  /// Parameters that are for one choice of another parameter alone.
  private static let owned: [(choice: String, of: String, parameters: [String])] = [
    (
      messagePassing, "network",
      [
        "layers", "norm", "skip", "normaliseStates", "gates", "shareWeights", "nodeFeatures",
        "edgeFeatures",
      ]
    ),
    ("adamw", "optimiser", ["weightDecay"]),
    ("cosine", "schedule", ["scheduleEpochs", "warmUpEpochs", "finalLearningRate"]),
    ("plateau", "schedule", ["plateauFactor", "plateauPatience"]),
  ]

  static func contradiction(in parameters: JSONValue) -> ParameterContradiction? {
    func isGiven(_ name: String) -> Bool { (parameters[name] ?? .null) != .null }
    for (choice, owner, names) in owned where parameters[owner]?.stringValue != choice {
      if let name = names.first(where: isGiven) {
        return ParameterContradiction(
          parameter: name,
          message: "it is for the \(owner) \"\(choice)\"; leave it out, or choose that \(owner)")
      }
    }
    let isNotebook = parameters["network"]?.stringValue == notebook
    if isNotebook, parameters["passes"]?.intValue == 0 {
      return ParameterContradiction(
        parameter: "passes", message: "the network \"\(notebook)\" makes one pass at least")
    }
    for name in ["nodeFeatures", "edgeFeatures"] where parameters[name]?.arrayValue?.isEmpty == true
    {
      return ParameterContradiction(
        parameter: name, message: "a network has to be told something; name one feature at least")
    }
    let length = parameters["scheduleEpochs"]?.intValue ?? parameters["epochs"]?.intValue ?? 0
    if let warmUp = parameters["warmUpEpochs"]?.doubleValue, warmUp >= Double(length) {
      return ParameterContradiction(
        parameter: "warmUpEpochs",
        message: "it has to be less than the schedule's \(length) epochs")
    }
    return nil
  }

  /// The network before its training.
  static func model(_ task: StageTask) throws -> EdgeModel {
    let seed = UInt64(task.integer("seed"))
    let model: EdgeModel
    if task.text("network") == messagePassing {
      let features = features(task)
      model = .messagePassing(
        try MessagePassingNetwork(configuration: configuration(task, features), seed: seed),
        features)
    } else {
      model = .notebook(
        try EdgeNetwork(
          configuration: EdgeNetworkConfiguration(
            hidden: task.parameters["hidden"]?.intValue ?? 128,
            passes: task.parameters["passes"]?.intValue ?? 1), seed: seed))
    }
    guard let path = task.parameters["initialWeights"]?.stringValue else { return model }
    return try model.with(tensors: Safetensors.read(path: path))
  }

  private static func features(_ task: StageTask) -> HitFeatureList {
    var features = HitFeatureList()
    if let names = task.names("nodeFeatures") {
      features.node = names.compactMap(HitFeatureList.Node.init(rawValue:))
    }
    if let names = task.names("edgeFeatures") {
      features.edge = names.compactMap(HitFeatureList.Edge.init(rawValue:))
    }
    return features
  }

  private static func configuration(
    _ task: StageTask, _ features: HitFeatureList
  ) -> MessagePassingConfiguration {
    MessagePassingConfiguration(
      nodeInputs: features.node.count, edgeInputs: features.edge.count,
      hidden: task.parameters["hidden"]?.intValue ?? 64,
      passes: task.parameters["passes"]?.intValue ?? 4,
      layers: task.parameters["layers"]?.intValue ?? 2,
      norm: .init(rawValue: task.text("norm")) ?? .layer,
      skip: .init(rawValue: task.text("skip")) ?? .residual,
      normalisesStates: task.flag("normaliseStates"), hasGates: task.flag("gates"),
      sharesWeights: task.flag("shareWeights"))
  }
}
