/// What is true among the doublets and triplets of one pass, and how many true ones there were to find.
///
/// Hits are *in a row* where they follow each other on a particle's way, whichever way it went: doublets
/// and triplets of such hits are what a track is made of, and true. Those of one particle that pass over
/// hits of it in between are neither asked for nor wrong.
public struct PassTruth: Sendable {
  /// What a doublet or triplet is.
  public enum Kind: Sendable {
    /// Not of one particle.
    case mixed
    /// Of one particle, and in a row.
    case inARow
    /// Of one particle, with other hits of it in between.
    case skipping
  }

  private let truth: HitTruth
  private let hits: DetectorHits
  private let used: [Bool]

  /// - Parameter used: hits that earlier passes took, [hits]; empty for none.
  public init(hits: DetectorHits, truth: HitTruth, leavingOut used: [Bool] = []) {
    self.truth = truth
    self.hits = hits
    self.used = used
  }

  /// [doublets].
  public func kinds(of graph: DoubletGraph) -> [Kind] {
    zip(graph.from, graph.to).map { from, to in
      let (a, b) = (Int(from), Int(to))
      guard truth.isSame(a, b) else { return .mixed }
      return truth.joins(a, b) || truth.joins(b, a) ? .inARow : .skipping
    }
  }

  /// [triplets].
  ///
  /// - Parameter doublets: kinds of the graph's doublets.
  public static func kinds(of triplets: TripletSet, doublets: [Kind]) -> [Kind] {
    // The doublets share their middle hit, and so the particle.
    zip(triplets.first, triplets.second).map { first, second in
      switch (doublets[Int(first)], doublets[Int(second)]) {
      case (.mixed, _), (_, .mixed): .mixed
      case (.inARow, .inARow): .inARow
      default: .skipping
      }
    }
  }

  /// Pairs of hits in a row on each pair of linked layers, whatever became of them, [pairs].
  public func truePairs(on pairs: LayerPairs) -> [Int] {
    let index = pairs.index
    let all = TruePairs(truth, leavingOut: used)
    var counts = [Int](repeating: 0, count: pairs.pairs.count)
    for (a, b) in zip(all.from, all.to) {
      // No two layers are linked both ways.
      if let pair = index[hits, Int(a), Int(b)] ?? index[hits, Int(b), Int(a)] {
        counts[pair] += 1
      }
    }
    return counts
  }

  /// Pairs of doublets in a row that share a hit, however sharply they bend.
  public static func trueTriplets(of graph: DoubletGraph, doublets: [Kind]) -> Int {
    graph.to.indices.filter { doublets[$0] == .inARow }.reduce(0) { sum, first in
      let middle = Int(graph.to[first])
      return sum
        + (Int(graph.begin[middle])..<Int(graph.end[middle])).count { doublets[$0] == .inARow }
    }
  }
}
