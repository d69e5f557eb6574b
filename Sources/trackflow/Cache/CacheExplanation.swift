import ArtifactStore
import Foundation
import JSONDocument
import TerminalDisplay

/// What keeps artifacts in a cache: the runs that use them, and the rules.
struct CacheExplanation {
  private struct Entry {
    var key: ArtifactKey
    var size: Int64
    var made: Double
    var row: ArtifactRow?
    var runs: [RunRecord]
    var keeper: ArtifactKeeper?
  }

  private let entries: [Entry]

  /// - Parameter prefix: what the artifacts' keys begin with.
  /// - Throws: `CacheCommandError.noArtifact` where there is none.
  init(prefix: String, rules: GarbageRules, store: ObjectStore, catalog: Catalog) throws {
    let judge = GarbageJudge(
      registry: RunRegistry(store: store), rules: rules, now: Date().timeIntervalSince1970)
    let rows = try catalog.artifactRows()
    entries = CacheFiles(of: store).artifacts.filter { $0.key.hex.hasPrefix(prefix) }.map {
      key, stamp in
      Entry(
        key: key, size: stamp.size, made: Double(stamp.modified) / 1e9, row: rows[key],
        runs: judge.use.runs(using: key), keeper: judge.keeper(of: key, stamp: stamp))
    }
    guard !entries.isEmpty else {
      throw CacheCommandError.noArtifact(prefix: prefix, path: store.root)
    }
  }

  var lines: [String] { entries.flatMap(Self.lines) }

  private static func lines(of entry: Entry) -> [String] {
    let kind = entry.row?.kind ?? "not in the catalog"
    let took = entry.row?.seconds.map { " in \(DurationText.text($0))" } ?? ""
    let runs = entry.runs.map { "\($0.id) (\($0.status.rawValue))" }.joined(separator: ", ")
    return [
      "\(entry.key.short)  \(kind), \(CacheText.bytes(entry.size)), made \(CacheText.time(entry.made))\(took)",
      "  used by: \(runs.isEmpty ? "no remembered run" : runs)",
      "  " + (entry.keeper.map { "stays: \($0.words)" } ?? "may go: no rule keeps it"),
    ]
  }

  var json: JSONValue {
    [
      "artifacts": .array(
        entries.map { entry in
          [
            "key": .string(entry.key.hex), "kind": entry.row.map { .string($0.kind) } ?? .null,
            "bytes": .integer(Int(entry.size)), "made": .number(entry.made),
            "seconds": entry.row?.seconds.map { .number($0) } ?? .null,
            "runs": .array(entry.runs.map { .string($0.id) }),
            "keptBy": entry.keeper.map { .string($0.words) } ?? .null,
          ]
        })
    ]
  }
}
