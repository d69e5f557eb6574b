import ArgumentParser
import Workflow

/// What the command line changes in a workflow.
struct WorkflowChanges: ParsableArguments {
  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp(
      "Set a parameter or limit of a stage, the data set or a split; can be repeated.",
      discussion:
        "train.epochs=20, train.timeLimit=2h, tracks.matrix.threshold=[0.5,0.7], dataset.path=DIR, dataset.name=NAME, split.test=0-3",
      valueName: "stage.parameter=value"))
  var overrides: [String] = []

  @Option(
    help: ArgumentHelp(
      "Take only these events of the data set: 0-9, 0%-10% or \"id 21000-21009\"; the splits count through them.",
      valueName: "choice"))
  var events: String?

  /// The changes in the order of the command line, the choice of events last.
  func checked() throws(WorkflowError) -> [WorkflowOverride] {
    var changes: [WorkflowOverride] = []
    for text in overrides + (events.map { ["dataset.events=\($0)"] } ?? []) {
      changes.append(try WorkflowOverride(text))
    }
    return changes
  }
}
