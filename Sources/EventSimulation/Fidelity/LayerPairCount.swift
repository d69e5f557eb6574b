import Foundation

/// The size of the graph whose edges join near hits on layers that follow each other.
///
/// Hits of the barrel near the middle, layers in the order of their numbers, both limits strict: how many
/// edges such a graph has tells how dense and how correlated the hits are.
struct LayerPairCount {
  static let volumes: Set<Int32> = [8, 13, 17]
  static let largestZ = 50.0
  static let maximumDeltaPhi = 0.5
  static let maximumDeltaZ = 20.0

  private(set) var edges = 0
  private(set) var trueEdges = 0

  private struct Node {
    var phi: Double
    var z: Double
    var particle: Int64
  }

  init(_ view: EventView) {
    var layers: [LayerNumber: [Node]] = [:]
    let hits = view.hits
    for (index, row) in view.rows.enumerated()
    where Self.volumes.contains(hits.volumeID[row]) && abs(hits.z[row]) < Self.largestZ {
      let layer = LayerNumber(volume: hits.volumeID[row], layer: hits.layerID[row])
      layers[layer, default: []].append(
        Node(
          phi: atan2(hits.y[row], hits.x[row]), z: hits.z[row],
          particle: view.particleIDs.isEmpty ? 0 : view.particleIDs[index]))
    }
    let nodes = layers.sorted { $0.key < $1.key }.map { $0.value.sorted { $0.z < $1.z } }
    for (inner, outer) in zip(nodes, nodes.dropFirst()) { count(inner, outer) }
  }

  /// Both layers by z, so that the window of the outer one only moves on.
  private mutating func count(_ inner: [Node], _ outer: [Node]) {
    // Rounding moves a bound by far less than this; the exact comparison follows.
    let reach = Self.maximumDeltaZ + 1e-6
    var low = 0
    for node in inner {
      while low < outer.count, outer[low].z < node.z - reach { low += 1 }
      for other in outer[low...] {
        guard other.z <= node.z + reach else { break }
        var deltaPhi = abs(other.phi - node.phi)
        if deltaPhi > .pi { deltaPhi = 2 * .pi - deltaPhi }
        guard deltaPhi < Self.maximumDeltaPhi, abs(other.z - node.z) < Self.maximumDeltaZ else {
          continue
        }
        edges += 1
        if node.particle != 0, node.particle == other.particle { trueEdges += 1 }
      }
    }
  }
}
