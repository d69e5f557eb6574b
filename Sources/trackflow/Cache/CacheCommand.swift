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
    discussion: HelpText.discussion(
      """
      All of these are safe while runs are on. What runs need is never removed, and whatever is \
      interrupted, also by a power cut, can be given again.
      """,
      examples: [
        "cache list",
        "cache verify",
        "cache verify --deep",
        "cache repair",
        "cache gc --dry-run",
        "cache gc --keep-last 1 --max-size 50GB",
      ], exits: [.badData, .missingInput, .storage]),
    subcommands: [
      CacheListCommand.self, CacheVerifyCommand.self, CacheRepairCommand.self,
      CacheRebuildCommand.self, CacheGCCommand.self,
    ],
    defaultSubcommand: CacheListCommand.self)
}

/// What the commands on a cache are told alike.
struct CacheToolOptions: ParsableArguments {
  @OptionGroup var location: CacheOptions

  @Flag(name: .long, help: "Print one JSON object on standard output.")
  var json = false

  @Flag(name: .long, help: "Say nothing but what is wrong.")
  var quiet = false

  /// The cache.
  ///
  /// - Throws: `CacheCommandError.noCache`.
  func store() throws -> ObjectStore { try location.existingStore() }

  func access(to store: ObjectStore) -> CacheAccess {
    CacheAccess(store: store, progress: quiet ? NoProgress() : runDisplayOnStandardError())
  }

  /// Keeps single results apart from those that runs make; nil where the cache is taken alone.
  func claims(on store: ObjectStore) throws -> ResultClaims? {
    FileSystem.kind(of: store.root) == .local ? try ResultClaims(root: store.root) : nil
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
