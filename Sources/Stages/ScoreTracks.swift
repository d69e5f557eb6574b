import ArtifactStore
import EventData
import GraphConstruction
import JSONDocument
import TrackBuilding
import TrackScoring
import Workflow

/// `score-tracks`: the TrackML score of an event's tracks, beside the most that its graph allows.
struct ScoreTracks: StageKind {
  let name = "score-tracks"
  let version = 1
  let summary = "Scores the tracks of each event against its truth, with the ceiling of its graph."
  let scope = StageScope.event
  let inputs = [
    StageInput("build-graphs", isRequired: false), StageInput("build-tracks"),
    StageInput("simulate-events", isRequired: false),
  ]
  let eventFiles = [
    EventFileNeed("hits"), EventFileNeed("truth"), EventFileNeed("particles", isRequired: false),
  ]
  let parameters = [
    ParameterSpec(
      "regionMinimumHits", .integer(1...100), default: 4, unit: "hits",
      "In the score of the graph's region only particles with so many hits there count."),
    ParameterSpec(
      "minimumHits", .integer(1...100), default: 4, unit: "hits",
      "A particle counts in efficiencies if it has so many hits in the event."),
    ParameterSpec(
      "minimumTrackHits", .integer(1...100), default: 3, unit: "hits",
      "A track counts in fake and duplicate rates if it has so many hits."),
  ]

  func run(_ task: StageTask) throws -> StageResult {
    if task.inputs(of: "build-graphs").isEmpty { return try scoreWithoutGraph(task) }
    let event = try task.eventNumber()
    let graphArtifact = try task.load("build-graphs")
    let graph = try GraphArtifact.graph(of: graphArtifact)
    let selection = SelectionJSON.selection(of: graphArtifact.summary["selection"])
    let submission = try Self.submission(of: task.load("build-tracks"), event: event)
    return try refusingBadInput {
      let tables = try EventTables(task, withParticles: true)
      let (hits, truth, particles) = (tables.hits, tables.truth, tables.particles)
      let matching = try TrackMatching(truth: truth, submission: submission)
      let score = TrackMLScore(matching: matching, scoreOf: Self.scope(hits: hits, truth: truth))
      let ceiling = try GraphCeiling(
        hitID: graph.hitID, layer: graph.layer, firstEdge: graph.firstEdge, end: graph.end,
        label: graph.label, truth: truth)
      let metrics = TrackMetrics(
        matching: matching, truth: truth, particles: particles,
        minimumHits: task.integer("minimumHits"),
        minimumTrackHits: task.integer("minimumTrackHits"))
      let region = ScoreRegion(
        selection: selection, minimumHits: task.integer("regionMinimumHits"))
      let perfect = ConnectedComponents.tracks(
        graph: graph, probabilities: graph.label.map(Float.init), threshold: 0.5
      ).submission(graph: graph, event: Int32(truncatingIfNeeded: event))
      let regionScore = try TrackMLScore(
        truth: truth, hits: hits, submission: submission, region: region)
      let regionCeiling = try TrackMLScore(
        truth: truth, hits: hits, submission: perfect, region: region)
      return StageResult(
        summary: [
          "event": .integer(event), "score": .number(score.value),
          "scoreOf": .string(score.scoreOf), "ceiling": .number(ceiling.score.value),
          "perfectHits": .number(ceiling.scoreOfPerfectHits.value),
          "region": [
            "score": .number(regionScore.value), "scoreOf": .string(regionScore.scoreOf),
            "ceiling": .number(regionCeiling.value),
          ],
          "tracks": .integer(score.trackCount), "hitsOnTracks": .integer(score.hitCount),
          "matchedTracks": .integer(score.matchedTrackCount),
          "efficiency": .optional(metrics.efficiency),
          "fakeRate": .optional(metrics.fakeRate),
          "duplicateRate": .optional(metrics.duplicateRate),
          "pT": Self.json(of: metrics.particlesByPT), "eta": Self.json(of: metrics.particlesByEta),
        ])
    }
  }

  static func submission(of artifact: Artifact, event: Int) throws -> SubmissionTable {
    var table = SubmissionTable()
    table.hitID = try artifact.int32("hitID")
    table.trackID = try artifact.int64("trackID")
    table.eventID = [Int32](repeating: Int32(truncatingIfNeeded: event), count: table.hitID.count)
    return table
  }

  /// What the whole truth table of an event covers, in words.
  static func scope(hits: HitTable, truth: TruthTable) -> String? {
    let volumes = Set(hits.volumeID)
    guard !volumes.isSuperset(of: DetectorVolumes.all) else { return nil }
    let names = volumes.sorted().map(String.init).joined(separator: ", ")
    return "the event as far as it is given: hits of volumes \(names) only"
  }

  static func json(of counts: BinnedCounts) -> JSONValue {
    [
      "binEdges": .array(counts.edges.map { .number($0) }),
      "found": .array(counts.found.map { .integer($0) }),
      "total": .array(counts.all.map { .integer($0) }),
    ]
  }
}

/// The volumes of the TrackML detector: three pixel, three short-strip, three long-strip.
enum DetectorVolumes {
  static let all: Set<Int32> = [7, 8, 9, 12, 13, 14, 16, 17, 18]
}
