/// A graph as a message-passing network takes it: features of nodes and edges, and who neighbours whom.
///
/// Edges stand in the order of their start nodes. `edgeOrder` tells which edge of the given graph
/// each is.
public struct MessageGraph: Sendable {
  public let nodeCount: Int
  public let edgeCount: Int
  public let trueEdgeCount: Int
  public let edgeOrder: [Int32]
  /// 1 for true edges, [edges].
  public let label: [UInt8]
  public let weights: EdgeWeights?

  let nodeInputs: Int
  let edgeInputs: Int
  /// [nodes][nodeInputs] and [edges][edgeInputs].
  package let nodeFeatures: FloatBuffer
  package let edgeFeatures: FloatBuffer
  /// Logits that the network's are added to, [edges]; nil for 0.
  let initialLogit: FloatBuffer?
  let topology: MessageTopology
  let groups: [NodeGroups]
  /// How the features are made of a hit graph's, where they are.
  var source: HitFeatures?
  /// What a mirror in z does to features that are not made of a hit graph's.
  var mirror: MirroredColumns?

  /// A graph of any kind, such as the line graph of a hit graph.
  ///
  /// - Parameters:
  ///   - nodeFeatures: [nodes][nodeInputs].
  ///   - start: start node of each edge, never decreasing, [edges].
  ///   - end: end node of each edge, [edges].
  ///   - edgeFeatures: [edges][edgeInputs].
  ///   - label: 1 for true edges, [edges].
  ///   - groups: for each kind of groups, the group of every node, [nodes].
  ///   - initialLogit: [edges], or nil.
  ///   - weights: of the edges in the loss; nil for 1.
  /// - Throws: `EdgeClassifierError.invalidGraph` where the sizes don't agree or an index is out of
  ///   range.
  public init(
    nodeCount: Int, nodeFeatures: [Float], start: [Int32], end: [Int32], edgeFeatures: [Float],
    label: [UInt8], groups: [[Int32]] = [], initialLogit: [Float]? = nil,
    weights: EdgeWeights? = nil
  ) throws(EdgeClassifierError) {
    let edges = end.count
    func require(_ holds: Bool, _ problem: String) throws(EdgeClassifierError) {
      guard holds else { throw .invalidGraph(problem: problem) }
    }
    try require(start.count == edges, "\(start.count) starts for \(edges) ends")
    try require(label.count == edges, "\(label.count) labels for \(edges) edges")
    try require(nodeCount >= 0, "\(nodeCount) nodes")
    let widths = (
      node: nodeCount == 0 ? 0 : nodeFeatures.count / nodeCount,
      edge: edges == 0 ? 0 : edgeFeatures.count / edges
    )
    try require(
      widths.node * nodeCount == nodeFeatures.count,
      "\(nodeFeatures.count) features for \(nodeCount) nodes")
    try require(
      widths.edge * edges == edgeFeatures.count, "\(edgeFeatures.count) features for \(edges) edges"
    )
    try require(
      zip(start, start.dropFirst()).allSatisfy(<=), "the starts of the edges are not in order")
    try require(
      (start + end).allSatisfy { $0 >= 0 && $0 < nodeCount },
      "an edge joins a node that is not there"
    )
    for group in groups {
      try require(
        group.count == nodeCount && group.allSatisfy { $0 >= 0 && $0 < max(nodeCount, 1) },
        "a node's group is not a number below the number of nodes")
    }
    try require(
      initialLogit.map { $0.count == edges } ?? true, "as many initial logits as edges are needed")
    try require(
      (weights?.values.count ?? edges) == edges, "as many weights as edges are needed")
    self.init(
      nodeCount: nodeCount, nodeInputs: widths.node, nodeFeatures: FloatBuffer(nodeFeatures),
      start: start, end: end, edgeInputs: widths.edge, edgeFeatures: FloatBuffer(edgeFeatures),
      label: label, groups: groups, initialLogit: initialLogit.map { FloatBuffer($0) },
      weights: weights)
  }

