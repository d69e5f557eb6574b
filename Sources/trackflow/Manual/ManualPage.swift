import ArgumentParser
import JSONDocument

/// The page trackflow(1): every command with its options and examples, then what holds for all.
struct ManualPage {
  private let root: CommandDescription
  private let groups: [CommandGroup]

  /// - Parameter json: the commands as ArgumentParser dumps them.
  init(json: String, groups: [CommandGroup]) throws {
    let document = try JSONDocument(parsing: Array(json.utf8), file: "the help")
    root = CommandDescription(json: document.root["command"] ?? .null)
    self.groups = groups
  }

  var text: String {
    var roff = Roff()
    roff.line(".\\\" Made by trackflow manual.")
    roff.line(".TH TRACKFLOW 1 \"\" \"trackflow \(ProgramVersion.text)\" \"User Commands\"")
    // Names of files and options are not to be cut or stretched.
    roff.line(".nh\n.ad l")
    roff.heading("NAME")
    roff.line("trackflow \\- \(Roff.plain(root.abstract.lowercasedFirst.withoutFullStop))")
    roff.heading("SYNOPSIS")
    roff.line("\(Roff.bold("trackflow")) \(Roff.italic("command")) [\(Roff.italic("options"))]")
    roff.heading("DESCRIPTION")
    write(discussion: root.discussion, to: &roff)
    for group in groups {
      roff.heading("\(group.name.uppercased()) COMMANDS")
      for name in group.subcommands.map({ $0._commandName }) {
        guard let command = root.subcommands.first(where: { $0.name == name }) else { continue }
        write(command, path: "trackflow", to: &roff)
      }
    }
    roff.heading("OPTIONS OF EVERY COMMAND")
    for option in root.arguments { roff.entry(option.term, option.words) }
    roff.heading("ENVIRONMENT")
    for (name, words) in ManualFacts.environment { roff.entry(Roff.bold(name), words) }
    roff.heading("FILES")
    for (name, words) in ManualFacts.files { roff.entry(Roff.italic(name), words) }
    roff.heading("EXIT STATUS")
    for status in ExitStatus.allCases {
      let words = [status.meaning, status.advice].filter { !$0.isEmpty }
      roff.entry(Roff.bold("\(status.rawValue)"), words.joined(separator: ": "))
    }
    return roff.text
  }

  private func write(_ command: CommandDescription, path: String, to roff: inout Roff) {
    guard command.isShown else { return }
    let path = "\(path) \(command.name)"
    let own = command.arguments.filter { argument in
      argument.isShown && !root.arguments.contains { $0.term == argument.term }
    }
    roff.subheading(path)
    roff.line(([Roff.bold(path)] + own.map(\.usage)).joined(separator: " "))
    roff.paragraph(command.abstract)
    write(discussion: command.discussion, to: &roff)
    for argument in own { roff.entry(argument.term, argument.words) }
    for subcommand in command.subcommands { write(subcommand, path: path, to: &roff) }
  }

  /// Paragraphs of a help text; the lines of its examples stay as they are.
  private func write(discussion: String, to roff: inout Roff) {
    for paragraph in discussion.split(separator: "\n\n") {
      let lines = paragraph.split(separator: "\n").map(String.init)
      if lines.first == HelpText.examplesTitle {
        roff.paragraph(HelpText.examplesTitle)
        roff.example(lines.dropFirst().map { String($0.trimmingPrefix("  ")) })
      } else {
        roff.paragraph(lines.joined(separator: " "))
      }
    }
  }
}

extension String {
  fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
  fileprivate var withoutFullStop: String { hasSuffix(".") ? String(dropLast()) : self }
}
