import JSONDocument
import Workflow

/// Why something of a run cannot be written in another format.
public enum ExportError: Error, CustomStringConvertible {
  case unknownStage(name: String, run: String, stages: [String])
  /// The run has no results of that kind at all.
  case nothing(what: String, run: String, stages: [String])
  /// The stage's results are none of that kind.
  case otherKind(stage: String, kind: String, what: String, fitting: [String])
  case unknownEvent(Int, stage: String, events: [Int])
  case notExportable(stage: String, reason: String)

  public var description: String {
    switch self {
    case .unknownStage(let name, let run, let stages):
      "the run \(run) has no results of a stage \"\(name)\""
        + (nearest(to: name, among: stages).map { "; did you mean \"\($0)\"?" }
          ?? "; it has those of \(Self.list(stages))")
    case .nothing(let what, let run, let stages):
      "the run \(run) has no \(what); it has results of \(Self.list(stages))"
    case .otherKind(let stage, let kind, let what, let fitting):
      "stage \(stage) (\(kind)) gives no \(what)"
        + (fitting.isEmpty ? "" : "; those that do are \(Self.list(fitting))")
    case .unknownEvent(let event, let stage, let events):
      "the run has no result of \(stage) for the event \(event); it has those of "
        + (events.isEmpty ? "the whole study" : EventRanges.words(events))
    case .notExportable(let stage, let reason): "stage \(stage) can't be exported so: \(reason)"
    }
  }

  private static func list(_ stages: [String]) -> String {
    stages.isEmpty ? "no stage" : stages.joined(separator: ", ")
  }
}
