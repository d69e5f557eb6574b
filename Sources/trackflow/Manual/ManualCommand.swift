import ArgumentParser
import ArtifactStore
import Foundation

/// `trackflow manual`: the manual page, made from the commands themselves.
struct ManualCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual",
    abstract: "Print the manual page, or write it to a folder.",
    discussion: HelpText.discussion(
      """
      The page is made from the commands themselves, so it says what this program does.
      """,
      examples: ["manual > trackflow.1 && man -l trackflow.1", "manual --out share/man/man1"],
      exits: [.cannotCreate]))

  @Option(
    help: ArgumentHelp("The folder that takes the page, as trackflow.1.", valueName: "dir"),
    completion: .directory)
  var out: String?

  func run() throws {
    let page = try ManualPage(json: Trackflow._dumpHelp(), groups: Trackflow.groups).text
    guard let out else { return print(page, terminator: "") }
    do {
      try FileSystem.createFolder(out)
      try FileSystem.publish(Array(page.utf8), to: out + "/trackflow.1")
    } catch {
      FileHandle.standardError.write(Data("trackflow: \(error)\n".utf8))
      throw ExitCode(ExitStatus.cannotCreate.rawValue)
    }
  }
}
