import ArtifactStore
import EdgeClassifier
import GraphConstruction
import JSONDocument
import Workflow

/// `train-edge-classifier`: trains the edge network over the events of the split `train`.
struct TrainEdgeClassifier: StageKind {
  let name = "train-edge-classifier"
  let version = 1
  let summary =
    "Trains the edge-classifying network on the graphs of the split \"train\", watching \"validation\"."
  let scope = StageScope.study
  let inputs = [StageInput("build-graphs")]
  let defaultSplits: [String]? = ["train", "validation"]
  let parameters = [
    ParameterSpec("hidden", .integer(1...1024), default: 128, "Width of the hidden layers."),
    ParameterSpec(
      "passes", .integer(1...16), default: 1,
      "Message passes; 1 is the notebook's network, with more the updated nodes feed the next pass."
    ),
    ParameterSpec(
      "epochs", .integer(1...1_000_000), default: 30, "Passes over all training events."),
    ParameterSpec("learningRate", .number(1e-12...1e3), default: 0.001, "Step size of Adam."),
    ParameterSpec(
      "gradientClip", .number(1e-12...1e12), default: 1,
      "Gradients of a larger global norm are scaled down to it."),
    ParameterSpec(
      "positiveWeight", .number(1e-6...1e9), default: nil,
      "Weight of true edges in the loss; null takes false / true edges of the training events."),
    ParameterSpec(
      "seed", .integer(0...Int.max), default: 1,
      "Decides the initial weights and the order of events."
    ),
    ParameterSpec(
      "initialWeights", .file, default: nil,
      "A safetensors file with PyTorch's names to start from instead of weights drawn by the seed."),
    ParameterSpec(
      "aucEvery", .integer(0...1_000_000), default: 10, unit: "epochs",
      "How often the AUC over the training edges is computed; 0 for never."),
    ParameterSpec(
      "threads", .integer(1...1024), default: nil, affectsResult: false,
      "Threads to use; null takes all cores."),
    ParameterSpec(
      "checkpointSeconds", .number(0...86_400), default: 5, unit: "s", affectsResult: false,
      "A checkpoint is written after an epoch when the last is so old."),
  ]

  func run(_ task: StageTask) throws -> StageResult {
    let graphs = try TrainingGraphs(task)
    do {
      return try train(task, graphs)
    } catch let error as EdgeClassifierError {
      throw InputRefused(error.description)
    }
  }

  private func train(_ task: StageTask, _ graphs: TrainingGraphs) throws -> StageResult {
    let options = TrainingOptions(
      epochs: task.integer("epochs"), learningRate: task.number("learningRate"),
      seed: UInt64(task.integer("seed")), gradientClip: task.number("gradientClip"),
      positiveWeight: task.optionalNumber("positiveWeight"), aucEvery: task.integer("aucEvery"),
      threads: task.parameters["threads"]?.intValue ?? task.threads)
    let checkpoints = TrainingCheckpoints(task: task)
    var (trainer, curve) =
      try checkpoints.latest(options: options)
      ?? (EdgeTrainer(network: initialNetwork(task), options: options), [])
    var clock = ContinuousClock.now
    while trainer.epoch < options.epochs {
      let record = try trainer.runEpoch(training: graphs.training, validation: graphs.validation)
      curve.append(record)
      task.report(
        TaskProgress(
          done: trainer.epoch, total: options.epochs, unit: "epochs", note: Self.note(curve)))
      let age = (ContinuousClock.now - clock) / .seconds(1)
      if trainer.epoch < options.epochs, age >= task.number("checkpointSeconds") {
        try checkpoints.publish(trainer.state, curve: curve)
        clock = .now
      }
    }
    let network = trainer.network
    let summary: JSONValue = [
      "hidden": .integer(network.configuration.hidden),
      "passes": .integer(network.configuration.passes),
      "parameters": .integer(network.parameterCount),
      "trainEvents": .integer(graphs.training.count),
      "validationEvents": .integer(graphs.validation.count),
      "positiveWeight": .optional(options.positiveWeight ?? graphs.classRatio),
      "instructionSet": .string(Kernels.instructionSet), "curve": CurveJSON.json(of: curve),
    ]
    return StageResult(summary: summary, arrays: network.tensors.map(ArtifactArray.init(tensor:)))
  }

