import ArgumentParser
import JSONDocument
import Workflow

/// `trackflow validate`: whether workflows are right, without cache or catalog.
struct ValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Check workflow files, all of them and for all that is wrong.",
    discussion: """
      Nothing is run and no cache is opened. Whether the splits fit the data set is checked where the \
      data set is there or made. Exit codes: 0 all are right; else that of the first that is not: \
      78 bad workflow, 66 a file or data set is missing, 64 bad --set.
      """)

  @Argument(help: "The workflow files.")
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
