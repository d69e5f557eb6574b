import ArgumentParser
import ArtifactStore
import Foundation
import JSONDocument

/// `trackflow cache repair`: mends what a check finds.
struct CacheRepairCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "repair",
    abstract: "Mend what \"cache verify\" finds.",
    discussion: HelpText.discussion(
      """
      Damaged artifacts go to the folder \"damaged\" of the cache, and the next run makes them again; \
      what the catalog knows is brought to what is there; half-written files of dead writers go; a \
      damaged catalog is made anew, for which runs that are on are waited for. What a run is making \
      at the moment is left to it.
      """,
      examples: [
        "cache repair",
        "cache repair --deep",
      ], exits: [.badData, .missingInput, .storage]))

  @OptionGroup var options: CacheToolOptions

  @Flag(name: .long, help: "Unpack and check every byte of every artifact.")
  var deep = false

  func run() async throws {
    try await reporting {
      let store = try options.store()
      let access = options.access(to: store)
      let faults = try await check(store, access)
      if faults.contains(where: \.isOfCatalog) { _ = try await access.rebuildCatalog(always: true) }
      let mended = try await access.withCatalog { catalog in
        let repair = CacheRepair(
          store: store, catalog: catalog, claims: try options.claims(on: store))
        return try faults.map { (fault: $0, outcome: try repair.mend($0)) }
      }
      report(mended, in: store)
      return mended.allSatisfy { $0.outcome.isMended } ? .success : .badData
    }
  }

  private func check(_ store: ObjectStore, _ access: CacheAccess) async throws -> [CacheFault] {
    let lock = try await access.lock(access.mode)
    defer { withExtendedLifetime(lock) {} }
    let progress = CacheProgress(isShown: !options.quiet)
    defer { progress.end() }
    return try CacheCheck(store: store, isDeep: deep).perform { progress.update($0) }.faults
  }

  private func report(
    _ mended: [(fault: CacheFault, outcome: CacheRepair.Outcome)], in store: ObjectStore
  ) {
    if options.json {
      let list = mended.map { fault, outcome in
        JSONValue.object(
          (CacheFaultText.json(fault).members ?? []) + [
            JSONMember(name: "mended", value: .bool(outcome.isMended)),
            JSONMember(name: "done", value: .string(outcome.words)),
          ])
      }
      print(
        JSONValue.object(["cache": .string(store.root), "faults": .array(list)]).prettyText)
      return
    }
    for (fault, outcome) in mended {
      if !outcome.isMended || !options.quiet {
        print("\(fault.path): \(fault.words): \(outcome.words)")
      }
    }
    let left = mended.count { !$0.outcome.isMended }
    options.say(
      mended.isEmpty
        ? "nothing is wrong"
        : "\(mended.count - left) mended" + (left > 0 ? ", \(left) left" : ""))
  }
}

extension CacheFault {
  fileprivate var isOfCatalog: Bool {
    switch self {
    case .catalogDamaged, .catalogGone: true
    default: false
    }
  }
}

extension CacheRepair.Outcome {
  fileprivate var isMended: Bool { if case .mended = self { true } else { false } }

  fileprivate var words: String {
    switch self {
    case .mended(let words), .left(let words): words
    }
  }
}
