import ArgumentParser
import ArtifactStore
import JSONDocument
import Workflow

/// `trackflow plan`: what a run would do, and why.
struct PlanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Show what a run would do, and why, without doing it.")

  @OptionGroup var study: StudyOptions

  func run() async throws {
    do {
      let definition = try study.definition()
      let access = CacheAccess(store: study.store, progress: PlainProgress())
      let plan = try await access.withCatalog { catalog in
        try study.planner(for: definition, catalog: catalog).plan()
      }
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
