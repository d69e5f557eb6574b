import ArgumentParser
import ArtifactStore
import EventData
import Foundation
import JSONDocument
import Reporting
import Stages

/// `trackflow display`: an event of a run as a page that turns.
struct DisplayCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "display",
    abstract: "Write an interactive 3-D page of an event of a run.",
    discussion: HelpText.discussion(
      """
      The page is one file that opens offline: hits, true particles, edges and the tracks of every \
      stage, each to be switched on and off, with filters by pT and eta; a click picks a track.

      The 3-D view is drawn by three.js, which is taken from where the system has it (Debian's \
      package libjs-three) or from --three. Without it the page has its 2-D views alone.
      """,
      examples: [
        "display 99", "display 99 --run last-2 --out event.html",
        "display 21000 --three /opt/three-r137", "display 99 --json",
      ],
      exits: [.badData, .missingInput, .cannotCreate, .storage]))

  @Argument(help: ArgumentHelp("The number of the event.", valueName: "event"))
  var event: Int

  @OptionGroup var choice: RunChoice

  @Option(
    help: ArgumentHelp(
      "The file to write (default: eventNNNNNNNNN.html in this folder).", valueName: "file"),
    completion: .file(extensions: ["html"]))
  var out: String?

  @Option(
    help: ArgumentHelp(
      "The folder of three.js (default: \(ThreeSource.debianFolder)).", valueName: "dir"),
    completion: .directory)
  var three: String?

  @Flag(help: "Print what was written as one JSON object.")
  var json = false

  func run() async throws {
    do {
      let library = try three.map { try ThreeSource(folder: $0) } ?? ThreeSource.ofSystem()
      let path = out ?? "\(EventFolder.stem(of: event)).html"
      let (display, page) = try await choice.withResults { results, _ in
        let display = try StudyDisplay(results, event: event).display()
        return (display, DisplayPage(display, source: results.sourceWords, three: library).text)
      }
      try write(page, to: path)
      report(display, page: page, path: path, three: library)
    } catch {
      throw failing(error)
    }
  }

  private func write(_ page: String, to path: String) throws {
    do throws(ArtifactError) {
      try FileSystem.publish(Array(page.utf8), to: path)
    } catch {
      throw failing(error, as: .cannotCreate)
    }
  }

  private func report(
    _ display: EventDisplay, page: String, path: String, three: ThreeSource?
  ) {
    if three == nil {
      FileHandle.standardError.write(Data("trackflow: \(DisplayPage.noThreeWords)\n".utf8))
    }
    guard json else {
      print(path)
      return
    }
    let summary: JSONValue = [
      "event": .integer(display.event), "file": .string(path),
      "bytes": .integer(page.utf8.count), "three": three.map { .string($0.release) } ?? .null,
      "hits": .integer(display.hits.count),
      "particles": display.particles.map { .integer($0.count) } ?? .null,
      "edges": .array(
        display.edges.map { ["stage": .string($0.stage), "count": .integer($0.count)] }),
      "tracks": .array(
        display.tracks.map { ["stage": .string($0.stage), "count": .integer($0.tracks.count)] }),
    ]
    print(summary.prettyText)
  }
}
