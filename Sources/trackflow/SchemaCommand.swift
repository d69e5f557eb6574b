import ArgumentParser
import Reporting
import Stages
import Workflow

/// `trackflow schema`: the JSON schema of workflow files, and that of reports.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print the JSON schema of workflow files, or of report.json.",
    discussion: HelpText.discussion(
      """
      An editor that knows JSON schemas completes the names in workflow files with it, explains \
      parameters and marks mistakes. That of report.json describes every member with its unit, for \
      programs that watch reports.
      """,
      examples: ["schema > workflow.schema.json", "schema --report > report.schema.json"]))

  @Flag(name: .long, help: "Print the schema of report.json instead.")
  var report = false

  func run() {
    let schema =
      report ? ReportSchema.schema : WorkflowSchema.schema(kinds: StageKinds.all)
    print(schema.prettyText)
  }
}
