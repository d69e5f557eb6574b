import ArgumentParser
import EventData
import EventSimulation
import Foundation
import Synchronization

/// `trackflow simulate`: events to try the program on.
struct SimulateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Make events in the TrackML detector, for want of real ones.",
    discussion: HelpText.discussion(
      """
      Writes hits, cells, particles and truth of each event. An event's content depends on its \
      number, the seed, the pile-up, the beam and the number of particles alone; events that are \
      there already are kept. With --compare, prints figures of such events beside those of the \
      events in another folder.
      """,
      examples: [
        "simulate --events 100 --first 0 --out events --compress",
        "simulate --events 8 --pileup 20 --seed 7 --out small",
        "simulate --compare DIR --events 40",
      ], exits: [.badData, .missingInput, .cannotCreate, .storage]))

  // A negative number is read as one, so that the error speaks of the number.
  @Option(
    name: .customLong("events"), parsing: .unconditional,
    help: ArgumentHelp(
      "How many events (with --compare alone: \(Self.eventsToCompare)).", valueName: "n"))
  var eventCount: Int?

  @Option(parsing: .unconditional, help: ArgumentHelp("The first event's number.", valueName: "id"))
  var first = 0

  @Option(
    help: ArgumentHelp("The folder to write them to.", valueName: "dir"),
    completion: .directory)
  var out: String?

  @Option(
    help: ArgumentHelp(
      "Print how the events compare with those of this folder.", valueName: "dir"),
    completion: .directory)
  var compare: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Another seed gives other events.", valueName: "s"))
  var seed: UInt64 = SimulationConfiguration().seed

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Soft collisions on top of the hard one, on average.", valueName: "mu"))
  var pileup = SimulationConfiguration().pileUp

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Length of the beam spot: one standard deviation in mm (later challenge events: 53).",
      valueName: "mm"))
  var beamZ = SimulationConfiguration().beamSpotZ

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Keep only this many of the collisions' particles, for small events.", valueName: "n"))
  var particles: Int?

  @Flag(help: "Write .csv.zst files.")
  var compress = false

  @Flag(name: .long, help: "Say nothing but errors.")
  var quiet = false

  /// Enough to see what differs, and few enough to wait for.
  static let eventsToCompare = 4

  private var events: Int { eventCount ?? Self.eventsToCompare }

  func validate() throws {
    if eventCount == nil, compare == nil || out != nil {
      throw ValidationError("--events needs the number of events")
    }
    if out == nil, compare == nil {
      throw ValidationError("--out needs the name of a folder")
    }
    do {
      try settings.validate()
      let last = first.addingReportingOverflow(events)
      guard events > 0, first >= 0, !last.overflow, last.partialValue <= 1_000_000_000 else {
        throw SimulationError.eventOutOfRange(first: first, count: events)
      }
    } catch {
      throw ValidationError("\(error)")
    }
    if out?.isEmpty == true { throw ValidationError("--out needs the name of a folder") }
    if compare?.isEmpty == true { throw ValidationError("--compare needs the name of a folder") }
  }

  private var settings: SimulationConfiguration {
    var configuration = SimulationConfiguration()
    configuration.seed = seed
    configuration.pileUp = pileup
    configuration.beamSpotZ = beamZ
    configuration.primaries = particles
    return configuration
  }

  func run() throws {
    if let out { try write(to: out) }
    if let compare { try printComparison(with: compare) }
  }

  private func printComparison(with folder: String) throws {
    do {
      let comparison = FidelityComparison(
        generator: try EventGenerator(configuration: settings),
        ids: Array(first..<first + events), reference: try EventFolder(path: folder), quiet: quiet)
      print(try comparison.table().text, terminator: "")
    } catch {
      throw failing(error)
    }
  }

  private func write(to out: String) throws {
    do {
      let folder = try SimulationFolder(path: out, configuration: settings)
      let generator = try EventGenerator(configuration: settings)
      let missing = (first..<first + events).filter { !folder.holds(event: $0) }
      try make(missing, generator, in: folder)
      if !quiet {
        let kept = events - missing.count
        print("\(missing.count) events made in \(out)" + (kept > 0 ? ", \(kept) kept" : ""))
      }
    } catch {
      FileHandle.standardError.write(Data("trackflow: \(error)\n".utf8))
      let status: ExitStatus = error is SimulationError ? .cannotCreate : .storage
      throw ExitCode(status.rawValue)
    }
  }

  /// What the threads that write events share.
  private struct State {
    var done = 0
    var announced: ContinuousClock.Instant
    var failure: (any Error)?
  }

  /// Makes events on all cores; stops at the first that cannot be written.
  private func make(
    _ ids: [Int], _ generator: EventGenerator, in folder: SimulationFolder
  ) throws {
    let state = Mutex(State(announced: .now))
    let (compress, quiet) = (compress, quiet)
    DispatchQueue.concurrentPerform(iterations: ids.count) { index in
      guard state.withLock({ $0.failure == nil }) else { return }
      do {
        try generator.event(id: ids[index]).write(toFolder: folder.path, compress: compress)
      } catch {
        state.withLock { $0.failure = $0.failure ?? error }
        return
      }
      state.withLock { state in
        state.done += 1
        guard !quiet, .now - state.announced > .seconds(2) else { return }
        state.announced = .now
        let line = "simulated \(state.done) of \(ids.count) events\n"
        FileHandle.standardError.write(Data(line.utf8))
      }
    }
    if let failure = state.withLock({ $0.failure }) { throw failure }
  }
}
