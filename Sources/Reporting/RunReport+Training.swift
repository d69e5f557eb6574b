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
    public var curve: [Epoch]

    public init(
      stage: String, trainEvents: Int, validationEvents: Int, network: Network,
      positiveWeight: Double?, curve: [Epoch]
    ) {
      self.stage = stage
      self.trainEvents = trainEvents
      self.validationEvents = validationEvents
      self.network = network
      self.positiveWeight = positiveWeight
      self.curve = curve
    }
  }

  /// The size of a network.
  public struct Network: Sendable, Equatable {
    /// The width of the hidden layer.
    public var hidden: Int
    /// How often the network goes over the graph.
    public var passes: Int
    /// How many numbers are trained.
    public var parameters: Int

    public init(hidden: Int, passes: Int, parameters: Int) {
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
    public var auc: Double?
    public var validationLoss: Double?
    public var validationAUC: Double?

    public init(
      epoch: Int, loss: Double?, gradientNorm: Double? = nil, auc: Double? = nil,
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
}

extension RunReport.Training {
  var json: JSONValue {
    .object([
      "stage": .string(stage),
      "events": .object([
        "train": .integer(trainEvents), "validation": .integer(validationEvents),
      ]),
      "network": .object([
        "hidden": .integer(network.hidden), "passes": .integer(network.passes),
        "parameters": .integer(network.parameters),
      ]),
      "positiveWeight": .measured(positiveWeight),
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
      hidden: try size.integer("hidden"), passes: try size.integer("passes"),
      parameters: try size.integer("parameters"))
    positiveWeight = try fields.optionalNumber("positiveWeight")
    curve = try fields.objects("curve", RunReport.Epoch.init)
  }
}

extension RunReport.Epoch {
  var json: JSONValue {
    .object([
      "epoch": .integer(epoch),
      "loss": .measured(loss),
      "gradientNorm": .measured(gradientNorm),
      "auc": .measured(auc),
      "validationLoss": .measured(validationLoss),
      "validationAUC": .measured(validationAUC),
    ])
  }

  init(_ fields: ReportFields) throws(ReportError) {
    epoch = try fields.integer("epoch")
    loss = try fields.optionalNumber("loss")
    gradientNorm = try fields.optionalNumber("gradientNorm")
    auc = try fields.optionalNumber("auc")
    validationLoss = try fields.optionalNumber("validationLoss")
    validationAUC = try fields.optionalNumber("validationAUC")
  }
}
