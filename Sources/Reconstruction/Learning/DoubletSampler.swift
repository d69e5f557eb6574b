import CNumericKernels
import EdgeClassifier

/// Rows for the training of an edge filter: candidates of a training event.
///
/// A pair of hits in a row counts 0.3 + 0.7 of its worth over the mean worth; two hits of a particle
/// with others between them are true as well and count 0.5; those that go back are left out.
public struct DoubletSampler: Sendable {
  public let pairs: LayerPairs
  public let table: CandidateTable
  public var threshold: Float
  public var turns: Bool
  public var sampling: RowSampling
  /// Mean worth of a true pair in the training events.
  public var meanWorth: Float

  public init(
    pairs: LayerPairs, table: CandidateTable, threshold: Float, turns: Bool, sampling: RowSampling,
    meanWorth: Float
  ) {
    self.pairs = pairs
    self.table = table
    self.threshold = threshold
    self.turns = turns
    self.sampling = sampling
    self.meanWorth = meanWorth
  }

  public func rows(of event: TrainingEvent, kernels: Kernels = .current) -> RowTable {
    let grid = HitGrid(event.hits, leavingOut: event.used)
    let search = CandidateSearch(
      grid: grid, pairs: pairs, table: table, threshold: threshold)
    let room = CandidateRoom(for: search)
    let tile = RowInference.tile
    let features = FloatBuffer(count: DoubletFeatures.count * tile)
    var collector = RowCollector(inputs: DoubletFeatures.count)
    var chosen = ChosenRows(room: CandidateRoom(capacity: tile))
    func flush() {
      guard chosen.count > 0 else { return }
      var doublets = tfk_doublets(
        hits: event.hits.records.base, from: chosen.room.from, to: chosen.room.to,
        value: chosen.room.value, turns: turns ? 1 : 0, places_only: 0)
      kernels.table.pointee.doublet_features(
        &doublets, Int64(chosen.count), Int64(tile), features.base, nil, nil, nil)
      for row in 0..<chosen.count {
        collector.take(
          features.base + row, stride: tile, isTrue: chosen.isTrue[row], weight: chosen.weight[row])
      }
      chosen.clear()
    }
    for piece in search.pieces {
      search.visit(piece, kernels: kernels, room: room) { count in
        for row in 0..<count {
          let (from, to) = (room.from[row], room.to[row])
          guard let weight = weight(event, from, to) else { continue }
          chosen.add(from, to, room.value[row], isTrue: weight.isTrue, weight: weight.value)
          if chosen.count == tile { flush() }
        }
      }
    }
    flush()
    return collector.rows
  }

  /// What a candidate counts; nil where it is not taken.
  private func weight(
    _ event: TrainingEvent, _ from: Int32, _ to: Int32
  ) -> (isTrue: Bool, value: Float)? {
    let (a, b) = (Int(from), Int(to))
    let isTrue = event.truth.isSame(a, b)
    guard sampling.takes(from, to, isTrue: isTrue) else { return nil }
    guard isTrue else { return (false, sampling.falseFactor) }
    let steps = event.truth.step[b] - event.truth.step[a]
    guard steps > 0 else { return nil }
    let value = steps == 1 ? 0.3 + 0.7 * event.worth(a, b) / meanWorth : 0.5
    return (true, value * sampling.trueFactor)
  }
}

extension TrainingEvent {
  /// Sum of the worth of all true pairs, and their number.
  public var truePairWorth: (sum: Double, count: Int) {
    let pairs = TruePairs(truth, leavingOut: used)
    let sum = zip(pairs.from, pairs.to).reduce(0.0) { $0 + Double(worth(Int($1.0), Int($1.1))) }
    return (sum, pairs.count)
  }
}

/// Pairs that wait for their features.
private struct ChosenRows {
  let room: CandidateRoom
  private(set) var count = 0
  private(set) var isTrue: [Bool] = []
  private(set) var weight: [Float] = []

  init(room: CandidateRoom) { self.room = room }

  mutating func add(_ from: Int32, _ to: Int32, _ value: Float, isTrue: Bool, weight: Float) {
    room.from[count] = from
    room.to[count] = to
    room.value[count] = value
    self.isTrue.append(isTrue)
    self.weight.append(weight)
    count += 1
  }

  mutating func clear() {
    count = 0
    isTrue.removeAll(keepingCapacity: true)
    weight.removeAll(keepingCapacity: true)
  }
}
