import ArtifactStore
import EventData
import GraphConstruction
import JSONDocument
import Workflow

/// `read-edges`: the edges' probabilities that another program gave, in the place of those of a network trained here.
struct ReadEdges: StageKind {
  let name = "read-edges"
  let version = 1
  let summary =
    "Reads the probabilities of each graph's edges from its file (.npz), in the place of classify-edges."
  let scope = StageScope.event
  let gives = "classify-edges"
  let inputs = [StageInput("build-graphs")]
  let eventFiles = [EventFileNeed(EventFile.graph.rawValue)]
  let parameters =
    [
      ParameterSpec(
        "withoutScores", .choice(["refuse", "believe"]), default: "refuse",
        "What becomes of a file that holds no probabilities: the event is refused, or every edge counts as true."
      )
    ] + ClassifyEdges().parameters

  func run(_ task: StageTask) throws -> StageResult {
    let graph = try GraphArtifact.graph(of: task.load("build-graphs"))
    let scores = try refusingBadInput { try self.scores(task) }
    guard scores.count == graph.edgeCount else {
      throw InputRefused(
        "the file's edges (\(scores.count)) are not those of the graph (\(graph.edgeCount));"
          + " \"needs\" must name the stage that reads the same files")
    }
    return try ClassifyEdges.result(task, graph: graph, probabilities: scores)
  }

  /// In the graph's order.
  private func scores(_ task: StageTask) throws -> [Float] {
    guard let path = task.graphPaths.first else {
      throw InputRefused("the event has no graph file")
    }
    guard let file = try task.geometricGraph() else {
      throw EventDataError.array(
        file: path, name: "edge_index",
        message: "it is missing; edges' probabilities are read from PyTorch Geometric's layout")
    }
    guard let scores = file.score else {
      guard task.text("withoutScores") == "believe" else {
        throw EventDataError.array(
          file: path, name: "edge_probability",
          message:
            "it is missing; the chance of each edge to be true was expected, or withoutScores: \"believe\" in the workflow"
        )
      }
      return [Float](repeating: 1, count: file.edgeCount)
    }
    return GeometricOrder(file).edges.map { scores[Int($0)] }
  }
}
