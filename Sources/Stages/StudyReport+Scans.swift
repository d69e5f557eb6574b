import JSONDocument
import Reporting
import Workflow

extension StudyReport {
  /// The points of every scan against each other: by their tracks, where no tracks are scored by their edges.
  ///
  /// - Parameters:
  ///   - tracks: the sections of the scoring stages, in their order.
  ///   - edges: those of the stages that classify edges.
  func scans(tracks: [RunReport.Tracks], edges: [RunReport.Edges]) -> [RunReport.Scan] {
    let scored = Array(zip(scoringStages, tracks))
    let byTracks = Self.groups(of: scored).map { stage, points in
      RunReport.Scan(
        stage: stage, parameters: parameters(of: points[0].stage),
        tracks: points.map { ($0.stage.definition.point.map(\.value), $0.section) })
    }
    guard scored.isEmpty else { return byTracks }
    return Self.groups(of: Array(zip(stages(of: "classify-edges"), edges))).map { stage, points in
      RunReport.Scan(
        stage: stage, parameters: parameters(of: points[0].stage),
        edges: points.map { ($0.stage.definition.point.map(\.value), $0.section) })
    }
  }

  /// The points of each stage that was scanned, under its name in the workflow.
  private static func groups<Section>(of sections: [(PlannedStage, Section)])
    -> [(stage: String, points: [(stage: PlannedStage, section: Section)])]
  {
    var groups: [(stage: String, points: [(stage: PlannedStage, section: Section)])] = []
    for (stage, section) in sections where !stage.definition.point.isEmpty {
      let name = stage.definition.declaredName
      if let place = groups.firstIndex(where: { $0.stage == name }) {
        groups[place].points.append((stage, section))
      } else {
        groups.append((name, [(stage, section)]))
      }
    }
    return groups.filter { $0.points.count > 1 }
  }

  /// The scanned parameters behind a stage, with the units that their kinds declare.
  private func parameters(of stage: PlannedStage) -> [RunReport.ScanParameter] {
    stage.definition.point.map { coordinate in
      let parts = coordinate.name.split(separator: ".")
      let scanned = coveredStages.first {
        $0.definition.declaredName == parts.dropLast().joined(separator: ".")
      }
      let spec = scanned?.definition.kind.parameters.first {
        $0.name == parts.last.map(String.init)
      }
      return RunReport.ScanParameter(name: coordinate.name, unit: spec?.unit)
    }
  }
}
