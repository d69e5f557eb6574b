import EventData
import GraphConstruction
import JSONDocument
import Workflow

/// `read-graphs`: the graphs of a data set that holds graphs, in the place of those built here.
struct ReadGraphs: StageKind {
  let name = "read-graphs"
  let version = 1
  let summary =
    "Reads each event's graph from a file (.npz) of the data set, in the place of build-graphs."
  let scope = StageScope.event
  let gives = "build-graphs"
  let inputs: [StageInput] = []
  let eventFiles = [EventFileNeed(EventFile.graph.rawValue)]
  let parameters: [ParameterSpec] = []

  func run(_ task: StageTask) throws -> StageResult {
    let event = try task.eventNumber()
    let paths = task.files.sorted { $0.key < $1.key }.map(\.value)
    guard !paths.isEmpty else { throw InputRefused("the event has no graph file") }
    return try refusingBadInput {
      let graph = HitGraph(try EventReader.graph(atPieces: paths))
      try graph.validate()
      return GraphArtifact.result(
        graph, event: event, hits: graph.nodeCount, selection: HitSelection())
    }
  }
}
