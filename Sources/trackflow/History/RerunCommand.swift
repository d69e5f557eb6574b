import ArgumentParser
import ArtifactStore
import EventData
import Execution
import Foundation
import JSONDocument
import Stages
import Synchronization
import TerminalDisplay

/// `trackflow rerun`: makes an artifact again from what it says of itself.
struct RerunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rerun",
    abstract: "Make an artifact again from what its file says, and compare the bits.",
    discussion: HelpText.discussion(
      """
      Takes kind, version, parameters, event and inputs from the file's header. Inputs that the \
      cache holds are taken from it, and all others are made again, back to the events' files, \
      which are found by their content. The cache is only read: what is made lies in a temporary \
      folder (TMPDIR) and is removed at the end. Other bits than the file's are an error.
      """,
      examples: [
        "rerun --from cache/objects/3f/3fa2….tfz",
        "rerun --from tracks.tfz --cache other --data events --out again.tfz",
      ], exits: [.badData, .missingInput]))

  @Option(help: ArgumentHelp("The artifact's file.", valueName: "file"))
  var from: String

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "A folder to look for the events' files in, beside where they were; can be repeated.",
      valueName: "dir"))
  var data: [String] = []

  @Option(help: ArgumentHelp("Write what was made to this file.", valueName: "file"))
  var out: String?

  @OptionGroup var cacheOptions: CacheOptions

  @Flag(name: .long, help: "Print one JSON object on standard output.")
  var json = false

  @Flag(name: .long, help: "Say nothing but errors.")
  var quiet = false

  func validate() throws {
    for folder in data where !FileManager.default.fileExists(atPath: folder) {
      throw ValidationError("--data \(folder): there is no such folder")
    }
  }

  func run() async throws {
    do {
      let outcome = try await remake()
      if let out { try FileSystem.publish(outcome.bytes, to: out) }
      if json {
        print(text(of: outcome).json.prettyText)
      } else if !quiet {
        for line in text(of: outcome).lines { print(HistoryText.plain(line)) }
      }
      if !outcome.isSame { throw ExitCode(ExitStatus.badData.rawValue) }
    } catch let error as ArtifactError {
      // A file that is no artifact is bad data, and no fault of the storage.
      switch error {
      case .notFound: throw failing(error, as: .missingInput)
      case .damaged, .newerFormat: throw failing(error, as: .badData)
      default: throw failing(error)
      }
    } catch {
      throw failing(error)
    }
  }

  private func remake() async throws -> Rerun.Outcome {
    let store = cacheOptions.store
    let scratch = ScratchFolder()
    defer { scratch.remove() }
    guard FileManager.default.fileExists(atPath: store.root) else {
      return try rerun(store, nil, scratch).remake(from)
    }
    let access = CacheAccess(store: store, progress: runDisplayOnStandardError())
    return try await access.withCatalog { catalog in
      try rerun(store, catalog, scratch).remake(from)
    }
  }

  private func rerun(_ store: ObjectStore, _ catalog: Catalog?, _ scratch: ScratchFolder) -> Rerun {
    let says = !quiet
    return Rerun(
      kinds: StageKinds.all, cache: store, catalog: catalog,
      scratch: ObjectStore(root: scratch.path), folders: data,
      digest: FileDigest.sha256(ofFile:), threads: ProcessInfo.processInfo.activeProcessorCount
    ) { words in
      if says { FileHandle.standardError.write(Data("\(words)\n".utf8)) }
    }
  }

  private func text(of outcome: Rerun.Outcome) -> RerunText { RerunText(outcome: outcome) }
}

extension Rerun.Outcome {
  /// Whether the content is the same, however the file is packed.
  var isSame: Bool { isSameFile || differences.isEmpty }
}

/// What a rerun says at its end.
struct RerunText {
  let outcome: Rerun.Outcome

  var lines: [String] {
    let key = outcome.original.key.short
    let inputs = "\(outcome.inputsTaken) inputs from the cache, \(outcome.inputsMade) made again"
    if outcome.isSameFile { return ["same bits: \(outcome.original.kind) \(key) (\(inputs))"] }
    if outcome.isSame {
      return ["same content, packed differently: \(outcome.original.kind) \(key) (\(inputs))"]
    }
    return ["DIFFERENT: \(outcome.original.kind) \(key) (\(inputs))"]
      + outcome.differences.map { "  \($0)" }
  }

  var json: JSONValue {
    [
      "key": .string(outcome.original.key.hex), "kind": .string(outcome.original.kind),
      "isSame": .bool(outcome.isSame), "isSameFile": .bool(outcome.isSameFile),
      "differences": .array(outcome.differences.map { .string($0) }),
      "inputsMade": .integer(outcome.inputsMade), "inputsTaken": .integer(outcome.inputsTaken),
    ]
  }
}

/// A folder for what is made, which goes also where a person stops the command.
private final class ScratchFolder: Sendable {
  let path = FileManager.default.temporaryDirectory
    .appending(path: "trackflow-rerun-\(UUID().uuidString)").path
  private let sources = Mutex<[any DispatchSourceSignal]>([])

  init() {
    let path = path
    sources.withLock { sources in
      sources = [SIGINT, SIGTERM, SIGHUP].map { number in
        signal(number, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: number)
        source.setEventHandler {
          try? FileManager.default.removeItem(atPath: path)
          _exit(ExitStatus.interrupted.rawValue)
        }
        source.resume()
        return source
      }
    }
  }

  func remove() { try? FileManager.default.removeItem(atPath: path) }
}
