import ArtifactStore
import JSONDocument

/// One line of a run's journal.
public struct JournalEntry: Sendable, Equatable {
  /// Seconds since the run's start.
  public var at: Double
  /// What it tells of:
  ///
  /// - the run: `run`, `plan`, `ended` or `stopped`;
  /// - a stage: `stage`; on a cluster also `submit` (an array of jobs was handed in), `queue` (its jobs in the
  ///   queue, where those are others than before) and `fault` (a job ended before it had answered for its tasks);
  /// - a task: `start`, `progress`, `published` (an artifact beside its result), `done`, `failed`, `retry`,
  ///   `shared`, and `log`, a line that its worker said;
  /// - in the journal that a job on a node writes, also `batch`, its beginning.
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
  /// The machine of a cluster.
  public var node: String? { json["node"]?.stringValue }

  /// The task that it is of: its key, or its stage and event where it names none.
  var task: String { json["key"]?.stringValue ?? "\(stage ?? "") \(event ?? -1)" }
}
