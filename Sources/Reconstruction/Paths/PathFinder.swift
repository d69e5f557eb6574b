import EdgeClassifier

/// Finds tracks as the best paths through triplets.
///
/// Over the doublets in the order of their layers, from the last to the first,
///
///     best(doublet) = max(0, max over its triplets (score + bias + best(next doublet)))
///
/// Paths are taken best first, without a hit that is on a track already, in rounds of falling threshold
/// between which the best paths are computed anew.
public struct PathFinder: Sendable {
  /// Added to every triplet's score.
  public var bias: Float
  /// Least score of a path in the last round; earlier rounds ask for so much more.
  public var threshold: Float
  public var rounds: [Float]
  /// Least number of hits of a track, companions included.
  public var minimumHits: Int

  public init(
    bias: Float, threshold: Float, rounds: [Float] = [20, 10, 5, 2, 0], minimumHits: Int
  ) {
    self.bias = bias
    self.threshold = threshold
    self.rounds = rounds
    self.minimumHits = minimumHits
  }

  /// The tracks among the hits that are free; marks theirs as used.
  ///
  /// - Parameter companions: adds further hits on the path's layers; nil for none.
  public func tracks(
    hits: DetectorHits, graph: DoubletGraph, triplets: TripletSet, used: inout [Bool],
    companions: CompanionFinder?, kernels: Kernels = .current
  ) -> [Track] {
    let search = companions.map {
      CompanionSearch($0, hits: hits, grid: HitGrid(hits, leavingOut: used), kernels: kernels)
    }
    let starts = triplets.starts(doublets: graph.count)
    var tracks: [Track] = []
    var paths = BestPaths(count: graph.count)
    for round in rounds {
      paths.compute(graph, triplets, starts, bias: bias, used: used)
      for start in paths.starts(above: threshold + round) {
        guard !used[Int(graph.from[Int(start)])], !used[Int(graph.to[Int(start)])] else { continue }
        var track = paths.track(from: start, graph)
        guard !track.path.contains(where: { used[Int($0)] }) else { continue }
        if let search {
          track.companions = search.companions(
            of: track, at: track.path.indices, isFree: { !used[$0] })
        }
        guard track.hitCount >= minimumHits else { continue }
        for hit in track.path + track.companions { used[Int(hit)] = true }
        tracks.append(track)
      }
    }
    return tracks
  }
}

/// The best way on from every doublet.
private struct BestPaths {
  /// Score of the best path that goes on from a doublet, [doublets].
  private var value: [Float]
  /// The same, but at least 0; below every score where a hit of the doublet is used.
  private var best: [Float]
  private var next: [Int32]

  private static let blocked: Float = -1e9

  init(count: Int) {
    value = Array(repeating: 0, count: count)
    best = value
    next = Array(repeating: -1, count: count)
  }

  mutating func compute(
    _ graph: DoubletGraph, _ triplets: TripletSet, _ starts: [Int32], bias: Float, used: [Bool]
  ) {
    for doublet in stride(from: graph.count - 1, through: 0, by: -1) {
      next[doublet] = -1
      value[doublet] = Self.blocked
      guard !used[Int(graph.from[doublet])], !used[Int(graph.to[doublet])] else {
        best[doublet] = Self.blocked
        continue
      }
      var (most, way) = (Self.blocked, Int32(-1))
      for triplet in Int(starts[doublet])..<Int(starts[doublet + 1]) {
        let onward = triplets.second[triplet]
        guard best[Int(onward)] > -1e8 else { continue }
        let score = triplets.score[triplet] + bias + best[Int(onward)]
        if score > most { (most, way) = (score, onward) }
      }
      value[doublet] = most
      next[doublet] = way
      best[doublet] = max(most, 0)
    }
  }

  /// Doublets whose path is good enough, best first.
  func starts(above threshold: Float) -> [Int32] {
    // As whole numbers that sort like the values from the largest down, equal ones by their place.
    var keys: [UInt64] = []
    for doublet in value.indices where value[doublet] > threshold && next[doublet] >= 0 {
      let bits = value[doublet].bitPattern
      let rising = bits >> 31 == 0 ? bits | 1 << 31 : ~bits
      keys.append(UInt64(~rising) << 32 | UInt64(doublet))
    }
    keys.sort()
    return keys.map { Int32(truncatingIfNeeded: $0) }
  }

  func track(from start: Int32, _ graph: DoubletGraph) -> Track {
    var path = [graph.from[Int(start)], graph.to[Int(start)]]
    var doublet = next[Int(start)]
    while doublet >= 0 {
      path.append(graph.to[Int(doublet)])
      doublet = value[Int(doublet)] > 0 ? next[Int(doublet)] : -1
    }
    return Track(path: path, score: value[Int(start)])
  }
}
