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
}

extension JSONValue {
  /// The numbers of a list; empty where there is none.
  func numbers(_ name: String) -> [Double] {
    self[name]?.arrayValue?.compactMap(\.doubleValue) ?? []
  }

  func integers(_ name: String) -> [Int] {
    self[name]?.arrayValue?.compactMap(\.intValue) ?? []
  }

  func strings(_ name: String) -> [String] {
    self[name]?.arrayValue?.compactMap(\.stringValue) ?? []
  }
}
