import JSONDocument
import Reporting
import Workflow

extension StudyReport {
  /// One training, epoch by epoch; nil where it has no result.
  func trainingSection(of stage: PlannedStage) throws -> RunReport.Training? {
    guard let summary = try summaries(of: stage).first else { return nil }
    let curve = summary["curve"]?.arrayValue ?? []
    return RunReport.Training(
      stage: stage.definition.name, trainEvents: summary["trainEvents"]?.intValue ?? 0,
      validationEvents: summary["validationEvents"]?.intValue ?? 0,
      network: RunReport.Network(
        name: summary["architecture"]?["network"]?.stringValue ?? "",
        hidden: summary["architecture"]?["hidden"]?.intValue ?? 0,
        passes: summary["architecture"]?["passes"]?.intValue ?? 0,
        parameters: summary["parameters"]?.intValue ?? 0,
        multiplyAddsPerEdge: summary["multiplyAddsPerEdge"]?.doubleValue),
      positiveWeight: summary["positiveWeight"]?.doubleValue,
      bestEpoch: summary["bestEpoch"]?.intValue,
      stoppedEarly: summary["stoppedEarly"]?.boolValue ?? false,
      curve: curve.map { row in
        RunReport.Epoch(
          epoch: row["epoch"]?.intValue ?? 0, loss: row["loss"]?.doubleValue,
          gradientNorm: row["gradientNorm"]?.doubleValue,
          learningRate: row["learningRate"]?.doubleValue, auc: row["auc"]?.doubleValue,
          validationLoss: row["validationLoss"]?.doubleValue,
          validationAUC: row["validationAUC"]?.doubleValue,
          validationAccuracy: row["validationAccuracy"]?.doubleValue)
      })
  }

  /// The kinds of stages that train perceptrons on rows.
  static let rowTrainings = [
    "train-doublet-filter", "train-triplets", "train-companions", "train-extension",
  ]

  /// The training of a perceptron on rows; none where it has no result.
  func rowTrainingSections(of stage: PlannedStage) throws -> [RunReport.Training] {
    guard let summary = try summaries(of: stage).first else { return [] }
    let sizes = (summary["sizes"]?.arrayValue ?? []).compactMap(\.intValue)
    let costs = zip(sizes, sizes.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 }
    return [
      RunReport.Training(
        stage: stage.definition.name, trainEvents: summary["trainEvents"]?.intValue ?? 0,
        validationEvents: summary["validationEvents"]?.intValue ?? 0,
        network: RunReport.Network(
          name: "perceptron " + sizes.map(String.init).joined(separator: "-"),
          hidden: sizes.dropFirst().first ?? 0, passes: 0,
          parameters: summary["parameters"]?.intValue ?? 0, multiplyAddsPerEdge: Double(costs)),
        positiveWeight: nil,
        curve: (summary["curve"]?.arrayValue ?? []).map { row in
          RunReport.Epoch(
            epoch: row["epoch"]?.intValue ?? 0, loss: row["loss"]?.doubleValue, gradientNorm: nil,
            learningRate: row["learningRate"]?.doubleValue, auc: nil,
            validationLoss: row["validationLoss"]?.doubleValue,
            validationAUC: row["validationAUC"]?.doubleValue, validationAccuracy: nil)
        })
    ]
  }

  /// How well one stage told true edges from false ones.
  func edgeSection(of stage: PlannedStage) throws -> RunReport.Edges {
    let summaries = try summaries(of: stage)
    var histogram: RunReport.EdgeHistogram?
    for counts in summaries.compactMap({ $0["histogram"] }) {
      let one = RunReport.EdgeHistogram(
        binEdges: counts.numbers("binEdges"), trueEdges: counts.integers("true"),
        falseEdges: counts.integers("false"))
      histogram =
        histogram.map { sum in
          RunReport.EdgeHistogram(
            binEdges: sum.binEdges, trueEdges: added(sum.trueEdges, one.trueEdges),
            falseEdges: added(sum.falseEdges, one.falseEdges))
        } ?? one
    }
    return RunReport.Edges(
      stage: stage.definition.name,
      threshold: stage.definition.parameter("threshold")?.doubleValue,
      events: summaries.map { summary in
        RunReport.EdgeEvent(
          event: summary["event"]?.intValue ?? 0, nodes: summary["nodes"]?.intValue ?? 0,
          edges: summary["edges"]?.intValue ?? 0, trueEdges: summary["trueEdges"]?.intValue ?? 0,
          auc: summary["auc"]?.doubleValue,
          averagePrecision: summary["averagePrecision"]?.doubleValue,
          purity: summary["purity"]?.doubleValue, efficiency: summary["efficiency"]?.doubleValue,
          accuracy: accuracy(of: summary))
      },
      histogram: histogram)
  }

  /// The share of edges rightly kept or dropped, which follows from purity and efficiency.
  private func accuracy(of summary: JSONValue) -> Double? {
    if let accuracy = summary["accuracy"]?.doubleValue { return accuracy }
    guard let edges = summary["edges"]?.doubleValue, edges > 0,
      let trueEdges = summary["trueEdges"]?.doubleValue,
      let efficiency = summary["efficiency"]?.doubleValue
    else { return nil }
    let keptTrue = (efficiency * trueEdges).rounded()
    var keptFalse = 0.0
    // Without a purity nothing is kept; one of 0 tells no number of false edges.
    if let purity = summary["purity"]?.doubleValue {
      guard purity > 0 else { return nil }
      keptFalse = (keptTrue / purity - keptTrue).rounded()
    }
    return (edges - (trueEdges - keptTrue) - keptFalse) / edges
  }

  private func added(_ left: [Int], _ right: [Int]) -> [Int] { zip(left, right).map(+) }
}

extension JSONValue {
  /// The numbers of a list; empty where there is none.
  func numbers(_ name: String) -> [Double] {
    self[name]?.arrayValue?.compactMap(\.doubleValue) ?? []
  }

  func integers(_ name: String) -> [Int] {
    self[name]?.arrayValue?.compactMap(\.intValue) ?? []
  }
}
