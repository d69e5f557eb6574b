import ArtifactStore
import JSONDocument

/// What goes from a cache and what stays, for people and for programs.
struct GarbageText {
  let plan: GarbagePlan
  let isDryRun: Bool

  /// Things that go, of one sort.
  private struct Group {
    var name: String
    var count = 0
    var bytes: Int64 = 0
    var seconds = 0.0
    var untimed = 0
  }

  private var kinds: [Group] {
    var found: [String: Group] = [:]
    for item in plan.artifacts {
      let name = item.kind.isEmpty ? "not in the catalog" : item.kind
      found[name, default: Group(name: name)].count += 1
      found[name]!.bytes += item.size
      found[name]!.seconds += item.seconds ?? 0
      found[name]!.untimed += item.seconds == nil ? 1 : 0
    }
    return found.values.sorted { $0.name < $1.name }
  }

  private var leftovers: [Group] {
    [("files set aside", plan.setAside), ("half-written files", plan.partial)].compactMap {
      name, items in
      items.isEmpty
        ? nil : Group(name: name, count: items.count, bytes: items.reduce(0) { $0 + $1.size })
    }
  }

  var lines: [String] {
    var rows = kinds.map { group in
      [
        group.name, "\(group.count)", CacheText.bytes(group.bytes),
        CacheText.remaking(group.seconds, untimed: group.untimed),
      ]
    }
    rows += leftovers.map { [$0.name, "\($0.count)", CacheText.bytes($0.bytes), ""] }
    if !plan.runs.isEmpty { rows.append(["runs forgotten", "\(plan.runs.count)", "", ""]) }
    let untimed = plan.artifacts.count { $0.seconds == nil }
    if !rows.isEmpty {
      rows.append([
        "together", "\(plan.artifacts.count + plan.setAside.count + plan.partial.count)",
        CacheText.bytes(plan.bytes),
        plan.artifacts.isEmpty
          ? "" : CacheText.remaking(plan.seconds, untimed: untimed),
      ])
    }
    let verb = isDryRun ? "would go" : "goes"
    return (rows.isEmpty ? ["nothing \(verb)"] : ["what \(verb):"])
      + CacheText.table(rows).map { "  " + $0 }
      + (plan.keptBy.isEmpty ? [] : ["what stays:"])
      + CacheText.table(
        plan.keptBy.map { ["\($0.count)", CacheText.bytes($0.bytes), $0.keeper] }
      ).map { "  " + $0 }
  }

  func lines(of outcome: GarbageCollection.Outcome) -> [String] {
    outcome.kept.map { "kept \($0.key.short): \($0.reason)" }
      + [
        "removed \(CacheText.count(outcome.artifacts, "artifact")),"
          + " \(CacheText.bytes(outcome.bytes))"
      ]
  }

  func json(outcome: GarbageCollection.Outcome, cache: String) -> JSONValue {
    [
      "cache": .string(cache), "dryRun": .bool(isDryRun),
      "groups": .array(
        kinds.map { group in
          [
            "kind": .string(group.name), "artifacts": .integer(group.count),
            "bytes": .integer(Int(group.bytes)), "seconds": .number(group.seconds),
            "untimed": .integer(group.untimed),
          ]
        }),
      "artifacts": .array(plan.artifacts.map { .string($0.key.hex) }),
      "bytes": .integer(Int(plan.bytes)), "seconds": .number(plan.seconds),
      "setAside": .integer(plan.setAside.count), "partial": .integer(plan.partial.count),
      "runsForgotten": .array(plan.runs.map { .string($0.id) }),
      "kept": .array(
        plan.keptBy.map { kept in
          [
            "why": .string(kept.keeper), "artifacts": .integer(kept.count),
            "bytes": .integer(Int(kept.bytes)),
          ]
        }),
      "obstacles": .array(plan.obstacles.map { CacheFaultText.json(.run($0)) }),
      "removed": .integer(outcome.artifacts), "removedBytes": .integer(Int(outcome.bytes)),
      "keptAfterAll": .array(
        outcome.kept.map { ["key": .string($0.key.hex), "why": .string($0.reason)] }),
    ]
  }
}
