import EventData

extension HitGraph {
  /// The graph of a file with PyTorch Geometric's layout.
  ///
  /// Nodes get the file's layers, or those of `NodeLayers` where it has none. Weights and momenta are not known.
  /// - Parameters:
  ///   - hitID: of each node, [nodes].
  ///   - label: of each edge, in the file's order.
  /// - Complexity: O(n log n) in nodes and in edges.
  public init(_ file: GeometricGraph, hitID: [Int32], label: [UInt8]) {
    let order = GeometricOrder(file)
    let nodes = order.nodes
    let width = Self.featureCount
    var features: [Float] = []
    features.reserveCapacity(file.features.count)
    for old in nodes { features += file.features[Int(old) * width..<(Int(old) + 1) * width] }
    self.init(
      hitID: nodes.map { hitID[Int($0)] }, layer: nodes.map { order.layer[Int($0)] },
      features: features, firstEdge: order.firstEdge,
      end: order.edges.map { order.place[Int(file.end[Int($0)])] },
      label: order.edges.map { label[Int($0)] })
  }
}

/// The order in which a graph takes the nodes and edges of a file.
public struct GeometricOrder {
  /// The file's node of each of the graph's, [nodes].
  public let nodes: [Int32]
  /// The file's edge of each of the graph's, [edges].
  public let edges: [Int32]
  /// The graph's node of each of the file's.
  let place: [Int32]
  /// Layer of each of the file's nodes.
  let layer: [Int32]
  /// [nodes + 1].
  let firstEdge: [Int32]

  public init(_ file: GeometricGraph) {
    let layer = file.layer ?? NodeLayers.layers(of: file.table)
    let nodes = (0..<Int32(file.nodeCount)).sorted {
      (layer[Int($0)], $0) < (layer[Int($1)], $1)
    }
    var place = [Int32](repeating: 0, count: nodes.count)
    for (new, old) in nodes.enumerated() { place[Int(old)] = Int32(new) }
    func ends(_ edge: Int32) -> (Int32, Int32) {
      (place[Int(file.start[Int(edge)])], place[Int(file.end[Int(edge)])])
    }
    edges = (0..<Int32(file.edgeCount)).sorted { ends($0) < ends($1) }
    var firstEdge = [Int32](repeating: 0, count: nodes.count + 1)
    for node in file.start { firstEdge[Int(place[Int(node)]) + 1] += 1 }
    for node in nodes.indices { firstEdge[node + 1] += firstEdge[node] }
    self.nodes = nodes
    self.place = place
    self.layer = layer
    self.firstEdge = firstEdge
  }
}
