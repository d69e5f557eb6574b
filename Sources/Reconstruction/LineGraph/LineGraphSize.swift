/// How large a line graph is, and what is true in it, before it is made.
public struct LineGraphSize: Sendable, Equatable {
  public var nodes = 0
  public var links = 0
  public var trueLinks = 0
  /// Sum over the true links of what they count in a training.
  public var trueWeight = 0.0

  public init() {}

  public init(
    of triplets: TripletSet, doublets: DoubletGraph, truth: HitTruth, meanWeight: Float
  ) {
    links = triplets.count
    var isNode = [Bool](repeating: false, count: doublets.count)
    let truth = TripletTruth(truth, graph: doublets, meanWeight: meanWeight)
    for (first, second) in zip(triplets.first, triplets.second) {
      isNode[Int(first)] = true
      isNode[Int(second)] = true
      guard truth.isTrue(first, second) else { continue }
      trueLinks += 1
      trueWeight += Double(truth.worth(first, second))
    }
    nodes = isNode.count { $0 }
  }

  public mutating func add(_ other: LineGraphSize) {
    nodes += other.nodes
    links += other.links
    trueLinks += other.trueLinks
    trueWeight += other.trueWeight
  }
}
