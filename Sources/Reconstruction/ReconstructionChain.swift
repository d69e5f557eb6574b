import EdgeClassifier

/// The whole way from an event's hits to its tracks, in one or more passes.
///
/// Each pass searches the hits that the passes before it left over: doublets, triplets, best paths. After
/// each all tracks grow from their ends.
public struct ReconstructionChain: Sendable {
  public struct Pass: Sendable {
    public var doublets: DoubletFinder
    public var triplets: TripletFinder
    public var paths: PathFinder
    /// Lets all tracks grow, those of earlier passes too.
    public var extender: TrackExtender

    public init(
      doublets: DoubletFinder, triplets: TripletFinder, paths: PathFinder, extender: TrackExtender
    ) {
      self.doublets = doublets
      self.triplets = triplets
      self.paths = paths
      self.extender = extender
    }
  }

  public var passes: [Pass]
  public var companions: CompanionFinder

  public init(passes: [Pass], companions: CompanionFinder) {
    self.passes = passes
    self.companions = companions
  }

  /// The tracks of an event.
  ///
  /// - Parameter took: is told of each step when it is done: its name, and how many candidates it went
  ///   through (pairs of hits, pairs of doublets, triplets, tracks).
  /// - Throws: `ReconstructionError` where the parts of the chain were not made for each other.
  public func tracks(
    of hits: DetectorHits, kernels: Kernels = .current, threads: Int = 1,
    took: (String, Int) -> Void = { _, _ in }
  ) throws(ReconstructionError) -> [Track] {
    var tracks: [Track] = []
    for (index, pass) in passes.enumerated() {
      let prefix = "pass \(index + 1): "
      var used = tracks.usedHits(of: hits.count)
      let (graph, candidates) = try pass.doublets.doublets(
        of: hits, leavingOut: used, kernels: kernels, threads: threads)
      took(prefix + "doublets", candidates)
      let (triplets, joined) = pass.triplets.triplets(
        of: graph, hits: hits, kernels: kernels, threads: threads)
      took(prefix + "triplets", joined)
      tracks += pass.paths.tracks(
        hits: hits, graph: graph, triplets: triplets, used: &used, companions: companions,
        kernels: kernels)
      took(prefix + "paths", triplets.count)
      tracks = pass.extender.extended(tracks, hits: hits, kernels: kernels, threads: threads)
      took(prefix + "extension", tracks.count)
    }
    return tracks
  }

  /// The same networks behind narrower windows: fewer candidates, less time, a lower score.
  ///
  /// The first pass looks at candidates worth 3 times as much, later ones at those worth 30 times as much,
  /// and they keep doublets with a logit higher by 2.
  public var narrowed: ReconstructionChain {
    var chain = self
    for index in passes.indices {
      chain.passes[index].doublets.threshold *= index == 0 ? 3 : 30
      if index > 0 { chain.passes[index].doublets.cut += 2 }
    }
    return chain
  }
}