  private func initialNetwork(_ task: StageTask) throws -> EdgeNetwork {
    let configuration = EdgeNetworkConfiguration(
      hidden: task.integer("hidden"), passes: task.integer("passes"))
    guard let path = task.parameters["initialWeights"]?.stringValue else {
      return try EdgeNetwork(configuration: configuration, seed: UInt64(task.integer("seed")))
    }
    return try EdgeNetwork(
      configuration: configuration, tensors: try Safetensors.read(path: path))
  }

  /// The network that an artifact of this kind holds.
  static func network(of artifact: Artifact) throws -> EdgeNetwork {
    let configuration = EdgeNetworkConfiguration(
      hidden: artifact.summary["hidden"]?.intValue ?? 0,
      passes: artifact.summary["passes"]?.intValue ?? 0)
    return try EdgeNetwork(
      configuration: configuration, tensors: artifact.arrays.compactMap(NamedTensor.init(array:)))
  }

  /// The trained weights as a safetensors file with PyTorch's names.
  static func safetensors(of artifact: Artifact) throws -> [UInt8] {
    Safetensors.write(artifact.arrays.compactMap(NamedTensor.init(array:)))
  }

  /// `loss 0.8123, AUC 0.9431, validation AUC 0.9401`
  private static func note(_ curve: [EpochRecord]) -> String {
    var parts = curve.last.map { ["loss \(FigureText.text($0.loss, digits: 4))"] } ?? []
    if let auc = curve.last(where: { $0.auc != nil })?.auc {
      parts.append("AUC \(FigureText.text(auc, digits: 4))")
    }
    if let auc = curve.last(where: { $0.validationAUC != nil })?.validationAUC {
      parts.append("validation AUC \(FigureText.text(auc, digits: 4))")
    }
    return parts.joined(separator: ", ")
  }
}

/// The graphs that a training sees, in the order of their events.
struct TrainingGraphs {
  var training: [PreparedGraph] = []
  var validation: [PreparedGraph] = []

  init(_ task: StageTask) throws {
    let inputs = task.inputs.sorted { ($0.event ?? 0) < ($1.event ?? 0) }
    for (index, input) in inputs.enumerated() {
      task.report(
        TaskProgress(done: index, total: inputs.count, unit: "graphs", note: "loading"))
      let graph = try GraphArtifact.graph(of: task.store.load(input.key))
      let prepared = PreparedGraph(graph, threads: task.threads)
      switch input.split {
      case "train": training.append(prepared)
      case "validation": validation.append(prepared)
      default:
        throw InputRefused(
          "the training takes the splits \"train\" and \"validation\", not \"\(input.split ?? "")\";"
            + " name them in \"on\"")
      }
    }
  }

  /// False edges / true edges over the training events.
  var classRatio: Double? {
    let trueEdges = training.reduce(0) { $0 + $1.trueEdgeCount }
    let edges = training.reduce(0) { $0 + $1.edgeCount }
    return trueEdges == 0 ? nil : Double(Float(edges - trueEdges) / Float(trueEdges))
  }
}

/// Figures in progress notes.
enum FigureText {
  static func text(_ value: Double, digits: Int) -> String {
    guard value.isFinite, abs(value) < 1e12 else { return "\(value)" }
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let rounded = Int((abs(value) * scale).rounded())
    let fraction = String(rounded % Int(scale))
    let zeros = String(repeating: "0", count: digits - fraction.count)
    return "\(value < 0 ? "-" : "")\(rounded / Int(scale)).\(zeros)\(fraction)"
  }
}
