/// The events that a workflow runs on, as far as this room must know them.
public protocol EventSource: Sendable {
  /// What to call the data set: its name, or its folder.
  var name: String { get }
  /// The folder that the events lie in.
  var path: String { get }
  /// Numbers of the events, sorted; a split's positions count through them.
  var events: [Int] { get }
  /// Whether a stage of the workflow makes the events, so that they have no files.
  var isMade: Bool { get }
  /// The path of a file of an event (`hits`, `truth`, …); nil where there is none.
  func path(ofFile name: String, event: Int) -> String?
  /// The paths of a file of an event by name: none, one, or those of the pieces that it is kept in.
  func paths(ofFile name: String, event: Int) -> [String: String]
  /// A property of the data set, such as `field` or `detectors`; nil where it declares none.
  ///
  /// - Throws: where it declares one that isn't there, with what to do.
  func datasetProperty(_ name: String) throws -> DatasetProperty?
  /// SHA-256 of a file's content in hexadecimal digits.
  func sha256(ofFile path: String) throws -> String
}

extension EventSource {
  public var isMade: Bool { false }

  public func datasetProperty(_ name: String) throws -> DatasetProperty? { nil }

  public func paths(ofFile name: String, event: Int) -> [String: String] {
    path(ofFile: name, event: event).map { [name: $0] } ?? [:]
  }
}
