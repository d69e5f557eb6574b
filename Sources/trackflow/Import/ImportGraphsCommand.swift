import ArgumentParser
import EventData
import Foundation
import JSONDocument
import Stages

/// `trackflow import graphs`: another program's graphs, with the probabilities that it gave to edges.
struct ImportGraphsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "graphs",
    abstract: "Report the graphs of another program, and score tracks built from them.",
    discussion: HelpText.discussion(
      """
      NumPy archives of PyTorch Geometric's layout: x, edge_index, and as far as there are such \
      edge_probability, y, hit_id, particle_id. The number of the event is in a file's name, as in \
      event000001000.npz. Where no file holds probabilities, every edge counts as true. Without events \
      the report is of the edges alone.
      """,
      examples: [
        "import graphs graphs/event000001000.npz --events DIR",
        "import graphs graph.npz --event 1000 --events-of last",
        "import graphs graphs/*.npz --events DIR --method components",
      ],
      exits: [
        .eventsSetAside, .badData, .missingInput, .unavailable, .internalError, .cannotCreate,
        .storage, .badWorkflow, .interrupted,
      ]))

  @Argument(
    help: ArgumentHelp("The graphs, one file an event.", valueName: "file"),
    completion: .file(extensions: ["npz"]))
  var files: [String]

  @OptionGroup var options: ImportOptions

  @Option(
    help: ArgumentHelp(
      "How tracks are built: greedy, components or walk-through (default: greedy).",
      valueName: "method"))
  var method: TrackMethod?

  @Option(
    help: ArgumentHelp(
      "Edges above this probability can be on a track (default: 0.7).", valueName: "p"))
  var threshold: Double?

  enum TrackMethod: String, ExpressibleByArgument, CaseIterable {
    case greedy, components
    case walkThrough = "walk-through"
  }

  func validate() throws {
    if options.events == nil, options.eventsOfRun == nil, method != nil || threshold != nil {
      throw ValidationError(
        "--method and --threshold build tracks, which are scored on events: name them with --events or --events-of"
      )
    }
    if let threshold, !(0...1).contains(threshold) {
      throw ValidationError("--threshold takes a probability from 0 to 1, not \(threshold)")
    }
    if method == .walkThrough, threshold != nil {
      throw ValidationError(
        "--threshold is of greedy and components; walk-through has cuts of its own")
    }
    if options.event != nil, files.count > 1 {
      throw ValidationError("--event names the event of one file, not of \(files.count)")
    }
  }

  func run() async throws { try await reporting(carryOut) }

  private func carryOut() async throws -> ExitStatus {
    let source = try await options.source()
    let graphs = try byEvent(source)
    let haveScores = try graphs.reduce(false) { found, graph in
      let archive = try NumPyArchive(path: graph.path)
      guard EventReader.isGeometric(archive) else {
        throw EventDataError.array(
          file: graph.path, name: "edge_index",
          message:
            "it is missing; the layout of PyTorch Geometric was expected, as trackflow export graphs writes it"
        )
      }
      return try EventReader.geometricGraph(archive).score != nil || found
    }
    return try await options.run { folder in
      let made = try ImportedEvents(folder: "\(folder)/events")
      for graph in graphs {
        try made.addGraph(graph.path, of: graph.event)
        try source.addTables(of: graph.event, to: made)
      }
      var workflow = ImportedWorkflow(
        name: options.name, description: "Graphs of another program, scored.",
        folder: made.folder, events: graphs.map(\.event))
      workflow.addGraphs(
        haveScores: haveScores, tracks: source.events == nil ? nil : trackParameters)
      return workflow
    }
  }

  private var trackParameters: [JSONMember] {
    [
      method.map { JSONMember(name: "method", value: .string($0.rawValue)) },
      threshold.map { JSONMember(name: "threshold", value: .number($0)) },
    ].compactMap { $0 }
  }

  /// The files with the numbers of their events, sorted.
  private func byEvent(_ source: ImportSource) throws -> [(event: Int, path: String)] {
    var byEvent: [Int: String] = [:]
    for file in files {
      guard FileManager.default.isReadableFile(atPath: file) else {
        throw ImportError.noSuchFile(file)
      }
      let name = URL(filePath: file).lastPathComponent
      let named = name.firstMatch(of: /event([0-9]{9})/).flatMap { Int($0.1) }
      guard let event = options.event ?? named else {
        throw ImportError.eventUnknown(
          file: file, reason: "its name has no number of an event such as event000001000")
      }
      if let other = byEvent.updateValue(file, forKey: event) {
        throw ImportError.eventTwice(event, files: [other, file])
      }
    }
    if let known = source.events {
      let unknown = Set(byEvent.keys).subtracting(known).sorted()
      guard unknown.isEmpty else {
        throw ImportError.otherEvents(
          unknown, file: byEvent[unknown[0]] ?? "", place: source.words, known: known)
      }
    }
    return byEvent.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}
