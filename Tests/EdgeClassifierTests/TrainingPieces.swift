import EdgeClassifier
import Foundation
import GraphConstruction

/// Small trainings for the tests of their parts.
enum TrainingPieces {
  /// Hits on cylinders with truth; about a fifth of the edges true.
  static func hits(nodes: Int, layers: Int = 4, seed: UInt64) -> HitGraph {
    var graph = SmallGraphs.random(nodes: nodes, layers: layers, seed: seed, trueShare: 0.2)
    var numbers = TestNumbers(seed: seed + 1000)
    for node in 0..<nodes {
      let radius = 0.05 * Float(graph.layer[node] - 99) + 0.004 * numbers.next()
      let phi = Float.pi * numbers.next()
      let z = 0.5 * numbers.next()
      let features = [radius * cos(phi), radius * sin(phi), z, radius, phi / Float.pi]
      graph.features.replaceSubrange(node * 5..<node * 5 + 5, with: features)
    }
    graph.hitWeight = (0..<nodes).map { _ in 0.1 + 0.05 * (numbers.next() + 1) }
    graph.transverseMomentum = (0..<nodes).map { _ in 1.1 + numbers.next() }
    return graph
  }

  static let hitGraphs = (0..<6).map { hits(nodes: 24 + 2 * $0, seed: UInt64($0)) }

  /// A model whose inputs are standardised already, unless asked otherwise.
  static func model(
    hidden: Int = 6, passes: Int = 2, norm: MessagePassingConfiguration.Norm = .layer,
    features: HitFeatureList = HitFeatureList(), isStandardised: Bool = true
  ) throws -> EdgeModel {
    let configuration = MessagePassingConfiguration(
      nodeInputs: features.node.count, edgeInputs: features.edge.count, hidden: hidden,
      passes: passes, norm: norm)
    return .messagePassing(
      isStandardised
        ? try MessagePassingNetwork.random(configuration, seed: 3)
        : try MessagePassingNetwork(configuration: configuration, seed: 3), features)
  }

  static func prepared(
    _ model: EdgeModel, _ graphs: [HitGraph] = hitGraphs, weighting: EdgeWeighting = EdgeWeighting()
  ) throws -> [TrainingGraph] {
    try graphs.map { try model.prepared($0, weighting: weighting) }
  }

  /// One edge from hit to hit, which is false.
  static let oneEdge = HitGraph(
    hitID: [1, 2], layer: [100, 101],
    features: [0.3, 0.4, -0.2, 0.5, atan2(0.4, 0.3) / Float.pi]
      + [-0.8, 0.6, 0.7, 1, atan2(0.6, -0.8) / Float.pi],
    firstEdge: [0, 1, 1], end: [1], label: [0])

  /// Epochs that a training had, with one figure of their validation.
  static func curve(losses: [Double?] = [], areas: [Double?] = []) -> [EpochRecord] {
    losses.enumerated().map { epoch, loss in
      EpochRecord(
        epoch: epoch + 1, loss: 1, gradientNorm: 1, learningRate: 1, validationLoss: loss)
    }
      + areas.enumerated().map { epoch, area in
        EpochRecord(
          epoch: epoch + 1, loss: 1, gradientNorm: 1, learningRate: 1, validationAUC: area)
      }
  }

  /// A trainer that has a given curve behind it.
  static func trainer(
    after curve: [EpochRecord], model: EdgeModel, options: TrainingOptions
  ) throws -> EdgeTrainer {
    var state = try EdgeTrainer(model: model, options: options).state
    state.curve = curve
    if options.monitor.bestEpoch(of: curve) != nil {
      state.arrays += model.tensors.map {
        NamedTensor(name: "best.\($0.name)", shape: $0.shape, values: $0.values)
      }
    }
    return try EdgeTrainer(state: state, model: model, options: options)
  }
}

/// An array of graphs that writes down in which order they were asked for.
final class RecordedGraphs: TrainingGraphSource {
  let graphs: [TrainingGraph]
  private(set) var orders: [[Int]] = []

  init(_ graphs: [TrainingGraph]) { self.graphs = graphs }

  var count: Int { graphs.count }

  func visit(
    _ order: [Int], _ body: (_ index: Int, _ graph: TrainingGraph) throws -> Void
  ) throws {
    orders.append(order)
    try graphs.visit(order, body)
  }
}

extension EdgeTrainer {
  /// The message-passing network that is being trained.
  var messages: MessagePassingNetwork {
    guard case .messagePassing(let network, _) = model else { preconditionFailure("another") }
    return network
  }
}

extension TrainingGraph {
  var messages: MessageGraph {
    guard case .messagePassing(let graph) = self else { preconditionFailure("another") }
    return graph
  }
}
