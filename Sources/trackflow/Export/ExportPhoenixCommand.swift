import ArgumentParser
import ArtifactStore
import Exchange
import Stages

/// `trackflow export phoenix`: the tracks of a run for the event display Phoenix.
struct ExportPhoenixCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "phoenix",
    abstract: "Write tracks and hits for the event display Phoenix.",
    discussion: HelpText.discussion(
      """
      One JSON file of all events that are named. Tracks of less than three hits are left out, as \
      Phoenix does not draw them; their parameters are estimated from a circle through three of their \
      hits in a field of 2 T. Numbers of tracks and particles are strings.
      """,
      examples: [
        "export phoenix --event 30006 --out event.json",
        "export phoenix --event 30006 --particles --out event.json",
      ], exits: [.badData, .missingInput, .storage]))

  @OptionGroup var options: ExportOptions
  @OptionGroup var events: ExportEvents

  @Flag(help: "Add the true particles, each by its hits.")
  var particles = false

  @Option(help: ArgumentHelp("The file to write.", valueName: "file"), completion: .file())
  var out: String

  func run() async throws {
    try await options.run { results in
      let export = try TrackExport(results, stage: options.stage, events: events.numbers)
      let all = try export.events.map {
        try export.phoenixEvent($0, showsParticles: particles)
      }
      try FileSystem.publish(
        Array((PhoenixEvent.json(of: all).compactText + "\n").utf8), to: out)
      let tracks = all.reduce(0) { $0 + ($1.tracks.first?.tracks.count ?? 0) }
      return ExportOptions.Written(
        stage: export.stage, events: export.events,
        content: "\(tracks.of("track")) of \(export.events.count.of("event"))", files: [out])
    }
  }
}
