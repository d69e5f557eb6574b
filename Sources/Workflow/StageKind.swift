import ArtifactStore
import JSONDocument

/// A kind of stage: what it takes, what may be set, and how one of its tasks is done.
///
/// This room knows nothing of what a kind computes; the kinds are handed to it as values.
public protocol StageKind: Sendable {
  /// The name that a workflow's `uses` gives.
  var name: String { get }
  /// Raised whenever the same inputs and parameters would give other bits than before.
  var version: Int { get }
  /// One sentence on what it does.
  var summary: String { get }
  var scope: StageScope { get }
  var parameters: [ParameterSpec] { get }
  /// The kind of stage that its results are as good as, for those that take them; mostly its own name.
  var gives: String { get }
  /// The kinds of stages whose results it takes.
  var inputs: [StageInput] { get }
  /// Whether its results stand for the files of events, where the data set has none.
  var makesEvents: Bool { get }
  /// The files of an event that it reads, or takes from the stage that makes events.
  var eventFiles: [EventFileNeed] { get }
  /// The properties of the data set that it reads, among `field` and `detectors`; they count in its tasks' keys.
  var datasetProperties: [String] { get }
  /// The splits that it is on where the workflow doesn't say; nil for all that its inputs are on.
  var defaultSplits: [String]? { get }
  /// The numbers of a report that a nightly evaluation can watch; of kinds that write none, none.
  var watchedNumbers: [WatchedNumber] { get }

  /// What parameters that are right one by one are wrong together; nil where nothing is.
  func contradiction(in parameters: JSONValue) -> ParameterContradiction?

  /// What an interrupted or shorter run of the task left to go on from; nil where that is nothing.
  func continuation(of task: StageTask) -> TaskContinuation?

  /// Does one task.
  ///
  /// - Throws: `InputRefused` where the input's content is at fault, so that no repetition can help;
  ///   any other error is a failure that may pass.
  func run(_ task: StageTask) throws -> StageResult
}

extension StageKind {
  public var gives: String { name }
  public var makesEvents: Bool { false }
  public var eventFiles: [EventFileNeed] { [] }
  public var datasetProperties: [String] { [] }
  public var defaultSplits: [String]? { nil }
  public var watchedNumbers: [WatchedNumber] { [] }
  public func contradiction(in parameters: JSONValue) -> ParameterContradiction? { nil }
  public func continuation(of task: StageTask) -> TaskContinuation? { nil }
}

/// Where a task goes on.
public struct TaskContinuation: Sendable, Equatable {
  /// `continues from epoch 20`
  public var words: String
  /// How much of the work is left, from 0 to 1.
  public var shareLeft: Double

  public init(words: String, shareLeft: Double) {
    self.words = words
    self.shareLeft = shareLeft
  }
}

/// A parameter that does not go with the others.
public struct ParameterContradiction: Sendable, Equatable {
  public var parameter: String
  /// What is wrong, and what to do.
  public var message: String

  public init(parameter: String, message: String) {
    self.parameter = parameter
    self.message = message
  }
}

/// How a stage is cut into tasks.
public enum StageScope: String, Sendable {
  /// One task an event.
  case event
  /// One task over all events, with all cores.
  case study
  /// What is written at the end of a run, by the driver, anew each time.
  case report
}

/// A kind of result that a stage takes: that of the stage kinds that give it.
public struct StageInput: Sendable {
  /// What those kinds give.
  public var kind: String
  public var isRequired: Bool
  /// Whether several stages of that kind may be named; `TaskInput.position` tells their results apart.
  public var takesSeveral: Bool

  public init(_ kind: String, isRequired: Bool = true, takesSeveral: Bool = false) {
    self.kind = kind
    self.isRequired = isRequired
    self.takesSeveral = takesSeveral
  }
}

/// A file of an event that a stage reads: its name in the data set, such as `hits`.
public struct EventFileNeed: Sendable, Hashable {
  public var name: String
  public var isRequired: Bool

  public init(_ name: String, isRequired: Bool = true) {
    self.name = name
    self.isRequired = isRequired
  }
}

/// The summary and arrays that a task made.
public struct StageResult: Sendable {
  public var summary: JSONValue
  public var arrays: [ArtifactArray]

  public init(summary: JSONValue, arrays: [ArtifactArray] = []) {
    self.summary = summary
    self.arrays = arrays
  }
}

/// The input's content is at fault: the event is set aside, and the task is not tried again.
public struct InputRefused: Error, CustomStringConvertible {
  public var description: String

  public init(_ description: String) { self.description = description }
}
