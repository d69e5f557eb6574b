import ArtifactStore
import Foundation
import JSONDocument
import Workflow

/// Why a text names no artifact.
enum LineageReferenceError: Error, CustomStringConvertible {
  case ambiguousKey(text: String, candidates: [ArtifactKey])
  case unknown(text: String, cache: String)
  case unknownStage(text: String, run: String, stages: [String])
  case unknownEvent(event: String, stage: String, run: String, events: [Int])
  case noResults(run: String)

  var description: String {
    switch self {
    case .ambiguousKey(let text, let candidates):
      "\"\(text)\" is the beginning of \(candidates.count) keys: "
        + candidates.prefix(5).map(\.short).joined(separator: ", ")
    case .unknown(let text, let cache):
      "\"\(text)\" is no artifact that the cache \(cache) knows, no file of one, and no run; give a key,"
        + " its beginning, a .tfz file, or RUN, RUN:STAGE or RUN:STAGE:EVENT"
    case .unknownStage(let text, let run, let stages):
      "the run \(run) has no results of a stage \"\(text)\"; it has those of "
        + (stages.isEmpty ? "none" : stages.joined(separator: ", "))
    case .unknownEvent(let event, let stage, let run, let events):
      "the run \(run) has no result of \(stage) for the event \"\(event)\"; it has those of "
        + (events.isEmpty ? "the whole study" : EventRanges.words(events))
    case .noResults(let run):
      "nothing is known of the results of the run \(run): it did not come so far, or its list is gone"
    }
  }
}

/// The artifacts that a text means: `ARTIFACT`, or `RUN`, `RUN:STAGE`, `RUN:STAGE:EVENT`.
struct LineageReference {
  let keys: [ArtifactKey]
  /// What the run's workflow calls the stages, by result; empty for an artifact without a run.
  let stages: [ArtifactKey: String]

  /// What a run is about: the kinds whose results are scores, then those that tell edges apart.
  private static let headlines = [["score-tracks", "score-reconstruction"], ["classify-edges"]]

  init(_ text: String, history: History, catalog: Catalog) throws {
    if text.hasSuffix(".tfz") || (text.contains("/") && FileSystem.stamp(of: text) != nil) {
      keys = [try ObjectStore.description(ofFile: text).key]
      stages = [:]
      return
    }
    if text.count >= 4, text.allSatisfy(\.isHexDigit) {
      let digits = text.lowercased()
      let fitting = Set(
        try catalog.keys(beginningWith: digits) + history.store.keys(beginningWith: digits))
      if fitting.count > 1 {
        throw LineageReferenceError.ambiguousKey(text: text, candidates: fitting.sorted())
      }
      if let key = fitting.first {
        keys = [key]
        stages = [:]
        return
      }
    }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    let run = try Self.run(parts[0], text: text, history)
    let results = try Self.results(of: run, history, catalog)
    stages = Dictionary(
      results.results.map { ($0.key, $0.stage) }, uniquingKeysWith: { first, _ in first })
    keys = try Self.chosen(parts, of: run, results)
  }

  private static func run(_ name: String, text: String, _ history: History) throws -> RunRecord {
    let found = Result { () throws(RunReferenceError) in try history.registry.find(name) }
    switch found {
    case .success(let run): return run
    case .failure(.unknown), .failure(.noRuns):
      throw LineageReferenceError.unknown(text: text, cache: history.store.root)
    case .failure(let error): throw error
    }
  }

  /// The results of a run by stage, from its list and the recipes.
  static func results(of run: RunRecord, _ history: History, _ catalog: Catalog) throws
    -> StageResults
  {
    let keys = history.registry.keys(of: run)
    let recipes = try catalog.recipes(of: keys).compactMapValues(TaskRecipe.init(text:))
    return StageResults(keys: keys, definition: run.definition, recipes: recipes)
  }

  private static func chosen(
    _ parts: [String], of run: RunRecord, _ results: StageResults
  ) throws -> [ArtifactKey] {
    guard !results.results.isEmpty else { throw LineageReferenceError.noResults(run: run.id) }
    guard parts.count > 1 else {
      for kinds in headlines {
        let scores = results.results.filter { kinds.contains($0.kind) }
        if !scores.isEmpty { return scores.map(\.key) }
      }
      let last = results.results.last?.stage
      return results.results.filter { $0.stage == last }.map(\.key)
    }
    let ofStage = results.results.filter { $0.stage == parts[1] }
    guard !ofStage.isEmpty else {
      throw LineageReferenceError.unknownStage(
        text: parts[1], run: run.id, stages: results.stages)
    }
    guard parts.count > 2 else { return ofStage.map(\.key) }
    let text = parts[2...].joined(separator: ":")
    let chosen = ofStage.filter { Int(text) == $0.event && $0.event != nil }
    guard !chosen.isEmpty else {
      throw LineageReferenceError.unknownEvent(
        event: text, stage: parts[1], run: run.id, events: ofStage.compactMap(\.event))
    }
    return chosen.map(\.key)
  }
}
