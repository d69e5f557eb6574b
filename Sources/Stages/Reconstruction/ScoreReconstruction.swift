import ArtifactStore
import EventData
import JSONDocument
import Reconstruction
import TrackScoring
import Workflow

/// `score-reconstruction`: the TrackML score of an event's tracks, and where the rest was lost.
struct ScoreReconstruction: StageKind {
  let name = "score-reconstruction"
  let version = 3
  let summary =
    "Scores the tracks of each event against its truth, and says at which step what was lost."
  let scope = StageScope.event
  let inputs = [
    StageInput(FoundTracks.kind), StageInput(PreparedHits.kind),
    StageInput(LearntCandidates.kind, isRequired: false, takesSeveral: true),
    StageInput(FoundDoublets.kind, isRequired: false, takesSeveral: true),
    StageInput(FoundTriplets.kind, isRequired: false, takesSeveral: true),
    StageInput("simulate-events", isRequired: false),
  ]
  let eventFiles = [
    EventFileNeed("hits"), EventFileNeed("truth"), EventFileNeed("particles", isRequired: false),
  ]
  let parameters = [
    ParameterSpec(
      "minimumHits", .integer(1...100), default: 4, unit: "hits",
      "A particle counts in efficiencies if it has so many hits in the event."),
    ParameterSpec(
      "minimumTrackHits", .integer(1...100), default: 3, unit: "hits",
      "A track counts in fake and duplicate rates if it has so many hits."),
  ]

  func run(_ task: StageTask) throws -> StageResult {
    let event = try task.eventNumber()
    let artifact = try task.load(FoundTracks.kind)
    try requireWholePasses(task)
    let submission = try ScoreTracks.submission(of: artifact, event: event)
    return try refusingBadInput {
      let scored = try ScoredTracks(task, submission: submission)
      let waterfall = try waterfall(task, tracks: artifact)
      return StageResult(
        summary: .object(
          scored.members(event: event) + [
            JSONMember(name: "waterfall", value: waterfall?.json ?? .null),
            JSONMember(
              name: "passes", value: .array(try passes(task, hits: scored.tables.hits))),
          ]))
    }
  }

  /// The ceilings of the passes whose stages are given; nil where there are none.
  private func waterfall(_ task: StageTask, tracks: Artifact) throws -> LossWaterfall? {
    let learnt = task.inputs(of: LearntCandidates.kind)
    guard !learnt.isEmpty else { return nil }
    let prepared = try task.load(PreparedHits.kind)
    let hits = try PreparedHits.hits(of: prepared)
    let truth = try PreparedHits.truth(of: prepared)
    var steps = (linked: [JoinedPairs](), [JoinedPairs](), [JoinedPairs](), [JoinedPairs]())
    for (pass, input) in learnt.enumerated() {
      let (pairs, table) = try LearntCandidates.read(task.store.load(input.key))
      let doublets = try task.store.load(task.inputs(of: FoundDoublets.kind)[pass].key)
      let graph = try FoundDoublets.graph(of: doublets, hits: hits, threads: 1)
      let triplets = try FoundTriplets.triplets(
        of: task.store.load(task.inputs(of: FoundTriplets.kind)[pass].key), graph: graph)
      let own = PassPairs(
        hits: hits, truth: truth, leavingOut: try FoundDoublets.used(of: doublets))
      steps.0.append(own.linked(pairs))
      steps.1.append(
        own.candidates(
          pairs, table, threshold: Float(doublets.summary["threshold"]?.doubleValue ?? 0)))
      steps.2.append(own.kept(graph))
      steps.3.append(own.kept(triplets, of: graph))
    }
    return LossWaterfall(
      truth: truth, layerPairs: steps.0, candidates: steps.1, filter: steps.2, triplets: steps.3,
      tracks: try FoundTracks.tracks(of: tracks, hits: hits))
  }

  /// How each pass whose stages are given told true doublets and triplets from false ones.
  private func passes(_ task: StageTask, hits table: HitTable) throws -> [JSONValue] {
    let learnt = task.inputs(of: LearntCandidates.kind)
    guard !learnt.isEmpty else { return [] }
    let prepared = try task.load(PreparedHits.kind)
    let hits = try PreparedHits.hits(of: prepared)
    let truth = try PreparedHits.truth(of: prepared)
    var names = [String](repeating: "", count: hits.layerCount)
    // The prepared hits are the table's, in its order.
    for (hit, layer) in hits.layer.enumerated() {
      names[Int(layer)] = "\(table.volumeID[hit])/\(table.layerID[hit])"
    }
    return try learnt.enumerated().map { pass, input in
      let doublets = try task.store.load(task.inputs(of: FoundDoublets.kind)[pass].key)
      let triplets = try task.store.load(task.inputs(of: FoundTriplets.kind)[pass].key)
      let graph = try FoundDoublets.graph(of: doublets, hits: hits, threads: 1)
      let edges = PassEdges(
        hits: hits,
        truth: PassTruth(
          hits: hits, truth: truth, leavingOut: try FoundDoublets.used(of: doublets)),
        pairs: try LearntCandidates.read(task.store.load(input.key)).pairs, graph: graph,
        layerNames: names)
      return edges.json(
        doublets: doublets, triplets: triplets,
        set: try FoundTriplets.triplets(of: triplets, graph: graph))
    }
  }

  private func requireWholePasses(_ task: StageTask) throws {
    let counts = [LearntCandidates.kind, FoundDoublets.kind, FoundTriplets.kind].map {
      task.inputs(of: $0).count
    }
    guard Set(counts).count == 1 else {
      throw InputRefused(
        "the waterfall of a score needs, for every pass and in their order, the stages that learn candidates"
          + " (\(counts[0]) named), find doublets (\(counts[1])) and find triplets (\(counts[2]))")
    }
  }
}
