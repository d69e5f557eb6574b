import ArtifactStore
import EdgeClassifier
import GraphConstruction
import JSONDocument
import TrackScoring
import Workflow

/// `classify-edges`: the trained network's probability for every edge of an event's graph.
struct ClassifyEdges: StageKind {
  let name = "classify-edges"
  let version = 3
  let summary = "Gives every edge of each graph the trained network's probability to be true."
  let scope = StageScope.event
  let inputs = [StageInput("build-graphs"), StageInput("train-edge-classifier")]
  let parameters = [
    ParameterSpec(
      "threshold", .number(0...1), default: 0.5,
      "Purity and efficiency are given for the edges above this probability."),
    ParameterSpec(
      "histogramBins", .integer(1...1000), default: 50, unit: "bins",
      "Bins of the histogram of probabilities."),
  ]

  func run(_ task: StageTask) throws -> StageResult {
    let graph = try GraphArtifact.graph(of: task.load("build-graphs"))
    let model = try TrainingArtifact.model(of: task.load("train-edge-classifier"))
    return try Self.result(
      task, graph: graph,
      probabilities: model.probabilities(graph: graph, threads: task.threads))
  }

  /// What is said of the edges of an event, whoever gave them their probabilities.
  static func result(
    _ task: StageTask, graph: HitGraph, probabilities: [Float]
  ) throws -> StageResult {
    let event = try task.eventNumber()
    let threshold = Float(task.number("threshold"))
    let cut = EdgeMetrics.cut(scores: probabilities, labels: graph.label, above: threshold)
    let layerPairs = EdgeMetrics.cuts(
      from: graph.startLayer, to: graph.endLayer, scores: probabilities, labels: graph.label,
      above: threshold)
    let histogram = EdgeHistogram(
      scores: probabilities, labels: graph.label, bins: task.integer("histogramBins"))
    let summary: JSONValue = [
      "event": .integer(event), "nodes": .integer(graph.nodeCount),
      "edges": .integer(graph.edgeCount), "trueEdges": .integer(graph.trueEdgeCount),
      "auc": .optional(EdgeMetrics.areaUnderROC(scores: probabilities, labels: graph.label)),
      "averagePrecision": .optional(
        EdgeMetrics.averagePrecision(scores: probabilities, labels: graph.label)),
      "threshold": .number(task.number("threshold")), "purity": .optional(cut.purity),
      "efficiency": .optional(cut.efficiency), "accuracy": .optional(cut.accuracy),
      "keptTrue": .integer(cut.keptTrueEdges), "keptFalse": .integer(cut.keptFalseEdges),
      "histogram": [
        "binEdges": .array(histogram.binEdges.map { .number($0) }),
        "true": .array(histogram.trueEdges.map { .integer($0) }),
        "false": .array(histogram.falseEdges.map { .integer($0) }),
      ],
      "scores": EdgeSummary.json(
        of: EdgeScoreCounts(probabilities: probabilities, labels: graph.label)),
      "layerPairs": EdgeSummary.json(of: layerPairs, name: HitGraph.layerName),
    ]
    return StageResult(
      summary: summary,
      arrays: [ArtifactArray(name: "probability", values: .float32(probabilities))])
  }
}
