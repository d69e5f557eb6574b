import ArtifactStore
import JSONDocument
import Reconstruction
import Workflow

/// Layer pairs and candidate table as an artifact's arrays, and back.
enum LearntCandidates {
  static let kind = "learn-candidates"

  static func arrays(_ pairs: LayerPairs, _ table: CandidateTable) -> [ArtifactArray] {
    [
      ArtifactArray(
        name: "pairs", shape: [pairs.pairs.count, 2],
        values: .int32(pairs.pairs.flatMap { [Int32($0.from), Int32($0.to)] })),
      ArtifactArray(name: "share", values: .float32(pairs.pairs.map(\.share))),
      ArtifactArray(name: "position", values: .int32(pairs.position)),
      ArtifactArray(
        name: "table",
        shape: [
          pairs.pairs.count, CandidateTable.curvatureBins, CandidateTable.placeBins,
        ], values: .float32(table.values)),
    ]
  }

  static func read(_ artifact: Artifact) throws -> (pairs: LayerPairs, table: CandidateTable) {
    let ends = try artifact.int32("pairs")
    let share = try artifact.float32("share")
    let pairs = share.indices.map {
      LayerPairs.Pair(from: Int(ends[2 * $0]), to: Int(ends[2 * $0 + 1]), share: share[$0])
    }
    return (
      LayerPairs(pairs: pairs, position: try artifact.int32("position")),
      CandidateTable(
        mostCurvature: Float(artifact.summary["mostCurvature"]?.doubleValue ?? 0),
        values: try artifact.float32("table"))
    )
  }
}

/// `learn-candidates`: the layer pairs that tracks join, and which pairs of hits are worth a look.
struct LearnCandidates: StageKind {
  let name = LearntCandidates.kind
  let version = 1
  let summary =
    "Learns from the split \"train\" which layers tracks join, and the true weight per candidate by curvature and origin."
  let scope = StageScope.study
  let inputs = [StageInput(PreparedHits.kind), StageInput(FoundTracks.kind, isRequired: false)]
  let defaultSplits: [String]? = ["train"]
  let parameters = [
    ParameterSpec(
      "layerPairs", .integer(1...2000), default: 140,
      "The commonest layer pairs are taken, so many."),
    ParameterSpec(
      "mostCurvature", .number(1e-4...0.1), default: 0.012, unit: "1/mm",
      "Largest curvature of the circle through the beam line and two hits; 0.01 is 0.06 GeV/c in 2 T."
    ),
    ParameterSpec(
      "countedEvents", .integer(1...Int.max), default: 16, unit: "events",
      "On so many of the events all pairs of hits are counted; the true ones on all."),
  ]

  func run(_ task: StageTask) throws -> StageResult {
    let events = task.events(of: "train")
    let learner = CandidateLearner(
      pairCount: task.integer("layerPairs"), mostCurvature: Float(task.number("mostCurvature")))
    return try refusingBadInput {
      let transitions = try task.map(events, note: "layer pairs") { event in
        let event = try event.trainingEvent(task)
        return (learner.transitions(of: event), event.hits.layerCount)
      }
      let pairs = try learner.layerPairs(
        transitions.map(\.0), layers: transitions.first?.1 ?? 0)
      let counted = min(events.count, task.integer("countedEvents"))
      let isCounted = Set(events.prefix(counted).map(\.number))
      let counts = try task.map(events, note: "table of candidates") { event in
        learner.counts(
          of: try event.trainingEvent(task), pairs: pairs,
          countsAll: isCounted.contains(event.number))
      }
      guard var total = counts.first else {
        throw ReconstructionError.nothingToLearn(what: "there is no event to learn from")
      }
      for one in counts.dropFirst() { total.add(one) }
      return StageResult(
        summary: [
          "mostCurvature": .number(task.number("mostCurvature")),
          "layerPairs": .integer(pairs.pairs.count), "trainEvents": .integer(events.count),
          "coverage": .number(pairs.pairs.reduce(0) { $0 + Double($1.share) }),
        ],
        arrays: LearntCandidates.arrays(
          pairs, learner.table(total, share: Double(counted) / Double(events.count))))
    }
  }
}
