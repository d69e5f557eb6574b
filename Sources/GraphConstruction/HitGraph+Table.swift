import EventData
import Foundation

extension HitGraph {
  /// The graph of an event that a file holds.
  ///
  /// Nodes get the layers of `NodeLayers` and, as the file has no hit numbers, their place in it from
  /// 1 as `hitID`. Weights and momenta are not known.
  /// - Complexity: O(n log n) in nodes and in edges.
  public init(_ table: GraphTable) {
    let layer = NodeLayers.layers(of: table)
    let order = layer.indices.sorted { (layer[$0], $0) < (layer[$1], $1) }
    var node = [Int](repeating: 0, count: order.count)
    for (place, old) in order.enumerated() { node[old] = place }
    var features: [Float] = []
    features.reserveCapacity(order.count * Self.featureCount)
    for old in order {
      let (r, phi) = (table.r[old], table.phi[old])
      features.append(Float(r * cos(phi) / 1000))
      features.append(Float(r * sin(phi) / 1000))
      features.append(Float(table.z[old] / 1000))
      features.append(Float(r / 1000))
      features.append(Float(phi / .pi))
    }
    let start = table.start.map { node[Int($0)] }
    let end = table.end.map { node[Int($0)] }
    let edges = start.indices.sorted { (start[$0], end[$0]) < (start[$1], end[$1]) }
    var firstEdge = [Int32](repeating: 0, count: order.count + 1)
    for node in start { firstEdge[node + 1] += 1 }
    for node in order.indices { firstEdge[node + 1] += firstEdge[node] }
    self.init(
      hitID: order.map { Int32($0 + 1) }, layer: order.map { layer[$0] }, features: features,
      firstEdge: firstEdge, end: edges.map { Int32(end[$0]) }, label: edges.map { table.label[$0] })
  }
}

/// Layers for the nodes of a graph that names none, numbered from 100, inner ones first.
public enum NodeLayers {
  /// Nodes whose radii differ by more than this have another layer between them, in mm.
  ///
  /// The barrel layers of the TrackML detector are at most 10 mm thick and at least 38 mm apart.
  public static let radialGap = 15.0

  /// The layer of each node, [nodes]; every edge leads to a higher one.
  ///
  /// Where gaps in the radius part the ends of every edge, as between barrel layers, the layers
  /// are what lies between such gaps. Otherwise a node's layer is the number of edges on the
  /// longest way to it from further in.
  public static func layers(of table: GraphTable) -> [Int32] {
    let byRadius = layersByRadius(table.r)
    let isLayered = zip(table.start, table.end).allSatisfy {
      byRadius[Int($0)] < byRadius[Int($1)]
    }
    return isLayered ? byRadius : layersByDepth(table)
  }

  private static func layersByRadius(_ r: [Double]) -> [Int32] {
    var layer = [Int32](repeating: 0, count: r.count)
    var current: Int32 = 100
    var last = r.min() ?? 0
    for node in r.indices.sorted(by: { (r[$0], $0) < (r[$1], $1) }) {
      if r[node] - last > radialGap { current += 1 }
      last = r[node]
      layer[node] = current
    }
    return layer
  }

  private static func layersByDepth(_ table: GraphTable) -> [Int32] {
    let order = table.r.indices.sorted {
      (table.r[$0], abs(table.z[$0]), $0) < (table.r[$1], abs(table.z[$1]), $1)
    }
    var rank = [Int](repeating: 0, count: order.count)
    for (place, node) in order.enumerated() { rank[node] = place }
    var layer = [Int32](repeating: 100, count: order.count)
    // Every edge into a node starts further in, and so comes before those that leave it.
    for edge in table.start.indices.sorted(by: {
      (rank[Int(table.start[$0])], $0) < (rank[Int(table.start[$1])], $1)
    }) {
      let (start, end) = (Int(table.start[edge]), Int(table.end[edge]))
      layer[end] = max(layer[end], layer[start] + 1)
    }
    return layer
  }
}
