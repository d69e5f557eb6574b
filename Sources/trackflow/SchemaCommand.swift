import ArgumentParser
import Stages
import Workflow

/// `trackflow schema`: the JSON schema of workflow files.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print the JSON schema of workflow files.",
    discussion: HelpText.discussion(
      """
      An editor that knows JSON schemas completes the names in workflow files with it, explains \
      parameters and marks mistakes.
      """,
      examples: ["schema > workflow.schema.json"]))

  func run() {
    print(WorkflowSchema.schema(kinds: StageKinds.all).prettyText)
  }
}
