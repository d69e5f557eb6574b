import JSONDocument
import Reporting
import Workflow

extension StudyReport {
  /// The stages that score tracks, of graphs or of the whole chain, in the report's order.
  var scoringStages: [PlannedStage] { stages(of: "score-tracks", "score-reconstruction") }

  /// The scores of one way of building tracks.
  func trackSection(of stage: PlannedStage) throws -> RunReport.Tracks {
    let builder = stage.definition.needs.compactMap(plannedStage)
      .first { Self.trackKinds.contains($0.definition.kind.gives) }?.definition
    let parameters = JSONValue.object(builder?.parameters ?? [])
    return TrackSummaries(try summaries(of: stage)).section(
      stage: builder?.name ?? stage.definition.name,
      method: builder.map { TrackSummaries.method(of: $0.kind, parameters: parameters) } ?? "",
      parameters: parameters, warning: warning(of: stage))
  }

  /// What stages that build tracks give.
  private static let trackKinds = ["build-tracks", "reconstructed-tracks"]

  /// The stages whose tracks are scored by those that score whole chains.
  var scoredReconstructions: [PlannedStage] {
    stages(of: "score-reconstruction").compactMap { stage in
      stage.definition.needs.compactMap(plannedStage)
        .first { $0.definition.kind.gives == FoundTracks.kind }
    }
  }

  /// What the whole run comes to: the first scored way of building tracks.
  func headline(of sections: [RunReport.Tracks]) -> RunReport.Headline {
    let first = sections.first
    let asked = scoringStages.first?.tasks.count ?? 0
    return RunReport.Headline(
      score: first?.score, scoreUncertainty: first?.scoreUncertainty,
      scoreOf: first?.scoreOf ?? "nothing: the workflow scores no tracks", ceiling: first?.ceiling,
      region: first?.region, trackBuilder: first?.stage, eventsScored: first?.events.count ?? 0,
      eventsAsked: asked, setAside: setAside)
  }

  private var setAside: [RunReport.SetAside] {
    outcomeSetAside.map { RunReport.SetAside(event: $0.event, stage: $0.stage, reason: $0.reason) }
  }

  /// Says whether the networks were trained on the very events; empty where they were not.
  private func warning(of stage: PlannedStage) -> String {
    let scored = Set(stage.events)
    let trained = Set(
      coveredStages.filter { $0.definition.kind.scope == .study }.flatMap { stage in
        stage.tasks.flatMap { $0.inputs.filter { $0.split == "train" }.compactMap(\.event) }
      })
    let seen = scored.intersection(trained).count
    return seen == 0
      ? ""
      : "; the network was trained on \(seen == scored.count ? "these very" : "\(seen) of these") events"
  }
}
