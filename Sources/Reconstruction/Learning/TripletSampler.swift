import EdgeClassifier

/// Rows for the training of a triplet network: pairs of doublets of a training event.
///
/// Three hits in a row count 0.3 + 0.7 of the middle one's weight over the mean weight; three hits of a
/// particle with others between them are true as well and count 0.5.
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
          let isTrue = label(event.truth, graph, a, b)
          guard sampling.takes(a, b, isTrue: isTrue) else { continue }
          first.append(a)
          second.append(b)
          weights.append((isTrue, weight(event.truth, graph, a, b, isTrue)))
          if weights.count == tile { flush() }
        }
      }
    }
    flush()
    return collector.rows
  }

  private func label(_ truth: HitTruth, _ graph: DoubletGraph, _ a: Int32, _ b: Int32) -> Bool {
    let middle = Int(graph.to[Int(a)])
    return truth.isSame(Int(graph.from[Int(a)]), middle)
      && truth.isSame(middle, Int(graph.to[Int(b)]))
  }

  private func weight(
    _ truth: HitTruth, _ graph: DoubletGraph, _ a: Int32, _ b: Int32, _ isTrue: Bool
  ) -> Float {
    guard isTrue else { return sampling.falseFactor }
    let middle = Int(graph.to[Int(a)])
    let isInRow =
      truth.joins(Int(graph.from[Int(a)]), middle) && truth.joins(middle, Int(graph.to[Int(b)]))
    return (isInRow ? 0.3 + 0.7 * truth.weight[middle] / meanWeight : 0.5) * sampling.trueFactor
  }
}
