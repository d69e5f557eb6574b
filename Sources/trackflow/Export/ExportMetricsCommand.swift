import ArgumentParser
import ArtifactStore
import Stages

/// `trackflow export metrics`: the numbers of a run's events as a table.
struct ExportMetricsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "metrics",
    abstract: "Write every event's numbers as a table: stage, event, metric, value, unit.",
    discussion: HelpText.discussion(
      """
      One number a row; a number that does not exist has none. With --bins also the counts behind \
      efficiencies and histograms: stage, event, variable, low, high, count, value.
      """,
      examples: [
        "export metrics --out metrics.csv",
        "export metrics --stage score --bins bins.csv --out metrics.csv",
      ], exits: [.badData, .missingInput, .storage]))

  @OptionGroup var options: ExportOptions
  @OptionGroup var events: ExportEvents

  @Option(
    help: ArgumentHelp("The file for the counts of bins.", valueName: "file"),
    completion: .file())
  var bins: String?

  @Option(help: ArgumentHelp("The file to write.", valueName: "file"), completion: .file())
  var out: String

  func run() async throws {
    try await options.run { results in
      let table = try MetricExport(results).table(stage: options.stage, events: events.numbers)
      try FileSystem.publish(Array(table.text.utf8), to: out)
      if let bins { try FileSystem.publish(Array(table.binText.utf8), to: bins) }
      return ExportOptions.Written(
        stage: options.stage, events: Set(table.rows.map(\.event)).sorted(),
        content: "\(table.rows.count.of("number"))", files: [out] + (bins.map { [$0] } ?? []))
    }
  }
}
