import CNumericKernels
import EdgeClassifier

/// Goes through the pairs of doublets that share a hit, tile by tile, and computes their features.
final class TripletWalk: @unchecked Sendable {
  /// Triplets that go through a network together.
  struct Tile {
    let first: UnsafePointer<Int32>
    let second: UnsafePointer<Int32>
    let count: Int
  }

  let graph: DoubletGraph
  let hits: DetectorHits
  /// Runs of first doublets: what one thread does at a time.
  let pieces: [Range<Int>]
  let width: Int
  private let limits: TripletLimits?
  private let doubletRows: FloatBuffer?
  private let kernels: Kernels

  init(
    graph: DoubletGraph, hits: DetectorHits, limits: TripletLimits?, isRich: Bool, turns: Bool,
    kernels: Kernels, threads: Int
  ) {
    self.graph = graph
    self.hits = hits
    self.limits = limits
    self.kernels = kernels
    pieces = blocks(of: graph.count, size: 2048)
    doubletRows =
      isRich
      ? graph.featureRows(hits, turns: turns, kernels: kernels, threads: threads) : nil
    width = isRich ? TripletFeatures.richCount : TripletFeatures.count
  }

  /// Most doublets that start at one hit.
  var mostOnward: Int {
    zip(graph.begin, graph.end).reduce(0) { max($0, Int($1.1 - $1.0)) }
  }

  func visit(_ piece: Int, room: TripletRoom, _ body: (Tile) -> Void) {
    withTriplets(nil) { triplets in
      var next = Int64(pieces[piece].lowerBound)
      while next < pieces[piece].upperBound {
        let count = kernels.table.pointee.triplet_pairs(
          &triplets, next, Int64(pieces[piece].upperBound), Int64(room.capacity), room.first,
          room.second, &next)
        for start in stride(from: 0, to: Int(count), by: RowInference.tile) {
          body(
            Tile(
              first: room.first + start, second: room.second + start,
              count: min(RowInference.tile, Int(count) - start)))
        }
      }
    }
  }

  /// [width][RowInference.tile].
  func features(_ tile: Tile, into out: UnsafeMutablePointer<Float>) {
    withTriplets(tile) { triplets in
      kernels.table.pointee.triplet_features(
        &triplets, Int64(tile.count), Int64(RowInference.tile), out)
    }
  }

  private func withTriplets(_ tile: Tile?, _ body: (inout tfk_triplets) -> Void) {
    graph.from.withUnsafeBufferPointer { from in
      graph.to.withUnsafeBufferPointer { to in
        graph.curvature.withUnsafeBufferPointer { curvature in
          graph.z0.withUnsafeBufferPointer { z0 in
            graph.score.withUnsafeBufferPointer { score in
              graph.begin.withUnsafeBufferPointer { begin in
                graph.end.withUnsafeBufferPointer { end in
                  var triplets = tfk_triplets(
                    hits: hits.records.base, from: from.baseAddress, to: to.baseAddress,
                    curvature: curvature.baseAddress, z0: z0.baseAddress,
                    score: score.baseAddress,
                    doublet_rows: doubletRows.map { UnsafePointer($0.base) },
                    doublet_features: doubletRows == nil ? 0 : Int32(DoubletFeatures.count),
                    begin: begin.baseAddress, end: end.baseAddress, first: tile?.first,
                    second: tile?.second, is_screened: limits == nil ? 0 : 1,
                    most_curvature: limits?.mostCurvature ?? 0, most_kink: limits?.mostKink ?? 0)
                  body(&triplets)
                }
              }
            }
          }
        }
      }
    }
  }
}

/// Room for pairs of doublets; one a thread.
final class TripletRoom {
  let capacity: Int
  let first: UnsafeMutablePointer<Int32>
  let second: UnsafeMutablePointer<Int32>

  init(_ walk: TripletWalk) {
    capacity = max(4096, walk.mostOnward) + 1
    first = .allocate(capacity: capacity + 1)
    second = .allocate(capacity: capacity + 1)
  }

  deinit {
    first.deallocate()
    second.deallocate()
  }
}
