import EdgeClassifier

/// Features of clusters that are not known, as a network takes them.
struct UnknownClusters {
  /// Places of the clusters' features among the network's inputs.
  private let places: [Int]
  private let mean: [Float]

  /// Nil where the clusters are known, and nothing is to be put in their place.
  init?(_ hits: DetectorHits, _ network: RowNetwork, at places: [Range<Int>]) {
    guard !hits.hasClusters else { return nil }
    self.places = places.flatMap { $0 }
    mean = network.mean
  }

  /// Puts what the network saw on average in the clusters' place, [inputs][RowInference.tile].
  func fill(_ tile: UnsafeMutablePointer<Float>) {
    for place in places {
      (tile + place * RowInference.tile).update(repeating: mean[place], count: RowInference.tile)
    }
  }
}
