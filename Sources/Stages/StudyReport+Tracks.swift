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
    // Where the scoring itself is scanned, the builder's name would stand for several results.
    let name = builder.map { $0.point == stage.definition.point ? $0.name : stage.definition.name }
    let parameters = JSONValue.object(builder?.parameters ?? [])
    return TrackSummaries(try summaries(of: stage)).section(
      stage: name ?? stage.definition.name,
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

  /// What the whole run comes to: the first scored way of building tracks; of a scan its best point.
  func headline(of sections: [RunReport.Tracks], scans: [RunReport.Scan]) -> RunReport.Headline {
    let stages = scoringStages
    let scan = scans.first { $0.stage == stages.first?.definition.declaredName }
    let best = scan.flatMap { scan in scan.best.map { scan.points[$0].stage } }
    let place = sections.firstIndex { $0.stage == best } ?? 0
    let first = sections.isEmpty ? nil : sections[place]
    let asked = stages.isEmpty ? 0 : stages[place].tasks.count
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
