import Foundation
import TrackScoring

/// What `trackflow score` prints, as words or as one JSON object; docs/scores.md defines every number.
struct ScoreReport: Encodable {
  struct Bins: Encodable {
    var quantity: String
    var edges: [Double]
    var found: [Int]
    var all: [Int]
    /// How many more there are whose value is not known.
    var unknown: Int

    init(_ counts: BinnedCounts) {
      quantity = counts.quantity
      edges = counts.edges
      found = counts.found
      all = counts.all
      unknown = counts.unknown
    }
  }

  struct Particles: Encodable {
    var minimumHits: Int
    var reconstructable: Int
    var found: Int
    var efficiency: Double?
    var byPT: Bins
    var byEta: Bins
    var byHits: Bins
    var byRadius: Bins
  }

  /// Tracks of one kind in bins, `found`, of all tracks.
  struct TrackBins: Encodable {
    var byPT: Bins
    var byEta: Bins
    var byHits: Bins
    var byRadius: Bins

    init(_ counts: KinematicCounts) {
      byPT = Bins(counts.pT)
      byEta = Bins(counts.eta)
      byHits = Bins(counts.hits)
      byRadius = Bins(counts.radius)
    }
  }

  struct Tracks: Encodable {
    var minimumHits: Int
    var all: Int
    var matched: Int
    var duplicates: Int
    var fragments: Int
    var fakes: Int
    var purity: Double?
    var duplicateRate: Double?
    var fakeRate: Double?
    var fakesInBins: TrackBins
    var duplicatesInBins: TrackBins
  }

  var event: Int32?
  var score: Double
  var scoreOf: String
  var isOfFullEvent: Bool
  var truthWeight: Double
  var truthHits: Int
  var hitsOnTracks: Int
  var tracksOfAnyLength: Int
  var particles: Particles
  var tracks: Tracks

  init(event: Int32?, score: TrackMLScore, metrics: TrackMetrics) {
    self.event = event
    self.score = score.value
    scoreOf = score.scoreOf
    isOfFullEvent = score.isOfFullEvent
    truthWeight = score.totalWeight
    truthHits = score.truthHitCount
    hitsOnTracks = score.hitCount
    tracksOfAnyLength = score.trackCount
    particles = Particles(
      minimumHits: metrics.minimumHits, reconstructable: metrics.reconstructableParticles,
      found: metrics.foundParticles, efficiency: metrics.efficiency,
      byPT: Bins(metrics.foundByBin.pT), byEta: Bins(metrics.foundByBin.eta),
      byHits: Bins(metrics.foundByBin.hits), byRadius: Bins(metrics.foundByBin.radius))
    tracks = Tracks(
      minimumHits: metrics.minimumTrackHits, all: metrics.tracks, matched: metrics.matchedTracks,
      duplicates: metrics.duplicateTracks, fragments: metrics.fragmentTracks,
      fakes: metrics.fakeTracks, purity: metrics.trackPurity,
      duplicateRate: metrics.duplicateRate, fakeRate: metrics.fakeRate,
      fakesInBins: TrackBins(metrics.fakesByBin),
      duplicatesInBins: TrackBins(metrics.duplicatesByBin))
  }

  /// What a reader must know before believing the score of a part of an event.
  var attention: String? {
    guard !isOfFullEvent else { return nil }
    return """
      ATTENTION: the truth table's weights sum to \(Self.figure(truthWeight)), where a full \
      event's sum to 1. The score is a share of what this table holds, not of the event; on a \
      table cut to a region it is inflated.
      """
  }

  var text: String {
    var lines = ["score      \(Self.figure(score)) of \(scoreOf)"]
    attention.map { lines.append($0) }
    if let event { lines.append("event      \(event)") }
    lines.append("hits       \(hitsOnTracks) of \(truthHits) on \(tracksOfAnyLength) tracks")
    lines.append(
      """
      particles  \(particles.found) of \(particles.reconstructable) found, efficiency \
      \(Self.figure(particles.efficiency)) (charged, at least \(particles.minimumHits) hits)
      """)
    lines.append(
      """
      tracks     \(tracks.all) of at least \(tracks.minimumHits) hits: \(tracks.matched) matched, \
      \(tracks.duplicates) duplicates, \(tracks.fragments) fragments, \(tracks.fakes) fakes \
      (fake rate \(Self.figure(tracks.fakeRate)))
      """)
    return lines.joined(separator: "\n")
  }

  private static func figure(_ value: Double?) -> String {
    value.map { String(format: "%.6f", $0) } ?? "undefined"
  }
}