  /// A graph whose tables are ready, and known to be of the right sizes and in order.
  ///
  /// - Parameter mirror: the features that change their sign in an event mirrored in z.
  package init(
    nodeCount: Int, nodeInputs: Int, nodeFeatures: FloatBuffer, start: [Int32], end: [Int32],
    edgeInputs: Int, edgeFeatures: FloatBuffer, label: [UInt8], groups: [[Int32]],
    initialLogit: FloatBuffer?, weights: EdgeWeights?, mirror: MirroredColumns? = nil
  ) {
    self.nodeCount = nodeCount
    edgeCount = end.count
    trueEdgeCount = label.reduce(0) { $0 + Int($1) }
    edgeOrder = (0..<Int32(end.count)).map { $0 }
    self.label = label
    self.weights = weights
    self.nodeInputs = nodeInputs
    self.edgeInputs = edgeInputs
    self.nodeFeatures = nodeFeatures
    self.edgeFeatures = edgeFeatures
    self.initialLogit = initialLogit
    self.mirror = mirror
    topology = MessageTopology(nodes: nodeCount, start: start, end: end)
    self.groups = groups.map { NodeGroups(group: $0) }
  }

  /// Start and end node of every edge, [edges].
  package var ends: (start: [Int32], end: [Int32]) { (topology.start, topology.end) }

  /// For each kind of groups, the group of every node, [nodes].
  package var groupOfNodes: [[Int32]] { groups.map(\.group) }

  init(
    _ other: MessageGraph, nodeFeatures: FloatBuffer, edgeFeatures: FloatBuffer,
    source: HitFeatures?
  ) {
    nodeCount = other.nodeCount
    edgeCount = other.edgeCount
    trueEdgeCount = other.trueEdgeCount
    edgeOrder = other.edgeOrder
    label = other.label
    weights = other.weights
    nodeInputs = other.nodeInputs
    edgeInputs = other.edgeInputs
    self.nodeFeatures = nodeFeatures
    self.edgeFeatures = edgeFeatures
    initialLogit = other.initialLogit
    topology = other.topology
    groups = other.groups
    mirror = other.mirror
    self.source = source
  }

  init(
    topology: MessageTopology, edgeOrder: [Int32], label: [UInt8], weights: EdgeWeights?,
    source: HitFeatures
  ) {
    nodeCount = topology.nodeCount
    edgeCount = topology.edgeCount
    trueEdgeCount = label.reduce(0) { $0 + Int($1) }
    self.edgeOrder = edgeOrder
    self.label = label
    self.weights = weights
    nodeInputs = source.features.node.count
    edgeInputs = source.features.edge.count
    nodeFeatures = source.nodeTable()
    edgeFeatures = source.edgeTable(topology)
    initialLogit = nil
    self.topology = topology
    groups = []
    self.source = source
  }
}

/// Who neighbours whom, in both directions.
struct MessageTopology: Sendable {
  /// [nodes + 1]: the edges that start at node n are `firstEdge[n]..<firstEdge[n + 1]`.
  let firstEdge: [Int32]
  /// [edges].
  let start: [Int32]
  let end: [Int32]
  /// The edges that end at node n are `incoming[firstIncoming[n]..<firstIncoming[n + 1]]`.
  let firstIncoming: [Int32]
  let incoming: [Int32]

  var nodeCount: Int { firstEdge.count - 1 }
  var edgeCount: Int { end.count }

  init(nodes: Int, start: [Int32], end: [Int32]) {
    self.start = start
    self.end = end
    firstEdge = CompressedRows.of(start.indices, by: start, nodes: nodes).first
    (firstIncoming, incoming) = CompressedRows.of(end.indices, by: end, nodes: nodes)
  }
}

/// Nodes that belong together, whose sum each of them sees.
struct NodeGroups: Sendable {
  /// Group of each node, [nodes].
  let group: [Int32]
  let count: Int
  /// The nodes of group g are `members[first[g]..<first[g + 1]]`.
  let first: [Int32]
  let members: [Int32]
  /// 1 / sqrt(members) of each node's group, [nodes].
  let factor: [Float]

  init(group: [Int32]) {
    self.group = group
    count = Int((group.max() ?? -1) + 1)
    (first, members) = CompressedRows.of(group.indices, by: group, nodes: count)
    let first = first
    factor = group.map { 1 / Float(first[Int($0) + 1] - first[Int($0)]).squareRoot() }
  }
}

/// Items grouped by the node that they belong to.
enum CompressedRows {
  /// Items in the order of their node, those of a node in their own order.
  static func of(
    _ items: Range<Int>, by node: [Int32], nodes: Int
  ) -> (first: [Int32], items: [Int32]) {
    var first = [Int32](repeating: 0, count: nodes + 1)
    for item in items { first[Int(node[item]) + 1] += 1 }
    for index in 0..<nodes { first[index + 1] += first[index] }
    var next = first
    var sorted = [Int32](repeating: 0, count: items.count)
    for item in items {
      sorted[Int(next[Int(node[item])])] = Int32(item)
      next[Int(node[item])] += 1
    }
    return (first, sorted)
  }
}
