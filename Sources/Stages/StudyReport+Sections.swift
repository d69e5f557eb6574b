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

  /// The scores of one way of building tracks.
  func trackSection(of stage: PlannedStage) throws -> RunReport.Tracks {
    let summaries = try summaries(of: stage)
    let builder = stage.definition.needs.compactMap(plannedStage)
      .first { $0.definition.kind.gives == "build-tracks" }?.definition
    let scores = summaries.compactMap { $0["score"]?.doubleValue }
    let regions = summaries.compactMap { $0["region"] }
    let region = regions.first.map { first in
      RunReport.Region(
        score: mean(regions.compactMap { $0["score"]?.doubleValue }),
        scoreOf: first["scoreOf"]?.stringValue ?? "",
        ceiling: mean(regions.compactMap { $0["ceiling"]?.doubleValue }))
    }
    return RunReport.Tracks(
      stage: builder?.name ?? stage.definition.name,
      method: builder?.parameter("method")?.stringValue ?? "",
      parameters: .object(builder?.parameters ?? []), scoreOf: try scoreOf(stage, summaries),
      score: mean(scores), scoreUncertainty: uncertainty(scores),
      ceiling: mean(summaries.compactMap { $0["ceiling"]?.doubleValue }), region: region,
      events: summaries.map { summary in
        RunReport.TrackEvent(
          event: summary["event"]?.intValue ?? 0, score: summary["score"]?.doubleValue,
          ceiling: summary["ceiling"]?.doubleValue,
          regionScore: summary["region"]?["score"]?.doubleValue,
          regionCeiling: summary["region"]?["ceiling"]?.doubleValue,
          tracks: summary["tracks"]?.intValue ?? 0,
          hitsOnTracks: summary["hitsOnTracks"]?.intValue ?? 0,
          efficiency: summary["efficiency"]?.doubleValue,
          fakeRate: summary["fakeRate"]?.doubleValue,
          duplicateRate: summary["duplicateRate"]?.doubleValue)
      },
      efficiencyByPT: efficiency(summaries.compactMap { $0["pT"] }, unit: "GeV"),
      efficiencyByEta: efficiency(summaries.compactMap { $0["eta"] }, unit: nil))
  }

  /// What the whole run comes to: the first scored way of building tracks.
  func headline(of sections: [RunReport.Tracks]) -> RunReport.Headline {
    let first = sections.first
    let asked = stages(of: "score-tracks").first?.tasks.count ?? 0
    return RunReport.Headline(
      score: first?.score, scoreUncertainty: first?.scoreUncertainty,
      scoreOf: first?.scoreOf ?? "nothing: the workflow scores no tracks", ceiling: first?.ceiling,
      region: first?.region, trackBuilder: first?.stage, eventsScored: first?.events.count ?? 0,
      eventsAsked: asked, setAside: setAside)
  }

  private var setAside: [RunReport.SetAside] {
    outcomeSetAside.map { RunReport.SetAside(event: $0.event, stage: $0.stage, reason: $0.reason) }
  }

  /// What the scores are of, and whether the network was trained on the very events.
  private func scoreOf(_ stage: PlannedStage, _ summaries: [JSONValue]) throws -> String {
    let words = Set(summaries.compactMap { $0["scoreOf"]?.stringValue }).sorted()
    let scored = Set(stage.events)
    let trained = Set(
      stages(of: "train-edge-classifier").flatMap { stage in
        stage.tasks.flatMap { $0.inputs.filter { $0.split == "train" }.compactMap(\.event) }
      })
    let seen = scored.intersection(trained).count
    let warning =
      seen == 0
      ? ""
      : "; the network was trained on \(seen == scored.count ? "these very" : "\(seen) of these") events"
    return words.joined(separator: "; ") + warning
  }

  private func efficiency(_ counts: [JSONValue], unit: String?) -> RunReport.BinnedEfficiency? {
    guard let first = counts.first else { return nil }
    var sum = RunReport.BinnedEfficiency(
      unit: unit, binEdges: first.numbers("binEdges"), found: first.integers("found"),
      total: first.integers("total"))
    for one in counts.dropFirst() {
      sum.found = added(sum.found, one.integers("found"))
      sum.total = added(sum.total, one.integers("total"))
    }
    return sum
  }

  private func added(_ left: [Int], _ right: [Int]) -> [Int] { zip(left, right).map(+) }

  private func mean(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }

  /// Standard error of the mean; nil for fewer than two values.
  private func uncertainty(_ values: [Double]) -> Double? {
    guard values.count > 1, let mean = mean(values) else { return nil }
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (squares / Double(values.count - 1) / Double(values.count)).squareRoot()
  }
}

extension JSONValue {
  fileprivate func numbers(_ name: String) -> [Double] {
    self[name]?.arrayValue?.compactMap(\.doubleValue) ?? []
  }

  fileprivate func integers(_ name: String) -> [Int] {
    self[name]?.arrayValue?.compactMap(\.intValue) ?? []
  }
}
