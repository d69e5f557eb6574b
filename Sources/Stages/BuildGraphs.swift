import EventData
import GraphConstruction
import JSONDocument
import Workflow

/// `build-graphs`: the hits of an event as a graph, by the notebook's rule.
struct BuildGraphs: StageKind {
  let name = "build-graphs"
  let version = 2
  let summary =
    "Builds the graph of each event: hits are nodes, near hits of successive layers edges."
  let scope = StageScope.event
  let inputs = [StageInput("simulate-events", isRequired: false)]
  let eventFiles = [EventFileNeed("hits"), EventFileNeed("truth")]
  let parameters = [
    ParameterSpec(
      "volumes", .integers(0...255), default: [8, 13, 17],
      "Detector volumes whose hits are taken; an empty list takes all."),
    ParameterSpec(
      "z", .interval(-10_000...10_000), default: [-50, 50], unit: "mm",
      "Hits between these z are taken, ends excluded."),
    ParameterSpec(
      "maxDeltaPhi", .number(1e-6...3.2), default: 0.5, unit: "rad",
      "Largest difference in azimuth of an edge's hits."),
    ParameterSpec(
      "maxDeltaZ", .number(1e-6...10_000), default: 20, unit: "mm",
      "Largest difference in z of an edge's hits."),
  ]

  func run(_ task: StageTask) throws -> StageResult {
    let event = try task.eventNumber()
    let selection = SelectionJSON.selection(of: task.parameters)
    return try refusingBadInput {
      let tables = try EventTables(task, withParticles: false)
      let (hits, truth) = (tables.hits, tables.truth)
      let graph = try LayerPairGraphBuilder(
        selection: selection, maxDeltaPhi: task.number("maxDeltaPhi"),
        maxDeltaZ: task.number("maxDeltaZ")
      ).graph(hits: hits, truth: truth)
      return GraphArtifact.result(
        graph, event: event, hits: hits.count, selection: selection)
    }
  }
}
