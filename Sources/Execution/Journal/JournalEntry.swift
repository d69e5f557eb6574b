import ArtifactStore
import JSONDocument

/// One line of a run's journal.
public struct JournalEntry: Sendable, Equatable {
  /// Seconds since the run's start.
  public var at: Double
  /// `run`, `plan`, `stage`, `start`, `progress`, `log`, `done`, `failed`, `retry`, `shared`, `ended` or `stopped`.
  public var what: String
  /// The line as it stands.
  public var json: JSONValue

  /// Nil for what is no entry.
  public init?(json: JSONValue) {
    guard let at = json["at"]?.doubleValue, let what = json["what"]?.stringValue else {
      return nil
    }
    self.at = at
    self.what = what
    self.json = json
  }

  public var stage: String? { json["stage"]?.stringValue }
  public var event: Int? { json["event"]?.intValue }
  public var key: ArtifactKey? { json["key"]?.stringValue.flatMap(ArtifactKey.init(hex:)) }
  public var worker: Int? { json["worker"]?.intValue }
  public var reason: String? { json["reason"]?.stringValue }

  /// The task that it is of: its key, or its stage and event where it names none.
  var task: String { json["key"]?.stringValue ?? "\(stage ?? "") \(event ?? -1)" }
}
