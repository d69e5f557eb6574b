import EventData

/// What can still be scored behind each step from an event's hits to the tracks of a graph.
///
/// It starts with all hits and ends with the score. Each step's share is the score if all that follows
/// were perfect; what the step loses is the share before it less its own.
///
/// ```swift
/// let waterfall = try GraphWaterfall(
///   hitID: graph.hitID, firstEdge: graph.firstEdge, end: graph.end, label: graph.label,
///   kept: probabilities.map { $0 > 0.5 }, truth: truth, particles: particles, tracks: matching)
/// print(waterfall.selection.sum - waterfall.edges.sum)      // what the graph's edges lose
/// ```
///
/// The tracks of a graph can join pieces of a particle that no kept true edge joins, so that the score
/// can be above the step before it.
public struct GraphWaterfall: Sendable, Equatable {
  /// Every hit of the event given to its particle: 1, unless noise has a weight.
  public var hits: ScoreShare
  /// Every node of the graph given to its particle: what the selection of hits allows.
  public var selection: ScoreShare
  /// The components that exactly the graph's true edges make: its ceiling.
  public var edges: ScoreShare
  /// The components that exactly the kept true edges make; nil where it is not told what is kept.
  public var classifier: ScoreShare?
  /// The tracks: their TrackML score.
  public var score: ScoreShare

  /// The waterfall of one event.
  ///
  /// - Parameters:
  ///   - hitID: the hit of each node, [nodes].
  ///   - firstEdge: first edge of each node, [nodes + 1].
  ///   - end: end node of each edge, [edges].
  ///   - label: 1 for true edges, [edges].
  ///   - kept: whether tracks may go along each edge by what the classifier says, [edges].
  ///   - truth: of the whole event: all are shares of its weights.
  ///   - particles: where particles are born; nil where primaries can't be told from secondaries.
  ///   - tracks: the tracks, matched with this same truth.
  /// - Throws: `TrackScoringError` where a node's hit is not in the truth or is two nodes.
  public init(
    hitID: [Int32], firstEdge: [Int32], end: [Int32], label: [UInt8], kept: [Bool]?,
    truth: TruthTable, particles: ParticleTable?, tracks: TrackMatching
  ) throws(TrackScoringError) {
    let nodes = try GraphNodes(hitID: hitID, truth: truth)
    let secondaries = particles.map(Self.secondaries)
    func share(_ matching: TrackMatching) -> ScoreShare {
      ScoreShare(matching: matching, secondaries: secondaries)
    }
    hits = share(
      TrackMatching(truth: truth, trackOfRow: truth.particleID.map { $0 == 0 ? -1 : $0 }))
    selection = share(nodes.perfectMatching)
    edges = share(nodes.matchingOfComponents(firstEdge: firstEdge, end: end, keeps: label))
    classifier = kept.map { kept in
      precondition(kept.count == label.count, "\(kept.count) judgements of \(label.count) edges")
      let both = zip(label, kept).map { $0 != 0 && $1 ? UInt8(1) : 0 }
      return share(nodes.matchingOfComponents(firstEdge: firstEdge, end: end, keeps: both))
    }
    score = share(tracks)
  }

  private static func secondaries(among particles: ParticleTable) -> Set<Int64> {
    Set(
      (0..<particles.count).filter {
        particles.productionRadius($0) > ParticleTable.secondaryRadius
      }.map { particles.particleID[$0] })
  }
}

/// A score, and how much of it is of particles that are born at the beam line, and of others.
public struct ScoreShare: Sendable, Equatable {
  /// The TrackML score, 0 to 1.
  public var sum: Double
  /// The part of secondaries, born more than `ParticleTable.secondaryRadius` from the beam line.
  ///
  /// Nil where that is not known; particles that the table lacks count as primaries.
  public var secondary: Double?
  /// The part of all others; nil where that is not known.
  public var primary: Double? { secondary.map { max(0, sum - $0) } }

  public init(sum: Double, secondary: Double?) {
    self.sum = sum
    self.secondary = secondary
  }

  /// - Parameter secondaries: their numbers; nil where it is not known who they are.
  init(matching: TrackMatching, secondaries: Set<Int64>?) {
    sum = TrackMLScore(matching: matching).value
    secondary = secondaries.map { secondaries in
      var found = CompensatedSum()
      for track in matching.tracks
      where track.isMatched && secondaries.contains(track.majorityParticle) {
        found.add(track.majorityWeight)
      }
      return matching.totalWeight > 0 ? found.value / matching.totalWeight : 0
    }
  }
}
