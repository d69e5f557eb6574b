/// Which pairs of doublets are of one particle, and what a true one counts in a training.
///
/// Three hits in a row count 0.3 + 0.7 of the middle one's weight over the mean weight; three hits of a
/// particle with others between them are true as well and count 0.5.
struct TripletTruth {
  private let truth: HitTruth
  private let graph: DoubletGraph
  private let meanWeight: Float

  /// - Parameter meanWeight: of a particle's hit in the training events.
  init(_ truth: HitTruth, graph: DoubletGraph, meanWeight: Float) {
    self.truth = truth
    self.graph = graph
    self.meanWeight = meanWeight
  }

  @inline(__always)
  func isTrue(_ first: Int32, _ second: Int32) -> Bool {
    let middle = Int(graph.to[Int(first)])
    return truth.isSame(Int(graph.from[Int(first)]), middle)
      && truth.isSame(middle, Int(graph.to[Int(second)]))
  }

  /// Of a true triplet.
  @inline(__always)
  func worth(_ first: Int32, _ second: Int32) -> Float {
    let middle = Int(graph.to[Int(first)])
    let isInRow =
      truth.joins(Int(graph.from[Int(first)]), middle)
      && truth.joins(middle, Int(graph.to[Int(second)]))
    return isInRow ? 0.3 + 0.7 * truth.weight[middle] / meanWeight : 0.5
  }
}
