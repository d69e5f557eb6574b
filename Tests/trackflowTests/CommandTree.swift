import Foundation
import JSONDocument
import Testing

/// The commands that the program has, as it tells itself.
struct CommandTree {
  /// Every command that people see, as the words after the program's name; the program itself has none.
  let commands: [[String]]

  init(in folder: String) throws {
    let dump = try Program.run(["--experimental-dump-help"], in: folder)
    let root = try #require(dump.json?["command"])
    var found: [[String]] = []
    func visit(_ command: JSONValue, _ path: [String]) {
      guard command["shouldDisplay"]?.boolValue != false else { return }
      found.append(path)
      for subcommand in command["subcommands"]?.arrayValue ?? [] {
        let name = subcommand["commandName"]?.stringValue ?? ""
        if name != "help" { visit(subcommand, path + [name]) }
      }
    }
    visit(root, [])
    commands = found
  }

  /// The help of a command, as on a terminal of 80 columns.
  static func help(_ command: [String], in folder: String) throws -> String {
    let ending = try Program.run(
      command + ["--help"], in: folder, environment: ["COLUMNS": "80", "LINES": "24"])
    #expect(ending.code == 0 && ending.errors.isEmpty, "\(ending.errors)")
    return ending.output
  }
}
