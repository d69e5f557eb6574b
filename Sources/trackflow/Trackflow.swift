import ArgumentParser
import Foundation

/// The command line of trackflow.
@main
struct Trackflow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trackflow",
    abstract: "Runs particle-tracking studies that are declared in one JSON file.",
    version: ProgramVersion.text,
    subcommands: [
      RunCommand.self, PlanCommand.self, ReconstructCommand.self, ScoreCommand.self,
      DataCommand.self, WeightsCommand.self, SimulateCommand.self, GeometryCommand.self,
      SchemaCommand.self, RunsCommand.self, StatusCommand.self, LogCommand.self,
      LineageCommand.self, RerunCommand.self, WorkerSubcommand.self,
    ])

  static func main() async {
    // A reader that goes away ends the writing, not the program half-way through its clean-up.
    signal(SIGPIPE, SIG_IGN)
    // A file that may not grow is an error of that write, with its name, and not the end of the process.
    signal(SIGXFSZ, SIG_IGN)
    do {
      var command = try parseAsRoot()
      if var command = command as? AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch {
      exit(withError: error)
    }
  }
}

enum ProgramVersion {
  static let text = "0.1.0"
}
