import EventData
import Foundation
import JSONDocument
import Stages
import Workflow

/// What there is to say of one workflow file.
struct WorkflowCheck {
  let path: String
  let definition: WorkflowDefinition?
  let errors: [any Error]
  /// The events of the data set and of each split; nil where the data set is not at hand.
  let events: (all: Int, splits: [(name: String, count: Int)])?
  /// Why the events were not looked at.
  let notChecked: String?

  init(path: String, overrides: [WorkflowOverride]) {
    self.path = path
    let (definition, errors) = WorkflowReader.check(
      path: path, kinds: StageKinds.all, overrides: overrides)
    self.definition = definition
    guard let definition else {
      self.errors = errors
      events = nil
      notChecked = nil
      return
    }
    do {
      let source = try DatasetEvents(definition.dataset)
      let splits = try definition.splitEvents(of: source)
      events = (
        try definition.events(of: source).count, splits.map { ($0.name, $0.events.count) }
      )
      notChecked = nil
      self.errors = []
    } catch EventDataError.noEvents(let folder, let reason) {
      events = nil
      notChecked = "\(folder): \(reason)"
      self.errors = []
    } catch {
      events = nil
      notChecked = nil
      self.errors = [error]
    }
  }

  /// `workflows/full.json: ok, 21 stages, 100 events (train 80, validation 10, test 10)`.
  var words: String {
    let stages = definition?.stages ?? []
    let declared = Set(stages.map(\.declaredName)).count
    var words = "\(path): ok, \(Self.count(declared, "stage"))"
    if declared != stages.count { words += " (\(stages.count) with all points of the scans)" }
    if let events {
      let splits = events.splits.map { "\($0.name) \($0.count)" }.joined(separator: ", ")
      words += ", \(Self.count(events.all, "event")) (\(splits))"
    }
    if let notChecked { words += "; the events were not checked: \(notChecked)" }
    return words
  }

  /// Prints what is wrong on standard error.
  func complain() {
    for error in errors {
      let words = "\(error)"
      // A bad --set and a data set name no file themselves.
      let place = words.hasPrefix(path) || isPlaced(error) ? "" : "\(path): "
      FileHandle.standardError.write(Data("trackflow: \(place)\(words)\n".utf8))
    }
  }

  var json: JSONValue {
    let names = definition?.stages.map(\.declaredName)
    return [
      "file": .string(path),
      "ok": .bool(errors.isEmpty),
      "workflow": definition.map { .string($0.name) } ?? .null,
      "stages": names.map { .integer(Set($0).count) } ?? .null,
      "stagesWithPoints": names.map { .integer($0.count) } ?? .null,
      "events": events.map { .integer($0.all) } ?? .null,
      "splits": events.map { events in
        .object(events.splits.map { JSONMember(name: $0.name, value: .integer($0.count)) })
      } ?? .null,
      "notChecked": notChecked.map { .string($0) } ?? .null,
      "errors": .array(errors.map(Self.json(of:))),
    ]
  }

  private func isPlaced(_ error: any Error) -> Bool {
    if case .invalid = error as? WorkflowError { true } else { false }
  }

  private static func json(of error: any Error) -> JSONValue {
    guard case .invalid(let place) = error as? WorkflowError else {
      return ["message": .string("\(error)")]
    }
    return [
      "file": .string(place.file), "line": .integer(place.position.line),
      "column": .integer(place.position.column), "message": .string(place.message),
    ]
  }

  private static func count(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }
}
