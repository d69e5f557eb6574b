import CNumericKernels
import EdgeClassifier

/// Doublets: pairs of hits that may follow each other on a track, in the order of their first layer.
public struct DoubletGraph: Sendable {
  /// Inner and outer hit, [doublets]; never decreasing in the place of the first hit's layer.
  public private(set) var from: [Int32] = []
  public private(set) var to: [Int32] = []
  /// What the candidate table says, [doublets].
  public private(set) var value: [Float] = []
  /// Logit of the edge filter, [doublets].
  public private(set) var score: [Float] = []
  /// Of the circle through the beam line and both hits, signed, 1/mm, [doublets].
  public private(set) var curvature: [Float] = []
  /// Where that circle starts on the beam line, mm, [doublets].
  public private(set) var z0: [Float] = []
  /// Rise along z over the way in the transverse plane, [doublets].
  public private(set) var slope: [Float] = []
  /// Place of each layer, see `LayerPairs`, [layers].
  public let position: [Int32]
  /// The doublets that start at a hit are `begin[hit]..<end[hit]`, [hits].
  public private(set) var begin: [Int32]
  public private(set) var end: [Int32]

  public var count: Int { from.count }
  public var hitCount: Int { begin.count }

  /// Puts doublets in order.
  ///
  /// - Parameters:
  ///   - position: place of each layer, see `LayerPairs`.
  /// - Throws: `ReconstructionError.mismatch` where an index is out of range or a doublet goes back.
  public init(
    hits: DetectorHits, position: [Int32], from: [Int32], to: [Int32], value: [Float],
    score: [Float], kernels: Kernels = .current, threads: Int = 1
  ) throws(ReconstructionError) {
    guard from.count == to.count, from.count == value.count, from.count == score.count else {
      throw .mismatch(what: "the columns of the doublets have different lengths")
    }
    guard position.count == hits.layerCount else {
      throw .mismatch(
        what: "the layer pairs are of a detector with \(position.count) layers,"
          + " the hits of one with \(hits.layerCount)")
    }
    let range = 0..<Int32(hits.count)
    for (a, b) in zip(from, to) {
      guard range.contains(a), range.contains(b),
        position[Int(hits.layer[Int(a)])] < position[Int(hits.layer[Int(b)])]
      else {
        throw .mismatch(what: "a doublet joins hits that the event does not have, or goes inwards")
      }
    }
    self.position = position
    // Hits by the place of their layer; doublets by that of their first hit.
    var rank = [Int32](repeating: 0, count: hits.count)
    var starts = [Int32](repeating: 0, count: hits.layerCount + 1)
    for layer in hits.layer { starts[Int(position[Int(layer)]) + 1] += 1 }
    for place in 0..<hits.layerCount { starts[place + 1] += starts[place] }
    for hit in 0..<hits.count {
      let place = Int(position[Int(hits.layer[hit])])
      rank[hit] = starts[place]
      starts[place] += 1
    }
    var next = [Int32](repeating: 0, count: hits.count + 1)
    for hit in from { next[Int(rank[Int(hit)]) + 1] += 1 }
    for place in 0..<hits.count { next[place + 1] += next[place] }
    begin = rank.map { next[Int($0)] }
    end = rank.map { next[Int($0) + 1] }
    var order = [Int32](repeating: 0, count: from.count)
    for doublet in from.indices {
      let place = Int(rank[Int(from[doublet])])
      order[Int(next[place])] = Int32(doublet)
      next[place] += 1
    }
    self.from = order.map { from[Int($0)] }
    self.to = order.map { to[Int($0)] }
    self.value = order.map { value[Int($0)] }
    self.score = order.map { score[Int($0)] }
    addCircles(hits, kernels: kernels, threads: threads)
  }

  private mutating func addCircles(_ hits: DetectorHits, kernels: Kernels, threads: Int) {
    var circles = (
      [Float](repeating: 0, count: count), [Float](repeating: 0, count: count),
      [Float](repeating: 0, count: count)
    )
    let parts = blocks(of: count, size: 8192)
    circles.0.withUnsafeMutableBufferPointer { curvature in
      circles.1.withUnsafeMutableBufferPointer { z0 in
        circles.2.withUnsafeMutableBufferPointer { slope in
          nonisolated(unsafe) let out = (curvature.baseAddress, z0.baseAddress, slope.baseAddress)
          withDoublets(hits, turns: false) { doublets in
            forEach(parts.count, threads: threads) { part in
              let first = parts[part].lowerBound
              guard let c = out.0, let z = out.1, let s = out.2 else { return }
              var own = doublets.advanced(by: first)
              kernels.table.pointee.doublet_features(
                &own, Int64(parts[part].count), 0, nil, c + first, z + first, s + first)
            }
          }
        }
      }
    }
    (curvature, z0, slope) = circles
  }

  /// The doublets as the kernels take them.
  func withDoublets(
    _ hits: DetectorHits, turns: Bool, _ body: (tfk_doublets) -> Void
  ) {
    from.withUnsafeBufferPointer { from in
      to.withUnsafeBufferPointer { to in
        value.withUnsafeBufferPointer { value in
          body(
            tfk_doublets(
              hits: hits.records.base, from: from.baseAddress, to: to.baseAddress,
              value: value.baseAddress, turns: turns ? 1 : 0, places_only: 0))
        }
      }
    }
  }

  /// The features of every doublet, row by row, [doublets][22].
  func featureRows(_ hits: DetectorHits, turns: Bool, kernels: Kernels, threads: Int) -> FloatBuffer
  {
    let width = DoubletFeatures.count
    let rows = FloatBuffer(count: count * width)
    let parts = blocks(of: count, size: 512)
    withDoublets(hits, turns: turns) { doublets in
      let tiles = (0..<workerCount(of: parts.count, threads: threads)).map { _ in
        FloatBuffer(count: width * 512)
      }
      forEach(parts.count, threads: threads) { part, worker in
        let first = parts[part].lowerBound
        let tile = tiles[worker].base
        var own = doublets.advanced(by: first)
        kernels.table.pointee.doublet_features(
          &own, Int64(parts[part].count), 512, tile, nil, nil, nil)
        for row in 0..<parts[part].count {
          for feature in 0..<width {
            rows.base[(first + row) * width + feature] = tile[feature * 512 + row]
          }
        }
      }
    }
    return rows
  }
}

/// The features of a doublet, as `doublet_features` of the kernels computes them.
public enum DoubletFeatures {
  public static let count = Int(TFK_DOUBLET_FEATURES)
  /// The first of them, which need no cluster.
  public static let placeCount = Int(TFK_PLACE_FEATURES)
  /// Those that do.
  static let clusters = placeCount..<count
}

extension tfk_doublets {
  func advanced(by first: Int) -> tfk_doublets {
    tfk_doublets(
      hits: hits, from: from + first, to: to + first, value: value + first, turns: turns,
      places_only: places_only)
  }
}
