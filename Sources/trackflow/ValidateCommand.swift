import ArgumentParser
import JSONDocument
import Workflow

/// `trackflow validate`: whether workflows are right, without cache or catalog.
struct ValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Check workflow files, all of them and for all that is wrong.",
    discussion: HelpText.discussion(
      """
      Nothing is run and no cache is opened. Whether the splits fit the data set is checked where \
      the data set is there or made. The exit code is that of the first workflow that is not right.
      """,
      examples: [
        "validate workflows/full.json", "validate workflows/*.json --json",
        "validate workflows/barrel.json --set split.test=0-3",
      ], exits: [.missingInput, .badWorkflow]))

  @Argument(help: "The workflow files.", completion: Completions.workflow)
  var workflows: [String]

  @OptionGroup var changes: WorkflowChanges

  @Flag(name: .long, help: "Print one JSON object on standard output.")
  var json = false

  func run() throws {
    do {
      let overrides = try changes.checked()
      let checks = workflows.map { WorkflowCheck(path: $0, overrides: overrides) }
      if json {
        print(
          JSONValue.object([
            "ok": .bool(checks.allSatisfy { $0.errors.isEmpty }),
            "workflows": .array(checks.map(\.json)),
          ]).prettyText)
      } else {
        for check in checks where check.errors.isEmpty { print(check.words) }
      }
      let wrong = checks.filter { !$0.errors.isEmpty }
      for check in wrong { check.complain() }
      if let first = wrong.first?.errors.first { throw ExitCode(ExitStatus(of: first).rawValue) }
    } catch {
      throw failing(error)
    }
  }
}
