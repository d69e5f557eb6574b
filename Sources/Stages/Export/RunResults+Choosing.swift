import JSONDocument
import Workflow

extension RunResults {
  /// The stages that have results, in the order of the workflow.
  public var stages: [String] {
    var seen: Set<String> = []
    return results.map(\.stage).filter { seen.insert($0).inserted }
  }

  /// The kind of a stage.
  public func kind(of stage: String) -> String? { results.first { $0.stage == stage }?.kind }

  /// The stages that give one of some kinds of results.
  func stages(giving kinds: [String]) -> [String] {
    let fitting = Set(kinds.flatMap { stages(giving: $0) })
    return stages.filter(fitting.contains)
  }

  /// The stage that is meant: the one told, else the first choice among those that give such results.
  ///
  /// - Parameters:
  ///   - told: its name; nil for the first choice.
  ///   - kinds: what it must give one of.
  ///   - what: that, in words.
  ///   - firstChoice: nil for the first such stage.
  /// - Throws: `ExportError`.
  func stage(
    _ told: String?, giving kinds: [String], what: String, firstChoice: String? = nil
  ) throws -> String {
    let fitting = stages(giving: kinds)
    guard let told else {
      guard let first = firstChoice ?? fitting.first else {
        throw ExportError.nothing(what: what, run: run, stages: stages)
      }
      return first
    }
    guard let kind = kind(of: told) else {
      throw ExportError.unknownStage(name: told, run: run, stages: stages)
    }
    guard fitting.contains(told) else {
      throw ExportError.otherKind(stage: told, kind: kind, what: what, fitting: fitting)
    }
    return told
  }

  /// The events that are meant: those told, else all that the stage has results of.
  ///
  /// - Throws: `ExportError.unknownEvent`.
  func events(_ told: [Int], of stage: String) throws -> [Int] {
    let known = events(of: stage)
    if let missing = told.first(where: { !known.contains($0) }) {
      throw ExportError.unknownEvent(missing, stage: stage, events: known)
    }
    return told.isEmpty ? known : Set(told).sorted()
  }
}
