import ArgumentParser
import ArtifactStore
import EventData
import Stages
import Workflow

/// What `run` and `plan` are told alike: the workflow, changes to it, the cache.
struct StudyOptions: ParsableArguments {
  @Argument(help: "The workflow file.", completion: Completions.workflow)
  var workflow: String

  @OptionGroup var changes: WorkflowChanges

  @OptionGroup var cacheOptions: CacheOptions

  @Flag(name: .long, help: "Print one JSON object on standard output.")
  var json = false

  @Flag(name: .long, help: "Say nothing but errors.")
  var quiet = false

  var store: ObjectStore { cacheOptions.store }

  /// The checked workflow.
  func definition() throws -> WorkflowDefinition {
    try WorkflowReader.read(
      path: workflow, kinds: StageKinds.all, overrides: changes.checked())
  }

  /// A planner over the workflow's events.
  func planner(for definition: WorkflowDefinition, catalog: Catalog) throws -> Planner {
    Planner(
      definition: definition, source: try DatasetEvents(definition.dataset), store: store,
      catalog: catalog)
  }
}
