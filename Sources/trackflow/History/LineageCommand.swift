import ArgumentParser
import ArtifactStore
import EventData
import JSONDocument
import Stages
import TerminalDisplay
import Workflow

/// `trackflow lineage`: what a result was made of, back to the events' files.
struct LineageCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lineage",
    abstract: "Say what a result was made of, back to the events' files.",
    discussion: HelpText.discussion(
      """
      Results that were made alike are drawn together; of parameters those are shown that are not \
      the defaults. Files are said to be as they were, changed or gone. The result is a key or its \
      beginning, an artifact's file, or a score: a run, run:stage or run:stage:event.
      """,
      examples: [
        "lineage last",
        "lineage last:graphs:21000",
        "lineage 3fa2c1",
        "lineage last --dot | dot -Tsvg > lineage.svg",
      ], exits: [.missingInput]))

  @Argument(
    help: ArgumentHelp(
      "A key or its beginning, a .tfz file, or RUN, RUN:STAGE, RUN:STAGE:EVENT.",
      valueName: "artifact|score"))
  var reference: String

  @OptionGroup var cacheOptions: CacheOptions

  @Flag(name: .long, help: "Print the whole graph as one JSON object.")
  var json = false

  @Flag(name: .long, help: "Print the graph for Graphviz, a cluster a stage kind.")
  var dot = false

  func validate() throws {
    if json, dot { throw ValidationError("--json and --dot are two ways to print one thing") }
  }

  func run() async throws {
    do {
      let history = try History(cacheOptions)
      let access = CacheAccess(store: history.store, progress: runDisplayOnStandardError())
      let text = try await access.withCatalog { catalog in
        let reference = try LineageReference(reference, history: history, catalog: catalog)
        let lineage = try Lineage(of: reference.keys, store: history.store, catalog: catalog)
        if dot { return lineage.dot }
        let traces = try FileTrace.traces(
          of: lineage.files.map(\.sha256), catalog: catalog,
          digest: FileDigest.sha256(ofFile:))
        if json { return lineage.json(files: traces).prettyText }
        let tree = LineageTree(lineage, kinds: StageKinds.all, stages: reference.stages)
        return tree.lines(files: traces).map(HistoryText.plain).joined(separator: "\n")
      }
      print(text)
    } catch {
      throw failing(error)
    }
  }
}
