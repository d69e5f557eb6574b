import ArgumentParser

/// `trackflow export`: the results of a run in the formats that other software reads.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write a run's results for other software.",
    discussion: HelpText.discussion(
      """
      Takes the results from the cache; of which run, --run says. A file that is there already is \
      replaced, whole or not at all.
      """,
      examples: [
        "export submission --out tracks.csv", "export graphs --run last-2 --out graphs",
        "export onnx --out edges.onnx",
      ], exits: [.badData, .missingInput, .storage]),
    subcommands: [
      ExportSubmissionCommand.self,
      ExportGraphsCommand.self,
      ExportACTSGraphCommand.self,
      ExportWeightsCommand.self,
      ExportONNXCommand.self,
      ExportPhoenixCommand.self,
      ExportMetricsCommand.self,
    ])
}
