import ArgumentParser
import Workflow

extension ExecutorSettings.Kind: ExpressibleByArgument {}

/// What the command line changes in a workflow.
struct WorkflowChanges: ParsableArguments {
  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp(
      "Set a parameter or limit of a stage, the data set, a split or the executor; can be repeated.",
      discussion:
        "train.epochs=20, train.timeLimit=2h, tracks.matrix.threshold=[0.5,0.7], dataset.path=DIR, dataset.name=NAME, split.test=0-3, executor.partition=main, train.executor.cpus=8",
      valueName: "stage.parameter=value"), completion: Completions.change)
  var overrides: [String] = []

  @Option(
    help: ArgumentHelp(
      "Take only these events of the data set: 0-9, 0%-10% or \"id 21000-21009\"; the splits count through them.",
      valueName: "choice"))
  var events: String?

  @Option(
    help: ArgumentHelp(
      "Where tasks are carried out (default: what the workflow says, else local).",
      valueName: "kind"))
  var executor: ExecutorSettings.Kind?

  /// The changes in the order of the command line, those that have options of their own last.
  func checked() throws(WorkflowError) -> [WorkflowOverride] {
    var changes: [WorkflowOverride] = []
    let own = [
      events.map { "dataset.events=\($0)" }, executor.map { "executor.kind=\($0.rawValue)" },
    ]
    for text in overrides + own.compactMap(\.self) {
      changes.append(try WorkflowOverride(text))
    }
    return changes
  }
}
