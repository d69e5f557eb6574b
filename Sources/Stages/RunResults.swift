import ArtifactStore
import EventData
import EventSimulation
import JSONDocument
import Workflow

/// The results of one run as they lie in the cache, by stage and event.
///
/// For what is made of a run afterwards: displays, exports.
public struct RunResults: Sendable {
  /// The run's id.
  public let run: String
  /// The workflow as it was run.
  public let definition: JSONValue
  public let store: ObjectStore
  public let results: [StageResults.Result]
  let findFile: @Sendable (_ sha256: String) throws -> String?

  /// - Parameters:
  ///   - results: those of the run, stage by stage and event by event.
  ///   - findFile: where a file with that content lies; nil for nowhere.
  public init(
    run: String, definition: JSONValue, store: ObjectStore, results: [StageResults.Result],
    findFile: @escaping @Sendable (_ sha256: String) throws -> String?
  ) {
    self.run = run
    self.definition = definition
    self.store = store
    self.results = results
    self.findFile = findFile
  }

  /// The results of a plan, as far as they are there.
  public init(run: String, definition: JSONValue, store: ObjectStore, plan: Plan, catalog: Catalog)
  {
    let results = plan.stages.flatMap { stage in
      stage.tasks.compactMap { task -> StageResults.Result? in
        guard task.state == .cached, let key = task.key else { return nil }
        return StageResults.Result(
          stage: stage.definition.name, kind: stage.definition.kind.name, event: task.event,
          key: key)
      }
    }
    self.init(run: run, definition: definition, store: store, results: results) { sha256 in
      try FileTrace.find(sha256, catalog: catalog)
    }
  }

  /// The stages that give a kind of result and have some, in the order of the workflow.
  public func stages(giving kind: String) -> [String] {
    var seen: Set<String> = []
    return results.filter { Self.gives($0.kind) == kind && seen.insert($0.stage).inserted }
      .map(\.stage)
  }

  /// What the results of a stage are, such as `build-graphs` for the kind `read-graphs` too.
  private static func gives(_ kind: String) -> String {
    StageKinds.all.first { $0.name == kind }?.gives ?? kind
  }

  /// The stages that a stage names under `needs`.
  public func needs(of stage: String) -> [String] {
    (definition["stages"]?[stage]?["needs"]?.arrayValue ?? []).compactMap(\.stringValue)
  }

  /// The first stage that a stage needs, at once or by way of others, and that gives that kind.
  public func stage(giving kind: String, before stage: String) -> String? {
    let giving = Set(stages(giving: kind))
    var seen: Set<String> = []
    var next = needs(of: stage)
    while !next.isEmpty {
      if let found = next.first(where: giving.contains) { return found }
      next = next.filter { seen.insert($0).inserted }.flatMap(needs)
    }
    return nil
  }

  public func parameters(of stage: String) -> JSONValue {
    definition["stages"]?[stage]?["parameters"] ?? .object([])
  }

  /// The events that a stage has results of, sorted.
  public func events(of stage: String) -> [Int] {
    results.filter { $0.stage == stage }.compactMap(\.event)
  }

  /// The key of a stage's result for an event, or over the whole study.
  public func key(of stage: String, event: Int? = nil) -> ArtifactKey? {
    results.first { $0.stage == stage && $0.event == event }?.key
  }

  /// The result of a stage for an event, or over the whole study; nil where the run has none.
  public func artifact(of stage: String, event: Int? = nil) throws -> Artifact? {
    try key(of: stage, event: event).map { try store.load($0) }
  }

  /// Hits, truth and particles of an event, as its results were made from.
  ///
  /// - Throws: `InputRefused` where a file of the event is not there any more, or has changed.
  public func tables(of event: Int) throws -> (
    hits: HitTable, truth: TruthTable?, particles: ParticleTable?
  ) {
    let whole = try WholeEvent(source(of: event), wanting: [.truth, .particles])
    return (whole.hits, whole.truth, whole.particles)
  }

  /// Where the tables of an event come from.
  func source(of event: Int) throws -> EventTablesSource {
    if let made = stages(giving: SimulateEvents().name).first,
      let artifact = try artifact(of: made, event: event)
    {
      return .made(artifact)
    }
    var files: [String: String] = [:]
    for result in results where result.event == event {
      let recipe = TaskRecipe(keyText: try store.description(of: result.key).keyText)
      for (name, sha256) in recipe?.files ?? [:] where files[name] == nil {
        guard let path = try findFile(sha256) else {
          throw InputRefused(
            "the \(name) file of event \(event) is not where it was when the run read it, or has changed"
          )
        }
        files[name] = path
      }
    }
    guard !files.isEmpty else {
      throw InputRefused("the run \(run) has no results of event \(event)")
    }
    return .files(files)
  }
}

extension FileTrace {
  /// Where a file with that content lies, as far as the digest table knows; nil for nowhere.
  public static func find(_ sha256: String, catalog: Catalog) throws -> String? {
    try traces(of: [sha256], catalog: catalog, digest: FileDigest.sha256(ofFile:))[sha256]?.path
  }
}
