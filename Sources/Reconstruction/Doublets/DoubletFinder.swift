import CNumericKernels
import EdgeClassifier

/// Finds an event's doublets: candidates that the table allows and the edge filter believes.
public struct DoubletFinder: Sendable {
  public let pairs: LayerPairs
  public let table: CandidateTable
  /// Candidates of a lower value are not looked at.
  public var threshold: Float
  public let filter: RowNetwork
  /// A small network on the first ten features, which need no cluster: what it does not believe, the
  /// filter does not see. Nil for none.
  public var screen: RowNetwork?
  /// Candidates of a lower logit of the screen are dropped.
  public var screenCut: Float
  /// Doublets of a lower logit are dropped.
  public var cut: Float
  /// Whether the filter's directions follow the circle through the beam line; straight lines if not.
  public var turns: Bool

  public init(
    pairs: LayerPairs, table: CandidateTable, threshold: Float, filter: RowNetwork, cut: Float,
    turns: Bool, screen: RowNetwork? = nil, screenCut: Float = 0
  ) {
    self.pairs = pairs
    self.table = table
    self.threshold = threshold
    self.filter = filter
    self.cut = cut
    self.turns = turns
    self.screen = screen
    self.screenCut = screenCut
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
      FilterScratch(filter, screen: screen, hits: hits, search: search, kernels: kernels)
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

  /// Takes a list of candidates through the screen, where there is one, and the filter.
  private func filter(
    _ count: Int, _ hits: DetectorHits, _ scratch: FilterScratch, _ kernels: Kernels,
    into found: FoundDoublets
  ) {
    let room = scratch.room
    guard let screening = scratch.screening else {
      for first in stride(from: 0, to: count, by: RowInference.tile) {
        judge(
          (room.from + first, room.to + first, room.value + first),
          min(RowInference.tile, count - first), hits, scratch, kernels, into: found)
      }
      return
    }
    let passed = scratch.passed
    for first in stride(from: 0, to: count, by: RowInference.tile) {
      let rows = min(RowInference.tile, count - first)
      features(
        (room.from + first, room.to + first, room.value + first), rows, hits, scratch, kernels,
        placesOnly: true)
      screening.logits(
        scratch.features.base, stride: RowInference.tile, count: rows, into: scratch.logits.base)
      for row in 0..<rows where scratch.logits.base[row] >= screenCut {
        passed.from[scratch.waiting] = room.from[first + row]
        passed.to[scratch.waiting] = room.to[first + row]
        passed.value[scratch.waiting] = room.value[first + row]
        scratch.waiting += 1
      }
      if scratch.waiting >= RowInference.tile { flush(hits, scratch, kernels, into: found) }
    }
    flush(hits, scratch, kernels, into: found)
  }

  /// Judges what passed the screen.
  private func flush(
    _ hits: DetectorHits, _ scratch: FilterScratch, _ kernels: Kernels, into found: FoundDoublets
  ) {
    let passed = scratch.passed
    for first in stride(from: 0, to: scratch.waiting, by: RowInference.tile) {
      judge(
        (passed.from + first, passed.to + first, passed.value + first),
        min(RowInference.tile, scratch.waiting - first), hits, scratch, kernels, into: found)
    }
    scratch.waiting = 0
  }

  private typealias Pairs = (
    from: UnsafeMutablePointer<Int32>, to: UnsafeMutablePointer<Int32>,
    value: UnsafeMutablePointer<Float>
  )

  private func features(
    _ pairs: Pairs, _ rows: Int, _ hits: DetectorHits, _ scratch: FilterScratch,
    _ kernels: Kernels, placesOnly: Bool
  ) {
    var doublets = tfk_doublets(
      hits: hits.records.base, from: pairs.from, to: pairs.to, value: pairs.value,
      turns: turns ? 1 : 0, places_only: placesOnly ? 1 : 0)
    kernels.table.pointee.doublet_features(
      &doublets, Int64(rows), Int64(RowInference.tile), scratch.features.base, nil, nil, nil)
  }

  private func judge(
    _ pairs: Pairs, _ rows: Int, _ hits: DetectorHits, _ scratch: FilterScratch,
    _ kernels: Kernels, into found: FoundDoublets
  ) {
    features(pairs, rows, hits, scratch, kernels, placesOnly: false)
    scratch.unknown?.fill(scratch.features.base)
    scratch.inference.logits(
      scratch.features.base, stride: RowInference.tile, count: rows, into: scratch.logits.base)
    for row in 0..<rows where scratch.logits.base[row] >= cut {
      found.from.append(pairs.from[row])
      found.to.append(pairs.to[row])
      found.value.append(pairs.value[row])
      found.score.append(scratch.logits.base[row])
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
  let screening: RowInference?
  let unknown: UnknownClusters?
  let features: FloatBuffer
  let logits: FloatBuffer
  /// Candidates that passed the screen and wait for the filter.
  let passed = CandidateRoom(capacity: 2 * RowInference.tile)
  var waiting = 0

  init(
    _ network: RowNetwork, screen: RowNetwork?, hits: DetectorHits, search: CandidateSearch,
    kernels: Kernels
  ) {
    unknown = UnknownClusters(hits, network, at: [DoubletFeatures.clusters])
    room = CandidateRoom(for: search)
    screening = screen.map { RowInference(network: $0, kernels: kernels) }
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
