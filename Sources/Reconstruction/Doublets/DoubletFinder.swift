import CNumericKernels
import EdgeClassifier

/// Finds an event's doublets: candidates that the table allows and the edge filter believes.
public struct DoubletFinder: Sendable {
  public let pairs: LayerPairs
  public let table: CandidateTable
  /// Candidates of a lower value are not looked at.
  public var threshold: Float
  public let filter: RowNetwork
  /// Doublets of a lower logit are dropped.
  public var cut: Float
  /// Whether the filter's directions follow the circle through the beam line; straight lines if not.
  public var turns: Bool

  public init(
    pairs: LayerPairs, table: CandidateTable, threshold: Float, filter: RowNetwork, cut: Float,
    turns: Bool
  ) {
    self.pairs = pairs
    self.table = table
    self.threshold = threshold
    self.filter = filter
    self.cut = cut
    self.turns = turns
  }

  /// The doublets of an event, and how many candidates there were.
  ///
  /// - Parameter used: hits to leave out, [hits]; empty for none.
  public func doublets(
    of hits: DetectorHits, leavingOut used: [Bool] = [], kernels: Kernels = .current,
    threads: Int = 1
  ) throws(ReconstructionError) -> (graph: DoubletGraph, candidates: Int) {
    guard pairs.layerCount == hits.layerCount else {
      throw .mismatch(
        what: "the layer pairs are of a detector with \(pairs.layerCount) layers,"
          + " the hits of one with \(hits.layerCount)")
    }
    let grid = HitGrid(hits, leavingOut: used)
    let search = CandidateSearch(
      grid: grid, pairs: pairs, table: table, threshold: threshold)
    let pieces = search.pieces
    let found = pieces.map { _ in FoundDoublets() }
    let workers = (0..<workerCount(of: pieces.count, threads: threads)).map { _ in
      FilterScratch(filter, search: search, kernels: kernels)
    }
    forEach(pieces.count, threads: threads) { index, worker in
      let scratch = workers[worker]
      let own = found[index]
      search.visit(pieces[index], kernels: kernels, room: scratch.room) { count in
        own.candidates += count
        self.filter(count, hits, scratch, kernels, into: own)
      }
    }
    let graph = try DoubletGraph(
      hits: hits, position: pairs.position, from: found.flatMap(\.from), to: found.flatMap(\.to),
      value: found.flatMap(\.value), score: found.flatMap(\.score), kernels: kernels,
      threads: threads)
    return (graph, found.reduce(0) { $0 + $1.candidates })
  }

  private func filter(
    _ count: Int, _ hits: DetectorHits, _ scratch: FilterScratch, _ kernels: Kernels,
    into found: FoundDoublets
  ) {
    let room = scratch.room
    let tile = RowInference.tile
    for first in stride(from: 0, to: count, by: tile) {
      let rows = min(tile, count - first)
      var doublets = tfk_doublets(
        hits: hits.records.base, from: room.from + first, to: room.to + first,
        value: room.value + first, turns: turns ? 1 : 0)
      kernels.table.pointee.doublet_features(
        &doublets, Int64(rows), Int64(tile), scratch.features.base, nil, nil, nil)
      scratch.inference.logits(
        scratch.features.base, stride: tile, count: rows, into: scratch.logits.base)
      for row in 0..<rows where scratch.logits.base[row] >= cut {
        found.from.append(room.from[first + row])
        found.to.append(room.to[first + row])
        found.value.append(room.value[first + row])
        found.score.append(scratch.logits.base[row])
      }
    }
  }
}

/// What one piece of the search found.
private final class FoundDoublets: @unchecked Sendable {
  var from: [Int32] = []
  var to: [Int32] = []
  var value: [Float] = []
  var score: [Float] = []
  var candidates = 0
}

/// Room of one thread for candidates, their features and logits.
final class FilterScratch: @unchecked Sendable {
  let room: CandidateRoom
  let inference: RowInference
  let features: FloatBuffer
  let logits: FloatBuffer

  init(_ network: RowNetwork, search: CandidateSearch, kernels: Kernels) {
    room = CandidateRoom(for: search)
    inference = RowInference(network: network, kernels: kernels)
    features = FloatBuffer(count: network.inputs * RowInference.tile)
    logits = FloatBuffer(count: RowInference.tile)
  }
}

extension CandidateRoom {
  convenience init(for search: CandidateSearch) {
    self.init(capacity: max(16384, search.largestTarget + 64) + 64)
  }
}
