import JSONDocument

extension RunReport {
  /// One training of an edge classifier, epoch by epoch.
  public struct Training: Sendable, Equatable {
    public var stage: String
    public var trainEvents: Int
    public var validationEvents: Int
    public var network: Network
    /// The weight of true edges in the loss.
    public var positiveWeight: Double?
    /// The epoch whose weights are used; nil where it is not known.
    public var bestEpoch: Int?
    /// Whether the training ended before its last epoch because the validation grew no better.
    public var stoppedEarly: Bool
    public var curve: [Epoch]

    public init(
      stage: String, trainEvents: Int, validationEvents: Int, network: Network,
      positiveWeight: Double?, bestEpoch: Int? = nil, stoppedEarly: Bool = false, curve: [Epoch]
    ) {
      self.stage = stage
      self.trainEvents = trainEvents
      self.validationEvents = validationEvents
      self.network = network
      self.positiveWeight = positiveWeight
      self.bestEpoch = bestEpoch
      self.stoppedEarly = stoppedEarly
      self.curve = curve
    }
  }

  /// The size of a network.
  public struct Network: Sendable, Equatable {
    /// The name of its architecture.
    public var name: String
    /// The width of the hidden layer.
    public var hidden: Int
    /// How often the network goes over the graph.
    public var passes: Int
    /// How many numbers are trained.
    public var parameters: Int
    /// Multiply-adds of a forward pass over the largest graph, by edge.
    public var multiplyAddsPerEdge: Double?

    public init(
      name: String = "notebook", hidden: Int, passes: Int, parameters: Int,
      multiplyAddsPerEdge: Double? = nil
    ) {
      self.name = name
      self.multiplyAddsPerEdge = multiplyAddsPerEdge
      self.hidden = hidden
      self.passes = passes
      self.parameters = parameters
    }
  }

  /// One epoch of a training; nil where nothing was computed.
  public struct Epoch: Sendable, Equatable {
    public var epoch: Int
    public var loss: Double?
    public var gradientNorm: Double?
    public var learningRate: Double?
    public var auc: Double?
    public var validationLoss: Double?
    public var validationAUC: Double?
    public var validationAccuracy: Double?

    public init(
      epoch: Int, loss: Double?, gradientNorm: Double? = nil, learningRate: Double? = nil,
      auc: Double? = nil, validationLoss: Double? = nil, validationAUC: Double? = nil,
      validationAccuracy: Double? = nil
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
}

extension RunReport.Network {
  /// Such as "hidden width 64, 4 passes"; one without passes goes row by row.
  var shape: String {
    passes == 0
      ? "row by row" : "hidden width \(hidden), \(passes) \(passes == 1 ? "pass" : "passes")"
  }

  /// Such as "60,737 parameters, 134 kFLOP an edge".
  var size: String {
    let words = "\(NumberText.grouped(parameters)) parameter\(parameters == 1 ? "" : "s")"
    guard let cost = multiplyAddsPerEdge else { return words }
    return "\(words), \(NumberText.significant(2 * cost / 1000, digits: 3)) kFLOP an edge"
  }
}

extension RunReport.Training {
  var json: JSONValue {
    .object([
      "stage": .string(stage),
      "events": .object([
        "train": .integer(trainEvents), "validation": .integer(validationEvents),
      ]),
      "network": .object([
        "name": .string(network.name), "hidden": .integer(network.hidden),
        "passes": .integer(network.passes),
        "parameters": .integer(network.parameters),
        "multiplyAddsPerEdge": .measured(network.multiplyAddsPerEdge),
      ]),
      "positiveWeight": .measured(positiveWeight),
      "bestEpoch": .optional(bestEpoch),
      "stoppedEarly": .bool(stoppedEarly),
      "curve": .array(curve.map(\.json)),
    ])
  }

  init(_ fields: ReportFields) throws(ReportError) {
    stage = try fields.string("stage")
    let events = try fields.object("events")
    trainEvents = try events.integer("train")
    validationEvents = try events.integer("validation")
    let size = try fields.object("network")
    network = RunReport.Network(
      name: try size.string("name"), hidden: try size.integer("hidden"),
      passes: try size.integer("passes"),
      parameters: try size.integer("parameters"),
      multiplyAddsPerEdge: try size.optionalNumber("multiplyAddsPerEdge"))
    positiveWeight = try fields.optionalNumber("positiveWeight")
    bestEpoch = try fields.optionalInteger("bestEpoch")
    stoppedEarly = try fields.boolean("stoppedEarly")
    curve = try fields.objects("curve", RunReport.Epoch.init)
  }
}

extension RunReport.Epoch {
  var json: JSONValue {
    .object([
      "epoch": .integer(epoch),
      "loss": .measured(loss),
      "gradientNorm": .measured(gradientNorm),
      "learningRate": .measured(learningRate),
      "auc": .measured(auc),
      "validationLoss": .measured(validationLoss),
      "validationAUC": .measured(validationAUC),
      "validationAccuracy": .measured(validationAccuracy),
    ])
  }

  init(_ fields: ReportFields) throws(ReportError) {
    epoch = try fields.integer("epoch")
    loss = try fields.optionalNumber("loss")
    gradientNorm = try fields.optionalNumber("gradientNorm")
    learningRate = try fields.optionalNumber("learningRate")
    auc = try fields.optionalNumber("auc")
    validationLoss = try fields.optionalNumber("validationLoss")
    validationAUC = try fields.optionalNumber("validationAUC")
    validationAccuracy = try fields.optionalNumber("validationAccuracy")
  }
}
