import ArgumentParser
import EventData
import Foundation
import JSONDocument
import Reconstruction

/// `trackflow reconstruct`: from the hits of events to their tracks, with trained weights.
struct ReconstructCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reconstruct",
    abstract: "Find the tracks of events with trained weights.",
    discussion: HelpText.discussion(
      """
      An event is a folder (all of its events), FOLDER/eventNNNNNNNNN, FOLDER/NNNN or a hits file. \
      Each event gives one submission file, whole or not at all. Without --weights or a data set \
      that names some, each event gets the set that fits how far its collisions are spread along \
      the beam.
      """,
      examples: [
        "reconstruct DIR --out submissions",
        "reconstruct DIR/event000001000 --out submissions --fast",
        "reconstruct --data-set kaggle-train-sample --out submissions --json",
      ], exits: [.eventsSetAside, .badData, .missingInput, .cannotCreate]))

  @Argument(
    help: ArgumentHelp("Events (default: those of the data set).", valueName: "event"),
    completion: .file())
  var events: [String] = []

  @Option(
    help: ArgumentHelp("The folder for the submission files.", valueName: "dir"),
    completion: .directory)
  var out: String

  @Option(
    help: ArgumentHelp(
      "A set that trackflow weights lists, or a file of weights.", valueName: "name|file"),
    completion: Completions.weights)
  var weights: String?

  @Option(
    name: .customLong("data-set"),
    help: ArgumentHelp(
      "The data set that the events are of: its field, detector and weights.", valueName: "name"),
    completion: Completions.dataSet)
  var dataSetName: String?

  @Option(
    help: ArgumentHelp(
      "The detector's modules (default: the data set's, else the TrackML detector).",
      valueName: "file"), completion: Completions.table)
  var detectors: String?

  @Option(help: ArgumentHelp("Threads (default: one a core).", valueName: "n"))
  var threads: Int?

  @Flag(
    name: .long,
    help: "Look at fewer candidates: about half the time, and about a hundredth less of the score.")
  var fast = false

  @OptionGroup var manifest: ManifestOptions

  @Flag(name: .long, help: "Print one JSON object on standard output.")
  var json = false

  func validate() throws {
    if out.isEmpty { throw ValidationError("--out needs the name of a folder") }
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads takes a number from 1 to 1024, not \(threads)")
    }
  }

  func run() throws {
    do {
      let status = try carryOut()
      if status != .success { throw ExitCode(status.rawValue) }
    } catch {
      throw failing(error)
    }
  }

  private func carryOut() throws -> ExitStatus {
    let dataSet = try dataSetName.map {
      try DataManifest.load(path: manifest.path).dataSet(named: $0)
    }
    let named = events.isEmpty ? dataSet.map { [$0.folder] } ?? [] : events
    guard !named.isEmpty else { throw EventArgumentError.none }
    let (inputs, missing) = try EventArgument.resolve(named)
    let declared = dataSet?.detectors.flatMap {
      FileManager.default.fileExists(atPath: $0) ? $0 : nil
    }
    let reconstruction = try EventReconstruction(
      choice: WeightsChoice(told: weights, dataSet: dataSet), detectors: detectors ?? declared,
      field: dataSet?.field, folder: out, isFast: fast,
      threads: threads ?? ProcessInfo.processInfo.activeProcessorCount)
    var failed = missing
    for (_, error) in failed { complain("\(error)") }
    var done: [ReconstructedEvent] = []
    for input in inputs {
      do {
        let event = try reconstruction.run(input)
        if !json, !manifest.quiet { print(event.text) }
        done.append(event)
      } catch {
        complain("event \(input.event): \(error)")
        failed.append(("event \(input.event)", error))
      }
    }
    let warnings = ReconstructionWarnings.lines(done)
    for warning in warnings { complain("warning: \(warning)") }
    if json {
      print(summary(done, failed, warnings).prettyText)
    } else if !manifest.quiet, !done.isEmpty {
      let sets = Set(done.map(\.weights)).sorted().joined(separator: ", ")
      print("\(done.count) \(done.count == 1 ? "event" : "events") in \(out), weights \(sets)")
    }
    guard let first = failed.first else { return .success }
    return done.isEmpty ? ExitStatus(of: first.error) : .eventsSetAside
  }

  private func summary(
    _ done: [ReconstructedEvent], _ failed: [(name: String, error: any Error)],
    _ warnings: [String]
  ) -> JSONValue {
    [
      "out": .string(out), "events": .array(done.map(\.json)),
      "failed": .array(
        failed.map { ["name": .string($0.name), "reason": .string("\($0.error)")] }),
      "warnings": .array(warnings.map { .string($0) }),
    ]
  }

  private func complain(_ words: String) {
    FileHandle.standardError.write(Data("trackflow: \(words)\n".utf8))
  }
}
