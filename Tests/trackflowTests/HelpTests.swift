import Foundation
import TestSupport
import Testing

/// What the commands say of themselves.
@Suite struct HelpTests {
  private let folder: TemporaryFolder
  private let commands: [[String]]

  init() throws {
    folder = try TemporaryFolder()
    commands = try CommandTree(in: folder.path).commands
  }

  private func name(_ command: [String]) -> String {
    (["help"] + command).joined(separator: "-") + ".txt"
  }

  @Test func theHelpOfEveryCommandIsAsKept() throws {
    #expect(commands.count > 12)
    for command in commands {
      try Golden.expect(try CommandTree.help(command, in: folder.path), is: name(command))
    }
  }

  @Test func noHelpIsKeptOfACommandThatIsGone() throws {
    let golden = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")
    let kept = try FileManager.default.contentsOfDirectory(atPath: golden.path)
      .filter { $0.hasPrefix("help") }
    for file in kept where !commands.contains(where: { name($0) == file }) {
      if Golden.isUpdating {
        try FileManager.default.removeItem(at: golden.appending(path: file))
      } else {
        Issue.record("Golden/\(file) is of no command")
      }
    }
  }

  @Test func everyCommandHasExamplesThatFitItsOptionsAndTellsItsExitCodes() throws {
    for command in commands {
      let help = try CommandTree.help(command, in: folder.path)
      let paragraphs = help.components(separatedBy: "\n\n")
      let examples =
        paragraphs.first { $0.hasPrefix("Examples:\n") }?.split(separator: "\n")
        .dropFirst() ?? []
      #expect(!examples.isEmpty, "\(command)")
      #expect(command.isEmpty || help.contains("\nExit codes: 0 done; "), "\(command)")
      for example in examples {
        let line = example.prefix { $0 != "|" && $0 != ";" && $0 != "&" }
        let words = line.split(separator: " ").map(String.init)
        #expect(words.first == "trackflow", "\(example)")
        let named = try #require(
          commands.filter { words.dropFirst().starts(with: $0) }.max { $0.count < $1.count })
        let options =
          try CommandTree.help(named, in: folder.path)
          .components(separatedBy: "\nOPTIONS:\n").last ?? ""
        for option in words where option.hasPrefix("--") {
          #expect(
            options.contains("  \(option) ") || options.contains("  \(option)\n"), "\(example)")
        }
      }
    }
  }

  @Test func noLineOfAHelpTextIsWiderThanTheTerminalButUsages() throws {
    for command in commands {
      for line in try CommandTree.help(command, in: folder.path).split(separator: "\n")
      where !line.hasPrefix("USAGE:") {
        #expect(line.count <= 80, "\(line)")
      }
    }
  }
}
