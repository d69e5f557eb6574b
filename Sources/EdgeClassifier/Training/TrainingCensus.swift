/// What there is in the training events, counted once before the first epoch.
struct TrainingCensus: Sendable, Equatable {
  var events = 0
  /// That count in the loss.
  var edges = 0
  var trueEdges = 0
  /// Sum of the true edges' weights in the loss.
  var trueWeight = 0.0
  var moments = InputMoments()

  mutating func add(_ graph: TrainingGraph) {
    events += 1
    edges += graph.weights?.countedEdges ?? graph.edgeCount
    trueEdges += graph.weights?.countedTrueEdges ?? graph.trueEdgeCount
    trueWeight += graph.weights?.trueSum ?? Double(graph.trueEdgeCount)
    moments.add(graph)
  }

  /// False edges / true edges; nil where there are none of one kind.
  var classRatio: Float? {
    trueEdges > 0 && trueEdges < edges ? Float(edges - trueEdges) / Float(trueEdges) : nil
  }

  /// The loss, in which the true edges' mean weight is the weight of true edges.
  func loss(_ options: TrainingOptions) throws(EdgeClassifierError) -> EdgeLoss {
    guard let positive = options.positiveWeight.map({ Float($0) }) ?? classRatio else {
      throw .oneClassOnly(edges: edges, trueEdges: trueEdges)
    }
    let mean = trueEdges == 0 ? 1 : trueWeight / Double(trueEdges)
    return EdgeLoss(
      positiveWeight: mean == 1 ? positive : Float(Double(positive) / mean),
      focusing: Float(options.focusing))
  }
}

/// Sums over the events and steps of an epoch.
struct EpochSums {
  let number: Int
  var losses = 0.0
  var norms = 0.0
  var steps = 0
  var learningRate = 0.0
  var areas: [Double] = []

  init(number: Int) { self.number = number }

  func record(events: Int) -> EpochRecord {
    EpochRecord(
      epoch: number, loss: losses / Double(events), gradientNorm: norms / Double(max(steps, 1)),
      learningRate: learningRate,
      auc: areas.isEmpty ? nil : areas.reduce(0, +) / Double(areas.count))
  }
}

/// Sums over the events of a validation.
struct ValidationSums {
  private var losses: [Double] = []
  private var areas: [Double] = []
  private var edges = 0
  private var rightEdges = 0

  mutating func add(loss: Double, area: Double?, logit: FloatBuffer, _ graph: TrainingGraph) {
    losses.append(loss)
    if let area { areas.append(area) }
    let label = graph.label
    let weights = graph.weights?.values
    for edge in label.indices where weights.map({ $0[edge] != 0 }) ?? true {
      edges += 1
      if (logit.base[edge] > 0) == (label[edge] != 0) { rightEdges += 1 }
    }
  }

  var loss: Double? { Self.mean(losses) }
  var area: Double? { Self.mean(areas) }
  var accuracy: Double? { edges == 0 ? nil : Double(rightEdges) / Double(edges) }

  private static func mean(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }
}
