import ArtifactStore
import Foundation
import JSONDocument
import TerminalDisplay

/// The artifacts of one kind, the latest first.
struct CacheArtifactList {
  private struct Entry {
    var key: ArtifactKey
    var size: Int64
    var made: Double
    var seconds: Double?
    var event: Int?
    var places: [ResultPlace]
  }

  private let kind: String
  private let entries: [Entry]
  /// How many there are, the listed ones included.
  private let count: Int

  init(
    kind: String, limit: Int, survey: CacheSurvey, store: ObjectStore, catalog: Catalog
  ) throws {
    self.kind = kind
    let all = survey.files.artifacts.filter { survey.rows[$0.key]?.kind == kind }
    count = all.count
    let chosen = all.sorted { $0.stamp.modified > $1.stamp.modified }.prefix(limit)
    let places = try catalog.resultPlaces()
    let recipes = try catalog.recipes(of: chosen.map(\.key))
    entries = chosen.map { key, stamp in
      let recipe = recipes[key].flatMap {
        try? JSONDocument(parsing: Array($0.utf8), file: "catalog").root
      }
      return Entry(
        key: key, size: stamp.size, made: Double(stamp.modified) / 1e9,
        seconds: survey.rows[key]?.seconds, event: recipe?["event"]?.intValue,
        places: places[key] ?? [])
    }
  }

  var lines: [String] {
    guard !entries.isEmpty else { return ["no artifacts of the kind \(kind)"] }
    let rows = entries.map { entry in
      [
        entry.key.short, CacheText.bytes(entry.size), CacheText.time(entry.made),
        entry.seconds.map(DurationText.text) ?? "",
        entry.event.map(String.init) ?? "",
        entry.places.map { "\($0.workflow)/\($0.stage)" }.joined(separator: ", "),
      ]
    }
    let more = count - entries.count
    return CacheText.table(
      [["key", "size", "made (UTC)", "took", "event", "last used by"]] + rows)
      + (more > 0 ? ["and \(more) more (--limit)"] : [])
  }

  var json: JSONValue {
    [
      "kind": .string(kind), "count": .integer(count),
      "artifacts": .array(
        entries.map { entry in
          [
            "key": .string(entry.key.hex), "bytes": .integer(Int(entry.size)),
            "made": .number(entry.made), "seconds": entry.seconds.map { .number($0) } ?? .null,
            "event": entry.event.map { .integer($0) } ?? .null,
            "usedBy": .array(
              entry.places.map { place in
                [
                  "workflow": .string(place.workflow), "stage": .string(place.stage),
                  "event": place.event.map { .integer($0) } ?? .null,
                ]
              }),
          ]
        }),
    ]
  }
}
