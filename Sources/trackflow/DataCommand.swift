import ArgumentParser
import EventData
import Foundation
import JSONDocument

/// `trackflow data`: which data sets there are, whether they are whole, and where they lie.
struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data",
    abstract: "List, verify and add data sets.",
    discussion: HelpText.discussion(
      """
      A manifest names data sets, and says where their files lie and what is known of them.
      """,
      examples: [
        "data list", "data verify kaggle-train-sample",
        "data add kaggle-train-sample --path DIR",
      ], exits: [.badData, .missingInput, .cannotCreate]),
    subcommands: [DataListCommand.self, DataVerifyCommand.self, DataAddCommand.self])
}

/// What the subcommands are told alike.
struct ManifestOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The manifest (default: $TRACKFLOW_MANIFEST, else \"data-manifest.json\").",
      valueName: "file"), completion: Completions.manifest)
  var manifest: String?

  @Flag(name: .long, help: "Say nothing but errors.")
  var quiet = false

  var path: String { manifest ?? Self.usualPath }

  /// The manifest where none is named.
  static var usualPath: String {
    let environment = ProcessInfo.processInfo.environment["TRACKFLOW_MANIFEST"]
    return environment.flatMap { $0.isEmpty ? nil : $0 } ?? "data-manifest.json"
  }

  /// Runs a command's work and turns what goes wrong into words and an exit code.
  func reporting(_ body: () throws -> Void) throws {
    do {
      try body()
    } catch let error as EventDataError {
      DataOutput.complain("\(error)")
      throw ExitCode(DataOutput.status(of: error))
    }
  }
}

struct DataListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the data sets, where they lie, and what is there.",
    discussion: HelpText.discussion(
      examples: ["data list", "data list --json --manifest data-manifest.json"],
      exits: [.badData, .missingInput]))

  @OptionGroup var options: ManifestOptions

  @Flag(name: .long, help: "Print one JSON object on standard output.")
  var json = false

  func run() throws {
    try options.reporting {
      let manifest = try DataManifest.load(path: options.path)
      let found = manifest.dataSets.map { dataSet in
        (try? EventFolder(path: dataSet.folder))?.events.count(where: dataSet.events.contains) ?? 0
      }
      if json {
        let list = zip(manifest.dataSets, found).map { dataSet, found in
          JSONValue.object([
            "name": .string(dataSet.name), "description": .string(dataSet.description),
            "path": .string(dataSet.folder), "isLocal": .bool(dataSet.isLocal),
            "firstEvent": .integer(dataSet.events.lowerBound),
            "lastEvent": .integer(dataSet.events.upperBound), "eventsFound": .integer(found),
            "weights": dataSet.weights.map { .string($0) } ?? .null,
          ])
        }
        print(JSONValue.object(["datasets": .array(list)]).prettyText)
        return
      }
      for (dataSet, found) in zip(manifest.dataSets, found) {
        print("\(dataSet.name)  \(dataSet.description)")
        let range = "events \(dataSet.events.lowerBound)-\(dataSet.events.upperBound)"
        let isOnDemand = dataSet.isMade && !dataSet.isLocal
        let state =
          isOnDemand
          ? "made by the workflows that name it"
          : "\(found == 0 ? "absent" : "\(found) found") in \(dataSet.folder)"
        print("  \(range), \(state)")
        if found == 0, !isOnDemand, let instructions = dataSet.instructions {
          print("  to get it: \(instructions)")
        }
      }
    }
  }
}

struct DataAddCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Note where a data set lies on this machine; a new name makes a new data set.",
    discussion: HelpText.discussion(
      """
      The folder is noted beside the manifest, in a file of this machine only.
      """,
      examples: ["data add kaggle-train-sample --path DIR"],
      exits: [.badData, .missingInput, .cannotCreate]))

  @Argument(help: "The data set's name.", completion: Completions.dataSet)
  var name: String

  @Option(
    name: .customLong("path"), help: ArgumentHelp("The folder of events.", valueName: "dir"),
    completion: .directory)
  var folder: String

  @OptionGroup var options: ManifestOptions

  func run() throws {
    try options.reporting {
      let dataSet = try DataManifest.add(name, folder: folder, to: options.path)
      guard !options.quiet else { return }
      let found = try EventFolder(path: dataSet.folder).events.filter(dataSet.events.contains)
      print("\(dataSet.name): \(found.count) events in \(dataSet.folder)")
    }
  }
}

/// How the data commands speak.
enum DataOutput {
  static func complain(_ text: String) {
    FileHandle.standardError.write(Data("trackflow: \(text)\n".utf8))
  }

  /// The exit code for an error.
  static func status(of error: EventDataError) -> Int32 {
    switch error {
    case .malformed, .inconsistent, .compressed, .array, .manifest: 65
    case .unreadable, .missingFile, .noEvents: 66
    case .unknownDataSet: 64
    case .unwritable: 73
    }
  }
}
