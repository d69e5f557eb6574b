import ArgumentParser
import ArtifactStore
import EventData
import Stages
import Workflow

/// What `run` and `plan` are told alike: the workflow, changes to it, the cache.
struct StudyOptions: ParsableArguments {
  @Argument(help: "The workflow file.")
  var workflow: String

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp(
      "Set a parameter of a stage, the data set or a split; can be repeated.",
      discussion:
        "train.epochs=20, train.timeLimit=2h, dataset.path=DIR, dataset.name=NAME, split.test=0-3",
      valueName: "stage.parameter=value"))
  var overrides: [String] = []

  @Option(
    help: ArgumentHelp(
      "Take only these events of the data set: 0-9, 0%-10% or \"id 21000-21009\"; as --set dataset.events=….",
      valueName: "choice"))
  var events: String?

  @OptionGroup var cacheOptions: CacheOptions

  @Flag(name: .long, help: "Print one JSON object on standard output.")
  var json = false

  @Flag(name: .long, help: "Say nothing but errors.")
  var quiet = false

  var store: ObjectStore { cacheOptions.store }

  /// The checked workflow.
  func definition() throws -> WorkflowDefinition {
    let changes = overrides + (events.map { ["dataset.events=\($0)"] } ?? [])
    let overrides = try changes.map { try WorkflowOverride($0) }
    return try WorkflowReader.read(path: workflow, kinds: StageKinds.all, overrides: overrides)
  }

  /// A planner over the workflow's events.
  func planner(for definition: WorkflowDefinition, catalog: Catalog) throws -> Planner {
    Planner(
      definition: definition, source: try DatasetEvents(definition.dataset), store: store,
      catalog: catalog)
  }
}
