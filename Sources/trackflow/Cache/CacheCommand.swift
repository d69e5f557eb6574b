import ArgumentParser
import ArtifactStore
import Execution
import Foundation
import TerminalDisplay

/// `trackflow cache`: what is in a cache, whether it is whole, and what may go.
struct CacheCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cache",
    abstract: "Look at a cache, check it, mend it, and make room in it.",
    discussion: """
      All of these are safe while runs are on. What runs need is never removed, and whatever is \
      interrupted, also by a power cut, can be given again.

      EXAMPLES
        trackflow cache list                         what is in it
        trackflow cache verify                       is everything there? (seconds)
        trackflow cache verify --deep                is every byte whole? (reads everything)
        trackflow cache repair                       mend what verify finds
        trackflow cache gc --dry-run                 what no remembered run uses
        trackflow cache gc --keep-last 1 --max-size 50GB

      Exit codes: 0 all is well, 64 wrong usage, 65 something is wrong and said, 66 no such cache, \
      74 storage error, or the cache of a newer trackflow.
      """,
    subcommands: [
      CacheListCommand.self, CacheVerifyCommand.self, CacheRepairCommand.self,
      CacheRebuildCommand.self, CacheGCCommand.self,
    ],
    defaultSubcommand: CacheListCommand.self)
}

/// What the commands on a cache are told alike.
struct CacheOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The cache folder (default: $TRACKFLOW_CACHE, else \"cache\" in this folder).",
      valueName: "dir"))
  var cache: String?

  @Flag(name: .long, help: "Print one JSON object on standard output.")
  var json = false

  @Flag(name: .long, help: "Say nothing but what is wrong.")
  var quiet = false

  /// The cache.
  ///
  /// - Throws: `CacheCommandError.noCache`.
  func store() throws -> ObjectStore {
    let environment = ProcessInfo.processInfo.environment["TRACKFLOW_CACHE"]
    let path = cache ?? environment.flatMap { $0.isEmpty ? nil : $0 } ?? "cache"
    let store = ObjectStore(root: URL(filePath: path).standardized.path)
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: store.root, isDirectory: &isFolder),
      isFolder.boolValue
    else { throw CacheCommandError.noCache(path: store.root) }
    return store
  }

  func access(to store: ObjectStore) -> CacheAccess {
    CacheAccess(store: store, progress: quiet ? NoProgress() : runDisplayOnStandardError())
  }

  /// Keeps single results apart from those that runs make; nil where the cache is taken alone.
  func claims(on store: ObjectStore) throws -> ResultClaims? {
    FileSystem.kind(of: store.root) == .local ? try ResultClaims(root: store.root) : nil
  }

  /// Does the work of a command; what goes wrong is said, and decides the exit code.
  func reporting(_ body: () async throws -> ExitStatus) async throws {
    do {
      let status = try await body()
      if status != .success { throw ExitCode(status.rawValue) }
    } catch {
      throw failing(error)
    }
  }

  /// A line for people, unless they want none.
  func say(_ line: String) {
    if !quiet, !json { print(line) }
  }
}

/// Why a command on a cache could not do what it was asked for.
enum CacheCommandError: Error, CustomStringConvertible {
  case noCache(path: String)
  case noArtifact(prefix: String, path: String)

  var description: String {
    switch self {
    case .noCache(let path): "\(path): there is no cache; choose one with --cache"
    case .noArtifact(let prefix, let path): "\(path): no artifact's key begins with \(prefix)"
    }
  }
}
