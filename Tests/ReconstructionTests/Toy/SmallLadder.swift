import EventData
import Foundation
import Reconstruction

/// Hits that a test places by hand on the toy detector, with doublets and triplets between them.
struct SmallLadder {
  private(set) var table = HitTable()

  /// Adds the hits of a particle on some barrel layers, and returns them.
  ///
  /// - Parameter layers: 0 for the innermost.
  mutating func add(
    _ helix: ToyHelix, layers: [Int], moduleOffset: Int32 = 0, gap: Double = 0
  ) -> [Int32] {
    layers.compactMap { index in
      let layer = ToyDetector.layers[4 + index]
      guard let s = helix.way(toRadius: layer.place + gap, before: 1000) else { return nil }
      let place = helix.place(s)
      let sector = Int32((atan2(place.y, place.x) + .pi) / (2 * .pi) * Double(ToyDetector.sectors))
      table.add(
        place.x, place.y, place.z, on: layer,
        module: (sector + moduleOffset) % Int32(ToyDetector.sectors) + 1)
      return Int32(table.count - 1)
    }
  }

  /// The hits, and behind them two on every barrel layer, far from all others, that show how long it is.
  func hits() throws -> DetectorHits {
    var all = table
    for layer in ToyDetector.layers where layer.isBarrel {
      for z in [-590.0, 590] { all.add(-layer.place, 0, z, on: layer) }
    }
    return try ToyDetector.hits(all)
  }

  /// Layers in their own order, each linked with the next two.
  static let pairs = LayerPairs(
    pairs: (0..<14).flatMap { from in
      (from + 1..<min(14, from + 3)).map { LayerPairs.Pair(from: from, to: $0, share: 0.1) }
    }, position: (0..<14).map { Int32($0) })

  /// The graph of doublets along some paths, and triplets of a score between them.
  static func graph(
    _ hits: DetectorHits, paths: [(hits: [Int32], score: Float)]
  ) throws -> (DoubletGraph, TripletSet) {
    var doublets: [[Int32]] = []
    for path in paths {
      for pair in zip(path.hits, path.hits.dropFirst()) where !doublets.contains([pair.0, pair.1]) {
        doublets.append([pair.0, pair.1])
      }
    }
    let graph = try DoubletGraph(
      hits: hits, position: pairs.position, from: doublets.map { $0[0] },
      to: doublets.map { $0[1] },
      value: doublets.map { _ in 1 }, score: doublets.map { _ in 1 })
    func number(_ from: Int32, _ to: Int32) -> Int32 {
      Int32(zip(graph.from, graph.to).enumerated().first { $1.0 == from && $1.1 == to }!.offset)
    }
    var triplets: [(Int32, Int32, Float)] = []
    for path in paths {
      for place in path.hits.indices.dropFirst(2) {
        let (a, b, c) = (path.hits[place - 2], path.hits[place - 1], path.hits[place])
        triplets.append((number(a, b), number(b, c), path.score))
      }
    }
    triplets.sort { ($0.0, $0.1) < ($1.0, $1.1) }
    return (
      graph,
      TripletSet(
        first: triplets.map(\.0), second: triplets.map(\.1), score: triplets.map(\.2))
    )
  }
}
