import CNumericKernels
import EdgeClassifier

/// Finds the pairs of hits that a table allows, layer pair by layer pair.
struct CandidateSearch {
  /// A run of one layer pair's first hits: what one thread does at a time.
  struct Piece {
    let pair: Int
    let sources: Range<Int>
  }

  let grid: HitGrid
  let pairs: LayerPairs
  let table: CandidateTable
  let threshold: Float
  let pieces: [Piece]
  private let reach: [CandidateTable.Reach]

  /// Hits that start a piece's search.
  private static let pieceSize = 512

  /// - Parameter threshold: pairs of a lower value are left out.
  init(grid: HitGrid, pairs: LayerPairs, table: CandidateTable, threshold: Float) {
    self.grid = grid
    self.pairs = pairs
    self.table = table
    self.threshold = threshold
    reach = pairs.pairs.indices.map { table.reach(pair: $0, threshold: threshold) }
    var pieces: [Piece] = []
    for (index, pair) in pairs.pairs.enumerated()
    where reach[index].highest >= 0 && !grid.layers[pair.to].isEmpty {
      let sources = blocks(of: grid.layers[pair.from].hits.count, size: Self.pieceSize)
      pieces += sources.map { Piece(pair: index, sources: $0) }
    }
    self.pieces = pieces
  }

  /// Room for candidates that a piece may need at once.
  var largestTarget: Int { grid.layers.map(\.hits.count).max() ?? 0 }

  /// Hands a piece's candidates on in lists that fit the given room.
  ///
  /// - Parameter room: at least `largestTarget` and two vectors more.
  func visit(
    _ piece: Piece, kernels: Kernels, room: CandidateRoom, _ body: (_ count: Int) -> Void
  ) {
    withSearch(piece.pair) { search, source in
      var next = Int64(piece.sources.lowerBound)
      while next < piece.sources.upperBound {
        let count = kernels.table.pointee.find_candidates(
          search, source, next, Int64(piece.sources.upperBound), Int64(room.capacity), room.from,
          room.to, room.value, &next)
        body(Int(count))
      }
    }
  }

  /// Adds all pairs of hits within the largest curvature to counts [cells] of a layer pair.
  func count(
    pair: Int, sources: Range<Int>, kernels: Kernels, into counts: UnsafeMutablePointer<Double>
  ) {
    withSearch(pair) { search, source in
      kernels.table.pointee.count_candidates(
        search, source, Int64(sources.lowerBound), Int64(sources.upperBound), counts)
    }
  }

  private func withSearch(
    _ index: Int, _ body: (UnsafePointer<tfk_search>, UnsafePointer<tfk_packed>) -> Void
  ) {
    let pair = pairs.pairs[index]
    let layer = grid.layers[pair.to]
    grid.hit.withUnsafeBufferPointer { hit in
      guard let hitBase = hit.baseAddress else { return }
      var source = grid.packed(pair.from, hit: hitBase)
      grid.bucket.withUnsafeBufferPointer { bucket in
        table.values.withUnsafeBufferPointer { values in
          reach[index].levels.withUnsafeBufferPointer { levels in
            guard let buckets = bucket.baseAddress, let cells = values.baseAddress else { return }
            // Buckets count from the first hit of all layers.
            var all = grid.packed(pair.to, hit: hitBase)
            let start = layer.hits.lowerBound
            all.x -= start
            all.y -= start
            all.z -= start
            all.r -= start
            all.phi -= start
            all.hit -= start
            var search = tfk_search(
              target: all, bucket: buckets + pair.to * HitGrid.bins * (HitGrid.buckets + 1),
              bins: Int32(HitGrid.bins), is_barrel: layer.isBarrel ? 1 : 0, low: layer.low,
              width: layer.width, inner: layer.inner, outer: layer.outer,
              outer_radius: layer.largestRadius, table: cells + index * CandidateTable.cells,
              threshold: threshold, most_curvature: table.mostCurvature,
              reach: levels.baseAddress, highest: reach[index].highest)
            body(&search, &source)
          }
        }
      }
    }
  }
}

/// Room for lists of candidates; one a thread.
final class CandidateRoom {
  let capacity: Int
  let from: UnsafeMutablePointer<Int32>
  let to: UnsafeMutablePointer<Int32>
  let value: UnsafeMutablePointer<Float>

  init(capacity: Int) {
    self.capacity = capacity
    from = .allocate(capacity: capacity)
    to = .allocate(capacity: capacity)
    value = .allocate(capacity: capacity)
  }

  deinit {
    from.deallocate()
    to.deallocate()
    value.deallocate()
  }
}
