import ArgumentParser
import ArtifactStore
import Foundation
import JSONDocument
import Reconstruction
import Stages
import TerminalDisplay

/// `trackflow weights`: the trained sets, and how a workflow's stages become one.
struct WeightsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "weights",
    abstract: "List trained weights, and make them of a workflow's results.",
    discussion: """
      Ends with 64 for wrong usage, 65 for a file that holds no whole weights, 66 for results or \
      files that are not there, 74 for a storage error, 78 for a workflow that is no chain.
      """,
    subcommands: [WeightsShowCommand.self, WeightsExportCommand.self],
    defaultSubcommand: WeightsShowCommand.self)
}

struct WeightsShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Say what weights are for and where they come from.")

  @Argument(
    help: ArgumentHelp(
      "Sets or files (default: the sets that are part of the program).", valueName: "name|file"))
  var sets: [String] = []

  @Flag(name: .long, help: "Print one JSON object, workflows included.")
  var json = false

  func run() throws {
    do {
      let all = try (sets.isEmpty ? ShippedWeights.names : sets).map {
        try ShippedWeights.load($0)
      }
      if json {
        print(JSONValue.object(["sets": .array(all.map(\.description))]).prettyText)
      } else if all.isEmpty {
        print("this program carries no weights")
      } else {
        for weights in all { print(weights.text) }
      }
    } catch {
      throw failing(error)
    }
  }
}

struct WeightsExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write the trained chain of a workflow as one file of weights.",
    discussion: """
      Takes the results from the cache: run the workflow first, with the same --set and --cache.
      """)

  @OptionGroup var study: StudyOptions

  @Option(
    help: ArgumentHelp(
      "The stage extend-tracks that the chain ends with (default: the last).", valueName: "stage"))
  var tracks: String?

  @Option(help: ArgumentHelp("The name of the set.", valueName: "name"))
  var name: String

  @Option(help: ArgumentHelp("The file to write.", valueName: "file"))
  var out: String

  @Option(
    name: .customLong("beam-z"),
    help: ArgumentHelp(
      "How far the collisions trained on are spread along the beam (default: as the workflow or the data set says).",
      valueName: "mm"))
  var beamZ: Double?

  @Option(
    help: ArgumentHelp(
      "What the set was trained on, in words (default: the data set's name).", valueName: "text"))
  var trainedOn: String?

  func validate() throws {
    guard name.wholeMatch(of: /[A-Za-z0-9][A-Za-z0-9\-]*/) != nil else {
      throw ValidationError("--name takes letters, digits and hyphens, not \"\(name)\"")
    }
    if let beamZ, !(beamZ > 0 && beamZ <= 1000) {
      throw ValidationError("--beam-z takes a length of at most 1000 mm, not \(beamZ)")
    }
  }

  func run() async throws {
    do {
      let definition = try study.definition()
      let access = CacheAccess(store: study.store, progress: runDisplayOnStandardError())
      let weights = try await access.withCatalog { catalog in
        try WeightsExport(planner: study.planner(for: definition, catalog: catalog)).weights(
          ofTracks: tracks, named: name, beamSpotZ: beamZ, trainedOn: trainedOn,
          programVersion: ProgramVersion.text)
      }
      let bytes = try weights.encoded()
      try FileSystem.publish(bytes, to: out)
      if study.json {
        print(weights.description.prettyText)
      } else if !study.quiet {
        print(weights.text)
        print("\(bytes.count) bytes in \(out)")
      }
    } catch {
      throw failing(error)
    }
  }
}

extension ReconstructionWeights {
  /// A line for people.
  fileprivate var text: String {
    let scores = provenance.scores.map {
      String(format: "%@ %.4f (%d events)", $0.stage, $0.score, $0.events)
    }
    let facts = [
      "\(chain.passes.count) \(chain.passes.count == 1 ? "pass" : "passes")",
      "\(parameterCount) parameters", usesCells ? "with cells" : "without cells",
      "trained on \(provenance.trainEvents) events (\(provenance.dataSet))",
      String(format: "collisions over %.1f mm along the beam", provenance.beamSpot.z),
    ]
    return "\(name): " + (facts + scores).joined(separator: ", ")
  }

  fileprivate var description: JSONValue {
    [
      "name": .string(name), "passes": .integer(chain.passes.count),
      "parameters": .integer(parameterCount), "layers": .integer(layers.count),
      "usesCells": .bool(usesCells), "provenance": provenance.json,
    ]
  }
}
