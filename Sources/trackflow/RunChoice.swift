import ArgumentParser
import ArtifactStore
import Stages
import TerminalDisplay
import Workflow

/// Which run a command takes the results of.
struct RunChoice: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The run: its id, the beginning or end of one, its folder, \"last\", \"last-2\" for the one before.",
      valueName: "run"))
  var run = "last"

  @OptionGroup var cacheOptions: CacheOptions

  /// Does work with the results of the run, for which the cache is taken.
  ///
  /// - Throws: `RunReferenceError`, `LineageReferenceError.noResults`, and what the work throws.
  func withResults<Result>(_ body: (RunResults, RunRecord) async throws -> Result) async throws
    -> Result
  {
    let history = try History(cacheOptions)
    let record = try history.registry.find(run)
    let access = CacheAccess(store: history.store, progress: runDisplayOnStandardError())
    return try await access.withCatalog { catalog in
      let found = try LineageReference.results(of: record, history, catalog).results
      guard !found.isEmpty else { throw LineageReferenceError.noResults(run: record.id) }
      let results = RunResults(
        run: record.id, definition: record.definition, store: history.store, results: found
      ) { try FileTrace.find($0, catalog: catalog) }
      return try await body(results, record)
    }
  }
}
