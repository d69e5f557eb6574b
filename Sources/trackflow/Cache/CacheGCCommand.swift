import ArgumentParser
import ArtifactStore
import Foundation
import JSONDocument
import Workflow

/// `trackflow cache gc`: makes room.
struct CacheGCCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gc",
    abstract: "Make room in a cache; says first what goes, and what making it again takes.",
    discussion: HelpText.discussion(
      """
      Without a rule goes what no remembered run uses. Each rule given instead keeps something, and \
      what none of them keeps may go:
        --keep-last N     keeps what the last N runs of each workflow use. Runs that ended well count; \
      those since that did not are kept besides.
        --older-than AGE  keeps what was made, or used by a run, within that time.
        --max-size SIZE   of what may go, only as much goes as it takes for the artifacts to fit: first \
      what no remembered run uses, then what was not used for the longest time, and of what was used \
      together what costs least to make again for its size.
      So \"--keep-last 2 --older-than 30d\" removes what is both older and used by none of the last two \
      runs, and \"--keep-last 1 --max-size 50GB\" never touches the last run's results, even if they \
      alone are larger.

      Whatever the rules, nothing goes that a run uses that is on now, that is younger than its start, or \
      that is being made. What a stopped run left to go on from, such as checkpoints, stays like its \
      results while that run is the last of its workflow. Files set aside as damaged and half-written \
      files of dead writers go always. With --keep-last or --older-than, runs that are not kept and \
      whose folders are gone are forgotten. A result that went is made again when a run needs it.
      """,
      examples: [
        "cache gc --dry-run",
        "cache gc --older-than 30d",
        "cache gc --keep-last 1 --max-size 50GB",
        "cache gc --keep-last 1 --explain 3fa2c1",
      ], exits: [.badData, .missingInput, .storage]))

  @OptionGroup var options: CacheToolOptions

  @Option(
    name: .customLong("keep-last"),
    help: ArgumentHelp("Keep what the last runs of each workflow use.", valueName: "n"))
  var keepLast: Int?

  @Option(
    name: .customLong("older-than"),
    help: ArgumentHelp(
      "Keep what was made or used within this time, such as 12h, 30d or 8w.", valueName: "age"))
  var olderThan: String?

  @Option(
    name: .customLong("max-size"),
    help: ArgumentHelp(
      "Remove only as much as it takes to fit, such as 500MB or 50GB.", valueName: "size"))
  var maxSize: String?

  @Flag(name: .customLong("dry-run"), help: "Only say what would go.")
  var dryRun = false

  @Option(
    help: ArgumentHelp(
      "Say what keeps the artifact, and remove nothing.", valueName: "key-prefix"))
  var explain: String?

  func validate() throws { _ = try rules() }

  private func rules() throws -> GarbageRules {
    if let keepLast, keepLast < 0 {
      throw ValidationError("--keep-last takes a number from 0, not \(keepLast)")
    }
    let age = try olderThan.map { text in
      guard let age = Self.seconds(text) else {
        throw ValidationError("--older-than takes an age such as 12h, 30d or 8w, not \"\(text)\"")
      }
      return age
    }
    let size = try maxSize.map { text in
      guard let size = MemorySize(text) else {
        throw ValidationError("--max-size takes a size such as 500MB or 50GB, not \"\(text)\"")
      }
      return Int64(size.bytes)
    }
    return GarbageRules(keepLast: keepLast, olderThan: age, maxSize: size)
  }

  private static func seconds(_ text: String) -> Double? {
    if text.hasSuffix("w") { return TimeSpan("\(text.dropLast())d").map { $0.seconds * 7 } }
    return TimeSpan(text)?.seconds
  }

  func run() async throws {
    try await reporting {
      let store = try options.store()
      return try await options.access(to: store).withCatalog { catalog in
        if let explain {
          let lines = try CacheExplanation(
            prefix: explain, rules: rules(), store: store, catalog: catalog)
          if options.json { print(lines.json.prettyText) } else { lines.lines.forEach(options.say) }
          return .success
        }
        return try await collect(in: store, catalog)
      }
    }
  }

  private func collect(in store: ObjectStore, _ catalog: Catalog) async throws -> ExitStatus {
    let rules = try rules()
    var judge = GarbageJudge(
      registry: RunRegistry(store: store), rules: rules, now: Date().timeIntervalSince1970)
    // A run that has just begun says within seconds what it uses.
    for _ in 0..<150 where judge.beginningRun != nil {
      try await Task.sleep(for: .milliseconds(200))
      judge = GarbageJudge(
        registry: RunRegistry(store: store), rules: rules, now: Date().timeIntervalSince1970)
    }
    let plan = GarbagePlan(
      files: CacheFiles(of: store), known: try catalog.artifactRows(), judge: judge, rules: rules)
    let text = GarbageText(plan: plan, isDryRun: dryRun)
    text.lines.forEach(options.say)
    for fault in plan.obstacles { print(CacheFaultText.line(.run(fault))) }
    var outcome = GarbageCollection.Outcome()
    if !dryRun {
      outcome = try GarbageCollection(
        store: store, catalog: catalog, claims: try options.claims(on: store)
      ).carryOut(plan)
      text.lines(of: outcome).forEach(options.say)
    }
    if options.json { print(text.json(outcome: outcome, cache: store.root).prettyText) }
    return plan.obstacles.isEmpty ? .success : .badData
  }
}
