import ArgumentParser
import ArtifactStore
import Foundation
import JSONDocument

/// `trackflow cache verify`: whether a cache is whole.
struct CacheVerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check that everything in a cache is whole and in its place; nothing is changed.",
    discussion: HelpText.discussion(
      """
      Looks at every artifact's file, header and key and at its row in the catalog, at the catalog \
      itself, at the remembered runs, and for files that belong to nothing. With --deep every byte \
      is read and checked, on all cores. Runs may go on meanwhile.
      """,
      examples: [
        "cache verify",
        "cache verify --deep --json > faults.json",
      ], exits: [.badData, .missingInput]))

  @OptionGroup var options: CacheToolOptions

  @Flag(name: .long, help: "Unpack and check every byte of every artifact.")
  var deep = false

  func run() async throws {
    try await reporting {
      let store = try options.store()
      let access = options.access(to: store)
      let lock = try await access.lock(access.mode)
      defer { withExtendedLifetime(lock) {} }
      let progress = CacheProgress(isShown: !options.quiet)
      let outcome = try CacheCheck(store: store, isDeep: deep).perform { progress.update($0) }
      progress.end()
      if options.json {
        print(Self.json(of: outcome, store: store, isDeep: deep).prettyText)
      } else {
        for fault in outcome.faults { print(CacheFaultText.line(fault)) }
        options.say(Self.summary(of: outcome, isDeep: deep))
      }
      return outcome.faults.isEmpty ? .success : .badData
    }
  }

  private static func summary(of outcome: CacheCheck.Outcome, isDeep: Bool) -> String {
    let amount =
      "\(CacheText.count(outcome.artifacts, "artifact")), \(CacheText.bytes(outcome.bytes))"
    let unchecked =
      outcome.unchecked > 0
      ? "; \(outcome.unchecked) of them were never read in full (--deep does, as does their next use)"
      : ""
    return outcome.faults.isEmpty
      ? "nothing is wrong: \(amount)\(isDeep ? ", every byte checked" : "")\(unchecked)"
      : "\(CacheText.count(outcome.faults.count, "thing")) wrong: \(amount)\(unchecked)"
  }

  private static func json(
    of outcome: CacheCheck.Outcome, store: ObjectStore, isDeep: Bool
  ) -> JSONValue {
    [
      "cache": .string(store.root), "deep": .bool(isDeep),
      "artifacts": .integer(outcome.artifacts), "bytes": .integer(Int(outcome.bytes)),
      "unchecked": .integer(outcome.unchecked), "runs": .integer(outcome.runs),
      "faults": .array(outcome.faults.map(CacheFaultText.json)),
    ]
  }
}

/// Faults of a cache, for people and for programs.
enum CacheFaultText {
  static func line(_ fault: CacheFault) -> String {
    "\(fault.path): \(fault.words); \(fault.remedy)"
  }

  static func json(_ fault: CacheFault) -> JSONValue {
    [
      "fault": .string(fault.name), "path": .string(fault.path),
      "key": fault.key.map { .string($0.hex) } ?? .null, "words": .string(fault.words),
      "remedy": .string(fault.remedy),
    ]
  }
}
