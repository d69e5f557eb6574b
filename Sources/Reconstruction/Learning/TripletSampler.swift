import EdgeClassifier

/// Rows for the training of a triplet network: pairs of doublets of a training event.
///
/// `TripletTruth` says what a true one counts.
public struct TripletSampler: Sendable {
  /// Whether rows have both doublets' features as well: 75 instead of 31.
  public var isRich: Bool
  public var limits: TripletLimits?
  public var turns: Bool
  public var sampling: RowSampling
  /// Mean weight of a particle's hit in the training events.
  public var meanWeight: Float

  public init(
    isRich: Bool, limits: TripletLimits?, turns: Bool, sampling: RowSampling, meanWeight: Float
  ) {
    self.isRich = isRich
    self.limits = limits
    self.turns = turns
    self.sampling = sampling
    self.meanWeight = meanWeight
  }

  public func rows(
    of event: TrainingEvent, graph: DoubletGraph, kernels: Kernels = .current
  ) -> RowTable {
    let walk = TripletWalk(
      graph: graph, hits: event.hits, limits: limits, isRich: isRich, turns: turns,
      kernels: kernels, threads: 1)
    let room = TripletRoom(walk)
    let truth = TripletTruth(event.truth, graph: graph, meanWeight: meanWeight)
    let tile = RowInference.tile
    let features = FloatBuffer(count: walk.width * tile)
    var collector = RowCollector(inputs: walk.width)
    var first: [Int32] = []
    var second: [Int32] = []
    var weights: [(isTrue: Bool, value: Float)] = []
    func flush() {
      guard !first.isEmpty else { return }
      first.withUnsafeBufferPointer { a in
        second.withUnsafeBufferPointer { b in
          guard let a = a.baseAddress, let b = b.baseAddress else { return }
          walk.features(.init(first: a, second: b, count: weights.count), into: features.base)
        }
      }
      for (row, weight) in weights.enumerated() {
        collector.take(
          features.base + row, stride: tile, isTrue: weight.isTrue, weight: weight.value)
      }
      first.removeAll(keepingCapacity: true)
      second.removeAll(keepingCapacity: true)
      weights.removeAll(keepingCapacity: true)
    }
    for piece in walk.pieces.indices {
      walk.visit(piece, room: room) { part in
        for row in 0..<part.count {
          let (a, b) = (part.first[row], part.second[row])
          let isTrue = truth.isTrue(a, b)
          guard sampling.takes(a, b, isTrue: isTrue) else { continue }
          first.append(a)
          second.append(b)
          let weight =
            isTrue ? truth.worth(a, b) * sampling.trueFactor : sampling.falseFactor
          weights.append((isTrue, weight))
          if weights.count == tile { flush() }
        }
      }
    }
    flush()
    return collector.rows
  }
}
