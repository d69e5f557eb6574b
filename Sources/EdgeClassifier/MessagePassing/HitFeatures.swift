import Foundation
import GraphConstruction

/// Which features of hits and of pairs of hits a network sees; lengths in m, angles in rad.
public struct HitFeatureList: Sendable, Equatable {
  public enum Node: String, Sendable, CaseIterable {
    case x, y, z, r, phi
    /// Pseudorapidity.
    case eta
  }

  /// Of an edge from its start to its end; differences are end minus start.
  public enum Edge: String, Sendable, CaseIterable {
    case deltaR, deltaPhi, deltaZ, deltaEta
    /// deltaPhi / deltaR.
    case phiSlope
    /// phiSlope times the mean radius.
    case rPhiSlope
    /// z at r = 0 of the straight line through both hits in the r-z plane.
    case z0
    /// deltaZ / deltaR.
    case zSlope
  }

  /// Slopes are taken over at least this difference of radius, in m.
  public static let smallestStep: Float = 1e-3

  public var node: [Node]
  public var edge: [Edge]

  public init(
    node: [Node] = [.r, .phi, .z],
    edge: [Edge] = [.deltaR, .deltaPhi, .deltaZ, .deltaEta, .phiSlope, .rPhiSlope]
  ) {
    self.node = node
    self.edge = edge
  }
}

/// The features of a hit graph's nodes, from which those that a network sees are made.
struct HitFeatures: Sendable {
  let features: HitFeatureList
  /// As `HitGraph` has them, [nodes][5], in the order of the message graph.
  let base: FloatBuffer

  private var nodeCount: Int { base.count / HitGraph.featureCount }

  private func hit(_ node: Int) -> (x: Float, y: Float, z: Float, r: Float, phi: Float) {
    let row = base.base + node * HitGraph.featureCount
    return (row[0], row[1], row[2], row[3], row[4] * Float.pi)
  }

  /// By the double-precision functions of the mathematical library.
  private static func eta(z: Float, r: Float) -> Float {
    Float(asinh(Double(z) / Double(max(r, 1e-9))))
  }

  func nodeTable() -> FloatBuffer {
    let table = FloatBuffer(count: nodeCount * features.node.count)
    for node in 0..<nodeCount {
      let hit = hit(node)
      for (column, feature) in features.node.enumerated() {
        let value: Float =
          switch feature {
          case .x: hit.x
          case .y: hit.y
          case .z: hit.z
          case .r: hit.r
          case .phi: hit.phi
          case .eta: Self.eta(z: hit.z, r: hit.r)
          }
        table.base[node * features.node.count + column] = value
      }
    }
    return table
  }

  func edgeTable(_ topology: MessageTopology) -> FloatBuffer {
    let columns = features.edge.count
    let table = FloatBuffer(count: topology.edgeCount * columns)
    let eta: [Float] =
      features.edge.contains(.deltaEta)
      ? (0..<nodeCount).map { Self.eta(z: hit($0).z, r: hit($0).r) } : []
    for edge in 0..<topology.edgeCount {
      let from = Int(topology.start[edge])
      let to = Int(topology.end[edge])
      let (a, b) = (hit(from), hit(to))
      let deltaR = b.r - a.r
      var deltaPhi = b.phi - a.phi
      if deltaPhi > .pi { deltaPhi -= 2 * .pi }
      if deltaPhi < -.pi { deltaPhi += 2 * .pi }
      let step =
        abs(deltaR) < HitFeatureList.smallestStep
        ? (deltaR < 0 ? -1 : 1) * HitFeatureList.smallestStep : deltaR
      for (column, feature) in features.edge.enumerated() {
        let value: Float =
          switch feature {
          case .deltaR: deltaR
          case .deltaPhi: deltaPhi
          case .deltaZ: b.z - a.z
          case .deltaEta: eta[to] - eta[from]
          case .phiSlope: deltaPhi / step
          case .rPhiSlope: deltaPhi / step * (a.r + b.r) / 2
          case .z0: a.z - a.r * (b.z - a.z) / step
          case .zSlope: (b.z - a.z) / step
          }
        table.base[edge * columns + column] = value
      }
    }
    return table
  }
}
