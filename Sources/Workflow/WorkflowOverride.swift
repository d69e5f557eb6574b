import JSONDocument

/// A value that goes before the workflow file's: `train.epochs=20`, `dataset.path=DIR`, `split.test=0-3`.
public struct WorkflowOverride: Sendable, Equatable {
  /// As given.
  public var text: String
  /// Stage (or `dataset`, `split`) and parameter.
  var path: [String]
  var valueText: String
  /// The value as JSON where it is JSON, else as a string.
  var value: JSONValue

  private static let expectation =
    "stage.parameter=value was expected, such as train.epochs=20 or dataset.path=DIR"

  /// - Throws: `WorkflowError.override` unless the text is `stage.parameter=value`.
  public init(_ text: String) throws(WorkflowError) {
    guard let equals = text.firstIndex(of: "=") else {
      throw .override(text: text, message: Self.expectation)
    }
    let path = text[..<equals].split(separator: ".", omittingEmptySubsequences: false)
    guard path.count >= 2, path.allSatisfy({ !$0.isEmpty }) else {
      throw .override(text: text, message: Self.expectation)
    }
    self.text = text
    // A stage's name may hold dots, a parameter's does not.
    self.path = [path.dropLast().joined(separator: "."), String(path.last!)]
    valueText = String(text[text.index(after: equals)...])
    let parsed = try? JSONDocument(parsing: Array(valueText.utf8), file: "--set").root
    value = parsed ?? .string(valueText)
  }
}
