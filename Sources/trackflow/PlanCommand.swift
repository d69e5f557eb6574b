import ArgumentParser
import ArtifactStore
import JSONDocument
import Workflow

/// `trackflow plan`: what a run would do, and why.
struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Show what a run would do, and why, without doing it.")

  @OptionGroup var study: StudyOptions

  func run() throws {
    do {
      let definition = try study.definition()
      let (planner, _) = try study.planner(for: definition)
      let plan = try planner.plan()
      if study.json {
        print(PlanText.json(of: plan, workflow: definition.name).prettyText)
      } else if !study.quiet {
        for line in PlanText.lines(of: plan) { print(line) }
      }
    } catch {
      throw failing(error)
    }
  }
}
