import ArtifactStore
import JSONDocument

/// Which results of a run belong to which of its stages, found from the list that a run keeps.
///
/// The list holds the results stage by stage, in the order of the workflow, and event by event within a stage.
public struct StageResults: Sendable {
  public struct Result: Sendable, Equatable {
    public var stage: String
    /// The stage kind.
    public var kind: String
    public var event: Int?
    public var key: ArtifactKey

    public init(stage: String, kind: String, event: Int?, key: ArtifactKey) {
      self.stage = stage
      self.kind = kind
      self.event = event
      self.key = key
    }
  }

  public let results: [Result]

  /// - Parameters:
  ///   - keys: the run's list of results.
  ///   - definition: the workflow as it was run, in its JSON form.
  ///   - recipes: how the results are made; keys without are passed over.
  public init(keys: [ArtifactKey], definition: JSONValue, recipes: [ArtifactKey: TaskRecipe]) {
    let stages = definition["stages"]?.members ?? []
    var results: [Result] = []
    var place = 0
    var lastEvent: Int?
    var hasOne = false
    for key in keys {
      guard let recipe = recipes[key] else { continue }
      func fits(_ stage: JSONMember) -> Bool { Self.fits(recipe, stage.value) }
      let goesOn =
        place < stages.count && fits(stages[place])
        && (!hasOne || (lastEvent ?? .max) < (recipe.event ?? .min))
      if !goesOn {
        guard
          let next = stages.indices.first(where: {
            $0 >= place + (hasOne ? 1 : 0) && fits(stages[$0])
          })
        else { continue }
        place = next
      }
      results.append(
        Result(stage: stages[place].name, kind: recipe.kind, event: recipe.event, key: key))
      lastEvent = recipe.event
      hasOne = true
    }
    self.results = results
  }

  /// The names of the stages that have results, in the order of the workflow.
  public var stages: [String] {
    var seen: Set<String> = []
    return results.map(\.stage).filter { seen.insert($0).inserted }
  }

  /// Whether a stage with these parameters makes such a result; files are told apart by content, of which a definition says nothing.
  private static func fits(_ recipe: TaskRecipe, _ stage: JSONValue) -> Bool {
    guard stage["uses"]?.stringValue == recipe.kind else { return false }
    return recipe.parameters.allSatisfy { member in
      TaskRecipe.digest(member.value) != nil
        || (stage["parameters"]?[member.name] ?? .null).canonicalText
          == member.value.canonicalText
    }
  }
}
