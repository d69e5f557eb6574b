import Foundation
import Subprocess

/// Runs a program of the system to its end.
enum SystemTool {
  struct Ending {
    /// Nil where it was ended by a signal.
    var code: Int32?
    var output: String
    var errors: String

    var succeeded: Bool { code == 0 }

    /// What it complained of, on one line.
    var complaint: String {
      let words = (errors.isEmpty ? output : errors).split(whereSeparator: \.isNewline)
        .joined(separator: " ")
      return words.isEmpty ? "it ended with code \(code.map(String.init) ?? "of a signal")" : words
    }
  }

  /// - Returns: nil where there is no such program.
  static func run(_ name: String, _ arguments: [String], input: String = "") async -> Ending? {
    // In plain words whatever the user's language is, for they are looked at.
    let result = try? await Subprocess.run(
      .name(name), arguments: Arguments(arguments), environment: .inherit.updating(["LC_ALL": "C"]),
      input: .string(input), output: .string(limit: 4 << 20), error: .string(limit: 1 << 20))
    guard let result else { return nil }
    var code: Int32?
    if case .exited(let number) = result.terminationStatus { code = number }
    return Ending(
      code: code, output: result.standardOutput, errors: result.standardError)
  }
}
