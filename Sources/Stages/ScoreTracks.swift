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
  let version = 3
  let summary =
    "Scores the tracks of each event against its truth, and says at which step what was lost."
  let scope = StageScope.event
  let inputs = [
    StageInput("build-graphs", isRequired: false), StageInput("build-tracks"),
    StageInput("classify-edges", isRequired: false),
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
    let event = try task.eventNumber()
    let tracks = try task.load("build-tracks")
    let submission = try Self.submission(of: tracks, event: event)
    return try refusingBadInput {
      let scored = try ScoredTracks(task, submission: submission)
      // Tracks that no graph of this program led to have no ceiling, and no region of their own.
      let ofGraph =
        task.inputs(of: "build-graphs").isEmpty
        ? [] : try membersOfGraph(task, event: event, scored, tracks: tracks, submission)
      return StageResult(summary: .object(scored.members(event: event) + ofGraph))
    }
  }

  /// What the graph that the tracks were built on allows, and where the rest was lost.
  private func membersOfGraph(
    _ task: StageTask, event: Int, _ scored: ScoredTracks, tracks: Artifact,
    _ submission: SubmissionTable
  ) throws -> [JSONMember] {
    let graphArtifact = try task.load("build-graphs")
    let graph = try GraphArtifact.graph(of: graphArtifact)
    let (hits, truth) = (scored.tables.hits, scored.tables.truth)
    let ceiling = try GraphCeiling(
      hitID: graph.hitID, layer: graph.layer, firstEdge: graph.firstEdge, end: graph.end,
      label: graph.label, truth: truth)
    let region = ScoreRegion(
      selection: SelectionJSON.selection(of: graphArtifact.summary["selection"]),
      minimumHits: task.integer("regionMinimumHits"))
    let perfect = ConnectedComponents.tracks(
      graph: graph, probabilities: graph.label.map(Float.init), threshold: 0.5
    ).submission(graph: graph, event: Int32(truncatingIfNeeded: event))
    let regionScore = try TrackMLScore(
      truth: truth, hits: hits, submission: submission, region: region)
    let regionCeiling = try TrackMLScore(
      truth: truth, hits: hits, submission: perfect, region: region)
    let waterfall = try GraphWaterfall(
      hitID: graph.hitID, firstEdge: graph.firstEdge, end: graph.end, label: graph.label,
      kept: try keptEdges(task, of: graph, tracks: tracks), truth: truth,
      particles: scored.tables.particles, tracks: scored.matching)
    let members: JSONValue = [
      "ceiling": .number(ceiling.score.value),
      "perfectHits": .number(ceiling.scoreOfPerfectHits.value),
      "region": [
        "score": .number(regionScore.value), "scoreOf": .string(regionScore.scoreOf),
        "ceiling": .number(regionCeiling.value),
      ],
      "waterfall": waterfall.json,
    ]
    return members.members ?? []
  }

  /// Whether tracks may go along each edge by its probability; nil where the stage that gives it is not named.
  private func keptEdges(
    _ task: StageTask, of graph: HitGraph, tracks: Artifact
  ) throws -> [Bool]? {
    guard !task.inputs(of: "classify-edges").isEmpty,
      let threshold = tracks.summary["threshold"]?.doubleValue
    else { return nil }
    let probabilities = try task.load("classify-edges").float32("probability")
    guard probabilities.count == graph.edgeCount else {
      throw InputRefused(
        "the classified edges (\(probabilities.count)) are not those of the graph (\(graph.edgeCount));"
          + " \"needs\" must name the stage whose probabilities the tracks were built from")
    }
    return probabilities.map { $0 > Float(threshold) }
  }

  static func submission(of artifact: Artifact, event: Int) throws -> SubmissionTable {
    var table = SubmissionTable()
    table.hitID = try artifact.int32("hitID")
    table.trackID = try artifact.int64("trackID")
    table.eventID = [Int32](repeating: Int32(truncatingIfNeeded: event), count: table.hitID.count)
    return table
  }
}
