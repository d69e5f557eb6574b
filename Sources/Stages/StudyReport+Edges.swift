import Foundation
import JSONDocument
import Reporting
import TrackScoring
import Workflow

extension StudyReport {
  /// How well one stage told true edges from false ones.
  func edgeSection(of stage: PlannedStage) throws -> RunReport.Edges {
    let summaries = try summaries(of: stage)
    let threshold = stage.definition.parameter("threshold")?.doubleValue
    return EdgeSummaries(summaries).section(
      stage: stage.definition.name, threshold: threshold,
      logit: threshold.map { log($0 / (1 - $0)) }, histogram: EdgeSummaries.histogram(summaries))
  }

  /// The passes of the reconstructions that were scored; those that several scores share once.
  func passSections() throws -> [RunReport.Pass] {
    var sections: [RunReport.Pass] = []
    for stage in stages(of: "score-reconstruction") {
      let needs = stage.definition.needs.compactMap(plannedStage)
      let doublets = needs.filter { $0.definition.kind.gives == FoundDoublets.kind }
      let triplets = needs.filter { $0.definition.kind.gives == FoundTriplets.kind }
      let summaries = try summaries(of: stage)
      for (place, stages) in zip(doublets, triplets).enumerated() {
        let names = (stages.0.definition.name, stages.1.definition.name)
        guard !sections.contains(where: { ($0.doublets.stage, $0.triplets.stage) == names }) else {
          continue
        }
        func section(_ member: String, _ stage: PlannedStage, cut: Double?) -> RunReport.Edges {
          let own = EdgeSummaries(ofPass: place, member, summaries)
          return own.section(
            stage: stage.definition.name, threshold: cut, logit: cut, histogram: own.logits)
        }
        sections.append(
          RunReport.Pass(
            number: place + 1,
            doublets: section(
              "doublets", stages.0, cut: stages.0.definition.parameter("cut")?.doubleValue),
            triplets: section("triplets", stages.1, cut: tripletCut(of: stages.1))))
      }
    }
    return sections.filter { !$0.doublets.events.isEmpty }
  }

  /// The cut that decides: the line graph's, where such a network was trained and is used.
  private func tripletCut(of stage: PlannedStage) -> Double? {
    let trained = stage.definition.needs.compactMap(plannedStage)
      .first { $0.definition.kind.gives == "train-triplets" }
    let hasLineGraph =
      trained?.definition.parameter("network")?.stringValue == LineGraphParameters.lineGraph
      && stage.definition.parameter("network")?.stringValue != LineGraphParameters.perceptron
    return stage.definition.parameter(hasLineGraph ? "lineGraphCut" : "cut")?.doubleValue
  }
}
