/// An event to learn from: its hits, whose they are, and which of them earlier passes have used up.
public struct TrainingEvent: Sendable {
  public let hits: DetectorHits
  public let truth: HitTruth
  /// [hits]; empty for none.
  public let used: [Bool]

  public init(hits: DetectorHits, truth: HitTruth, used: [Bool] = []) {
    self.hits = hits
    self.truth = truth
    self.used = used
  }

  /// - Parameter tracks: those of earlier passes.
  public init(hits: DetectorHits, truth: HitTruth, tracks: [Track]) {
    self.init(hits: hits, truth: truth, used: tracks.usedHits(of: hits.count))
  }

  /// Half the sum of two hits' weights: what joining them is worth.
  @inline(__always)
  func worth(_ from: Int, _ to: Int) -> Float { 0.5 * (truth.weight[from] + truth.weight[to]) }
}

extension [Track] {
  /// Which hits are on a track, [hits].
  public func usedHits(of count: Int) -> [Bool] {
    var used = [Bool](repeating: false, count: count)
    for track in self {
      for hit in track.path { used[Int(hit)] = true }
      for hit in track.companions { used[Int(hit)] = true }
    }
    return used
  }
}
