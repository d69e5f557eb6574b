import ArgumentParser
import Stages
import Workflow

/// `trackflow schema`: the JSON schema of workflow files.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print the JSON schema of workflow files.")

  func run() {
    print(WorkflowSchema.schema(kinds: StageKinds.all).prettyText)
  }
}
