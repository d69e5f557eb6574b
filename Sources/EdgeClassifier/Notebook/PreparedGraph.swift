import GraphConstruction

/// A hit graph in the order in which the network's loops run through it.
///
/// Nodes are sorted by layer and azimuth, so that neighbours in the order share their edges' ends,
/// whose rows are then in the cache. The start nodes are cut into a fixed number of partitions of about as many edges;
/// each sums gradients into rows of its own (slots), one for every end node that it touches, and
/// the rows of a node are added in the order of partitions. So the number of threads changes no bit.
public struct PreparedGraph: Sendable {
  static let partitionCount = 32

  public let nodeCount: Int
  public let edgeCount: Int
  public let trueEdgeCount: Int
  /// 1 for true edges, [edges], in the prepared order that the scores of a training pass have.
  public let label: [UInt8]

  /// [nodes][5].
  private(set) var features: FloatBuffer
  /// [nodes + 1].
  let firstEdge: [Int32]
  /// [edges].
  let end: [Int32]
  /// The partition's row that stands for the edge's end, counted over all partitions, [edges].
  let slot: [Int32]
  /// Edge of the given graph, [edges].
  let edgeOrder: [Int32]
  /// Start nodes of each partition.
  let partitions: [Range<Int>]
  /// Rows of each partition.
  let partitionSlots: [Range<Int>]
  /// The rows that stand for node n are `slots[firstSlot[n]..<firstSlot[n + 1]]`.
  let firstSlot: [Int32]
  let slots: [Int32]
  /// The edges that end at node n are `incoming[firstIncoming[n]..<firstIncoming[n + 1]]`.
  let firstIncoming: [Int32]
  let incoming: [Int32]
  /// Of the graph's own features.
  private(set) var statistics: EdgeInputStatistics
  /// What the edges count in the loss, in the prepared order; nil for all the same.
  public let weights: EdgeWeights?

  var slotCount: Int { slots.count }

  /// - Parameters:
  ///   - graph: a valid one: `HitGraph.validate()` finds nothing wrong with it.
  ///   - weights: of the edges in the loss, in the graph's order.
  ///   - threads: change no bit.
  public init(_ graph: HitGraph, weights: EdgeWeights? = nil, threads: Int = 1) {
    nodeCount = graph.nodeCount
    edgeCount = graph.edgeCount
    let order = Self.nodeOrder(of: graph)
    let rows = EdgeRows(graph, order: order)
    firstEdge = rows.firstEdge
    end = rows.end
    edgeOrder = rows.edgeOrder
    label = rows.edgeOrder.map { graph.label[Int($0)] }
    trueEdgeCount = label.reduce(0) { $0 + Int($1) }
    self.weights = weights?.reordered(rows.edgeOrder, label: label)
    features = Self.features(of: graph, order: order)
    partitions = Self.partitions(firstEdge: firstEdge, nodes: nodeCount, edges: edgeCount)
    let slotted = SlotTable(partitions: partitions, firstEdge: firstEdge, end: end)
    slot = slotted.slot
    partitionSlots = slotted.partitionSlots
    (firstSlot, slots) = CompressedRows.of(
      slotted.nodeOfSlot.indices, by: slotted.nodeOfSlot, nodes: nodeCount)
    (firstIncoming, incoming) = CompressedRows.of(end.indices, by: end, nodes: nodeCount)
    statistics = EdgeInputStatistics(
      features: features,
      edges: EdgeStructure(
        firstEdge: firstEdge, end: end, partitions: partitions, firstIncoming: firstIncoming,
        incoming: incoming),
      startSumsWanted: false, threads: threads)
  }

  /// A graph as it stands, for logits of one pass alone: nothing is sorted, and there is neither
  /// what a backward pass nor what a node's sum needs.
  init(forLogits graph: HitGraph) {
    nodeCount = graph.nodeCount
    edgeCount = graph.edgeCount
    trueEdgeCount = graph.trueEdgeCount
    label = graph.label
    features = FloatBuffer(graph.features)
    firstEdge = graph.firstEdge
    end = graph.end
    slot = []
    edgeOrder = []
    partitions = Self.partitions(firstEdge: firstEdge, nodes: nodeCount, edges: edgeCount)
    partitionSlots = []
    (firstSlot, slots) = ([], [])
    (firstIncoming, incoming) = ([], [])
    statistics = EdgeInputStatistics.none
    weights = nil
  }

  /// The same graph of an event that was turned or mirrored.
  func changed(by change: EventChange, threads: Int) -> PreparedGraph {
    var graph = self
    graph.features = change.applied(to: features)
    graph.statistics = EdgeInputStatistics(
      features: graph.features, edges: structure, startSumsWanted: false, threads: threads)
    return graph
  }

  /// The features of a graph's nodes in another order.
  static func features(of graph: HitGraph, order: [Int32]) -> FloatBuffer {
    let features = FloatBuffer(count: graph.nodeCount * EdgeTensor.features)
    for (node, old) in order.enumerated() {
      for feature in 0..<EdgeTensor.features {
        features.base[node * EdgeTensor.features + feature] =
          graph.features[Int(old) * EdgeTensor.features + feature]
      }
    }
    return features
  }

  /// Old numbers of the nodes by layer, then azimuth.
  static func nodeOrder(of graph: HitGraph) -> [Int32] {
    let azimuth = EdgeTensor.features - 1
    return (0..<Int32(graph.nodeCount)).sorted { a, b in
      let left = graph.features[Int(a) * EdgeTensor.features + azimuth]
      let right = graph.features[Int(b) * EdgeTensor.features + azimuth]
      return (graph.layer[Int(a)], left, a) < (graph.layer[Int(b)], right, b)
    }
  }

  /// Runs of start nodes that hold about as many edges each.
  private static func partitions(firstEdge: [Int32], nodes: Int, edges: Int) -> [Range<Int>] {
    var partitions: [Range<Int>] = []
    var low = 0
    for index in 1...partitionCount {
      let goal = edges * index / partitionCount
      var high = low
      while high < nodes && (index == partitionCount || Int(firstEdge[high + 1]) <= goal) {
        high += 1
      }
      if high > low { partitions.append(low..<high) }
      low = high
    }
    return partitions
  }

  var structure: EdgeStructure {
    EdgeStructure(
      firstEdge: firstEdge, end: end, partitions: partitions, firstIncoming: firstIncoming,
      incoming: incoming)
  }
}

/// Which edges there are, without anything about them.
struct EdgeStructure {
  let firstEdge: [Int32]
  let end: [Int32]
  let partitions: [Range<Int>]
  let firstIncoming: [Int32]
  let incoming: [Int32]

  var nodeCount: Int { firstEdge.count - 1 }
  var edgeCount: Int { end.count }
}
