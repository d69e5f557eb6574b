import ArgumentParser
import ArtifactStore
import Foundation
import JSONDocument
import TerminalDisplay
import Workflow

/// `trackflow plan`: what a run would do, and why.
struct PlanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Show what a run would do, and why, without doing it.",
    discussion: HelpText.discussion(
      """
      For every stage: how many results the cache holds, how many tasks have to run and why, and \
      how long they will take. With --executor slurm also what jobs would be handed in, for which \
      Slurm is not asked.
      """,
      examples: [
        "plan workflows/full.json", "plan workflows/full.json --set train.epochs=50",
        "plan workflows/full.json --executor slurm",
        "plan workflows/full.json --dot | dot -Tsvg > stages.svg",
      ], exits: [.badData, .missingInput, .storage, .badWorkflow]))

  @OptionGroup var study: StudyOptions

  @Option(
    help: ArgumentHelp(
      "Workers that the forecast counts on (default: one a core; of a cluster, one).",
      valueName: "n"))
  var workers: Int?

  @Flag(help: "Print the graph of stages for Graphviz.")
  var dot = false

  @Flag(help: "Print the graph of stages for Mermaid.")
  var mermaid = false

  func validate() throws {
    if let workers, !(1...1024).contains(workers) {
      throw ValidationError("--workers takes a number from 1 to 1024, not \(workers)")
    }
    if [dot, mermaid, study.json].count(where: { $0 }) > 1 {
      throw ValidationError("--json, --dot and --mermaid exclude each other")
    }
  }

  func run() async throws {
    do {
      let definition = try study.definition()
      let access = CacheAccess(store: study.store, progress: runDisplayOnStandardError())
      let plan = try await access.withCatalog { catalog in
        try study.planner(for: definition, catalog: catalog).plan()
      }
      let submissions = PlanSubmissions(of: plan, workflow: definition.executor)
      // How many jobs a cluster runs at a time, nothing here tells.
      let workers =
        workers ?? (submissions == nil ? ProcessInfo.processInfo.activeProcessorCount : 1)
      if dot {
        print(PlanDrawing.dot(of: plan, workflow: definition.name))
      } else if mermaid {
        print(PlanDrawing.mermaid(of: plan))
      } else if study.json {
        print(
          PlanText.json(
            of: plan, workflow: definition.name, workers: workers, submissions: submissions
          ).prettyText)
      } else if !study.quiet {
        for line in PlanText.lines(of: plan, workers: workers, submissions: submissions) {
          print(line)
        }
      }
    } catch {
      throw failing(error)
    }
  }
}
