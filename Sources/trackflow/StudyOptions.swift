import ArgumentParser
import ArtifactStore
import EventData
import Foundation
import Stages
import Workflow

/// What `run` and `plan` are told alike: the workflow, changes to it, the cache.
struct StudyOptions: ParsableArguments {
  @Argument(help: "The workflow file.")
  var workflow: String

  @OptionGroup var changes: WorkflowChanges

  @Option(
    help: ArgumentHelp(
      "The cache folder (default: $TRACKFLOW_CACHE, else \"cache\" in this folder).",
      valueName: "dir"))
  var cache: String?

  @Flag(name: .long, help: "Print one JSON object on standard output.")
  var json = false

  @Flag(name: .long, help: "Say nothing but errors.")
  var quiet = false

  var store: ObjectStore {
    let environment = ProcessInfo.processInfo.environment["TRACKFLOW_CACHE"]
    let path = cache ?? environment.flatMap { $0.isEmpty ? nil : $0 } ?? "cache"
    return ObjectStore(root: URL(filePath: path).standardized.path)
  }

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
