import EventData
import Foundation

/// Builds the graph whose edges join near hits on layers that follow each other.
///
/// The layers, numbered 100 * volume + layer, are taken in that order over the selected hits. Each
/// hit is joined to the hits of the next layer that are near in azimuth and in z; both limits are
/// strict and all comparisons are made in double precision.
public struct LayerPairGraphBuilder: Sendable, Equatable {
  /// The hits that become nodes.
  public var selection: HitSelection
  /// Largest difference of azimuth between an edge's hits, in radians, the shorter way round.
  public var maxDeltaPhi: Double
  /// Largest difference of z between an edge's hits, in mm.
  public var maxDeltaZ: Double

  public init(selection: HitSelection, maxDeltaPhi: Double = 0.5, maxDeltaZ: Double = 20) {
    self.selection = selection
    self.maxDeltaPhi = maxDeltaPhi
    self.maxDeltaZ = maxDeltaZ
  }

  /// The graph of one event.
  ///
  /// - Parameters:
  ///   - hits: the hits of the whole event.
  ///   - truth: the particle of every selected hit; nil gives a graph whose labels are all 0 and
  ///     whose weights and momenta are not known.
  /// - Throws: `GraphConstructionError` where no hit is selected, a selected hit is not in the
  ///   truth, or a position, weight or momentum is not finite.
  public func graph(hits: HitTable, truth: TruthTable?) throws(GraphConstructionError) -> HitGraph {
    let rows = try nodeRows(hits: hits)
    let layer = rows.map { Self.layer(of: hits, row: $0) }
    let x = rows.map { hits.x[$0] }
    let y = rows.map { hits.y[$0] }
    let z = rows.map { hits.z[$0] }
    for node in rows.indices
    where !(x[node].isFinite && y[node].isFinite && z[node].isFinite) {
      throw .positionNotFinite(hitID: hits.hitID[rows[node]])
    }
    var phi = [Double](repeating: 0, count: rows.count)
    var features: [Float] = []
    features.reserveCapacity(rows.count * HitGraph.featureCount)
    for node in rows.indices {
      phi[node] = atan2(y[node], x[node])
      features.append(Float(x[node] / 1000))
      features.append(Float(y[node] / 1000))
      features.append(Float(z[node] / 1000))
      features.append(Float(hypot(x[node], y[node]) / 1000))
      features.append(Float(phi[node] / .pi))
    }
    let edges = try edges(phi: phi, z: z, layer: layer)
    var graph = HitGraph(
      hitID: rows.map { hits.hitID[$0] }, layer: layer, features: features,
      firstEdge: edges.first, end: edges.end, label: [UInt8](repeating: 0, count: edges.end.count))
    if let truth {
      let truthRows = try truthRows(of: graph.hitID, rows: rows, truth: truth)
      try graph.takeTruth(truth, rows: truthRows)
      let particle = truthRows.map { truth.particleID[$0] }
      for node in particle.indices where particle[node] != 0 {
        for edge in graph.edges(from: node)
        where particle[Int(graph.end[edge])] == particle[node] {
          graph.label[edge] = 1
        }
      }
    }
    return graph
  }

  static func layer(of hits: HitTable, row: Int) -> Int32 {
    hits.volumeID[row] * 100 + hits.layerID[row]
  }

  /// The rows of the selected hits: by layer, and in the table's order within a layer.
  private func nodeRows(hits: HitTable) throws(GraphConstructionError) -> [Int] {
    var keys = selection.rows(in: hits).map { row in
      Int64(Self.layer(of: hits, row: row)) << 32 | Int64(row)
    }
    guard !keys.isEmpty else {
      throw .noHitSelected(
        selection: selection.description, hits: hits.count,
        volumes: Set(hits.volumeID).sorted(),
        z: hits.z.min().map { $0...(hits.z.max() ?? $0) })
    }
    keys.sort()
    return keys.map { Int($0 & 0xFFFF_FFFF) }
  }

  /// The truth table's row of every node; truth tables mostly have the hits' order, which saves the search.
  private func truthRows(
    of hitID: [Int32], rows: [Int], truth: TruthTable
  ) throws(GraphConstructionError) -> [Int] {
    let aligned = rows.indices.allSatisfy {
      rows[$0] < truth.count && truth.hitID[rows[$0]] == hitID[$0]
    }
    if aligned { return rows }
    let rowOfHit = Dictionary(zip(truth.hitID, truth.hitID.indices)) { first, _ in first }
    let missing = hitID.filter { rowOfHit[$0] == nil }
    guard missing.isEmpty else {
      throw .hitsWithoutTruth(
        first: missing.min() ?? 0, count: missing.count, selected: hitID.count)
    }
    return hitID.compactMap { rowOfHit[$0] }
  }
}

extension HitGraph {
  /// Takes every node's weight and transverse momentum from its row of the truth.
  fileprivate mutating func takeTruth(
    _ truth: TruthTable, rows: [Int]
  ) throws(GraphConstructionError) {
    for (node, row) in rows.enumerated() {
      let isNoise = truth.particleID[row] == 0
      let momentum = isNoise ? 0 : hypot(truth.tpx[row], truth.tpy[row])
      let weight = truth.weight[row]
      guard weight >= 0, Float(weight).isFinite, Float(momentum).isFinite else {
        throw .truthOutOfRange(hitID: hitID[node], weight: weight, transverseMomentum: momentum)
      }
      hitWeight.append(Float(weight))
      transverseMomentum.append(Float(momentum))
    }
  }
}
