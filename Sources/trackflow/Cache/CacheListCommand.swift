import ArgumentParser
import ArtifactStore
import Foundation
import JSONDocument

/// `trackflow cache list`: what is in a cache.
struct CacheListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Say what is in a cache: artifacts, size and time to make, by kind.",
    discussion: HelpText.discussion(
      """
      With --kind: the artifacts of that kind, the latest first, and where workflows last used them.
      """,
      examples: [
        "cache list",
        "cache list --kind build-graphs --limit 10",
      ], exits: [.missingInput]))

  @OptionGroup var options: CacheToolOptions

  @Option(help: ArgumentHelp("List the artifacts of this kind.", valueName: "kind"))
  var kind: String?

  @Option(help: ArgumentHelp("At most this many artifacts.", valueName: "n"))
  var limit = 50

  func validate() throws {
    guard limit > 0 else { throw ValidationError("--limit takes a number from 1, not \(limit)") }
  }

  func run() async throws {
    try await reporting {
      let store = try options.store()
      try await options.access(to: store).withCatalog { catalog in
        let survey = try CacheSurvey(of: store, catalog: catalog)
        if let kind {
          let list = try CacheArtifactList(
            kind: kind, limit: limit, survey: survey, store: store, catalog: catalog)
          if options.json { print(list.json.prettyText) } else { list.lines.forEach(options.say) }
        } else if options.json {
          print(Self.json(of: survey, store: store).prettyText)
        } else {
          Self.lines(of: survey).forEach(options.say)
        }
      }
      return .success
    }
  }

  private static func lines(of survey: CacheSurvey) -> [String] {
    let rows = (survey.kinds + [survey.total]).map { kind in
      [
        kind.name, "\(kind.count)", CacheText.bytes(kind.bytes),
        CacheText.cost(kind.seconds, untimed: kind.untimed),
      ]
    }
    let others = [
      (survey.files.setAside.count, "damaged file set aside", "damaged files set aside"),
      (survey.files.partial.count, "half-written file", "half-written files"),
      (survey.files.foreign.count, "file that belongs to nothing", "files that belong to nothing"),
      (survey.rejections, "refused input remembered", "refused inputs remembered"),
      (survey.runs, "run remembered", "runs remembered"),
      (survey.liveRuns.count, "run on now", "runs on now"),
    ].compactMap { count, one, several in
      count == 0 ? nil : "\(count) \(count == 1 ? one : several)"
    }
    return CacheText.table([["kind", "artifacts", "size", "made in"]] + rows)
      + (others.isEmpty ? [] : [others.joined(separator: ", ")])
  }

  private static func json(of survey: CacheSurvey, store: ObjectStore) -> JSONValue {
    func json(_ kind: CacheSurvey.Kind) -> JSONValue {
      [
        "kind": .string(kind.name), "artifacts": .integer(kind.count),
        "bytes": .integer(Int(kind.bytes)), "seconds": .number(kind.seconds),
        "untimed": .integer(kind.untimed),
      ]
    }
    func bytes(_ items: [CacheFiles.Item]) -> JSONValue {
      .integer(Int(items.reduce(0) { $0 + $1.size }))
    }
    return [
      "cache": .string(store.root), "kinds": .array(survey.kinds.map(json)),
      "total": json(survey.total), "setAside": .integer(survey.files.setAside.count),
      "setAsideBytes": bytes(survey.files.setAside),
      "partial": .integer(survey.files.partial.count),
      "partialBytes": bytes(survey.files.partial),
      "foreign": .integer(survey.files.foreign.count), "rejections": .integer(survey.rejections),
      "runs": .integer(survey.runs), "liveRuns": .array(survey.liveRuns.map { .string($0) }),
    ]
  }
}
