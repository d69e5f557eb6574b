/// What the help of a command says below its first line, in the same order everywhere.
enum HelpText {
  /// The line that examples begin with; the manual looks for it.
  static let examplesTitle = "Examples:"

  /// - Parameters:
  ///   - text: paragraphs, each one line, with an empty line between.
  ///   - examples: command lines without `trackflow`.
  ///   - exits: the codes that the command can end with beside success and wrong usage.
  static func discussion(
    _ text: String = "", examples: [String], exits: [ExitStatus] = []
  ) -> String {
    let lines = examples.map { "  trackflow \($0)" }
    let statuses = ([.success, .usage] + exits).sorted { $0.rawValue < $1.rawValue }
    let codes = statuses.map { "\($0.rawValue) \($0.meaning)" }.joined(separator: "; ")
    return [
      text, ([examplesTitle] + lines).joined(separator: "\n"), "Exit codes: \(codes).",
    ].filter { !$0.isEmpty }.joined(separator: "\n\n")
  }
}
