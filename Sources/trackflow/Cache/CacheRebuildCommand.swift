import ArgumentParser
import ArtifactStore
import Foundation
import JSONDocument

/// `trackflow cache rebuild`: makes the catalog anew.
struct CacheRebuildCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rebuild",
    abstract: "Make the catalog of a cache anew from the artifacts.",
    discussion: HelpText.discussion(
      """
      Needs the cache alone: waits for runs that are on, and says for whom. What only the old catalog \
      knew is kept where it can be read: what results took to make, refused inputs, digests of input \
      files, what workflows used. The artifacts themselves and the runs' history are not touched.
      """,
      examples: [
        "cache rebuild"
      ], exits: [.missingInput, .storage]))

  @OptionGroup var options: CacheToolOptions

  func run() async throws {
    try await reporting {
      let store = try options.store()
      let rebuilt = try await options.access(to: store).rebuildCatalog(always: true)
      guard let counts = rebuilt else { return .success }
      if options.json {
        print(Self.json(of: counts, store: store).prettyText)
      } else {
        for words in counts.unreadable { print("left out: \(words)") }
        Self.lines(of: counts).forEach(options.say)
      }
      return counts.unreadable.isEmpty ? .success : .badData
    }
  }

  private static func lines(of counts: CatalogRebuild.Counts) -> [String] {
    [
      "\(CacheText.count(counts.artifacts, "artifact")) entered: \(counts.checked) were checked before and"
        + " did not change, \(counts.timed) with what they took to make",
      "kept: \(CacheText.count(counts.recipes, "recipe")), \(CacheText.count(counts.results, "result"))"
        + " of workflows, \(CacheText.count(counts.rejections, "refused input")),"
        + " \(CacheText.count(counts.digests, "digest")) of input files",
    ] + (counts.setAside.map { ["the old catalog was set aside as \($0)"] } ?? [])
  }

  private static func json(of counts: CatalogRebuild.Counts, store: ObjectStore) -> JSONValue {
    [
      "cache": .string(store.root), "artifacts": .integer(counts.artifacts),
      "checked": .integer(counts.checked), "timed": .integer(counts.timed),
      "recipes": .integer(counts.recipes), "results": .integer(counts.results),
      "rejections": .integer(counts.rejections), "digests": .integer(counts.digests),
      "unreadable": .array(counts.unreadable.map { .string($0) }),
      "setAside": counts.setAside.map { .string($0) } ?? .null,
    ]
  }
}
