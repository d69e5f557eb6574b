import ArgumentParser
import ArtifactStore
import Foundation
import JSONDocument
import Reporting

struct RunsListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the runs, the latest last.",
    discussion: HelpText.discussion(
      examples: [
        "runs list",
        "runs list --workflow full --limit 10",
      ], exits: [.missingInput]))

  @Option(help: ArgumentHelp("Only runs of the workflow of this name.", valueName: "name"))
  var workflow: String?

  @Option(help: ArgumentHelp("Only the latest runs.", valueName: "n"))
  var limit: Int?

  @OptionGroup var cacheOptions: CacheOptions

  @Flag(name: .long, help: "Print one JSON object on standard output.")
  var json = false

  @Flag(name: .long, help: "Print the ids and nothing else.")
  var quiet = false

  func validate() throws {
    if let limit, limit < 1 {
      throw ValidationError("--limit takes a number of at least 1, not \(limit)")
    }
  }

  func run() throws {
    do {
      let history = try History(cacheOptions)
      var runs = history.registry.records()
      if let workflow { runs.removeAll { $0.workflow != workflow } }
      if let limit { runs = runs.suffix(limit) }
      if json {
        let all = runs.map { RunText.json(of: $0, state: history.registry.state(of: $0)) }
        print(JSONValue.object(["runs": .array(all)]).prettyText)
      } else if quiet {
        for run in runs { print(run.id) }
      } else if runs.isEmpty {
        print("no runs" + (workflow.map { " of the workflow \"\($0)\"" } ?? ""))
      } else {
        for line in lines(of: runs, history) { print(line) }
      }
    } catch {
      throw failing(error)
    }
  }

  private func lines(of runs: [RunRecord], _ history: History) -> [String] {
    let rows = runs.map { run -> [String] in
      let state = history.registry.state(of: run)
      return [
        run.id, HistoryText.time(run.started), RunText.duration(of: run, state: state),
        state.words, RunText.tasks(of: run), RunText.score(of: run) ?? "",
      ]
    }
    return HistoryText.table(
      [["RUN", "STARTED", "TIME", "STATE", "RUN/CACHED", "SCORE"]] + rows, rightAligned: [2, 4])
  }
}

/// What is said of a run's record.
enum RunText {
  static func score(of run: RunRecord) -> String? {
    let json = run.summary["json"]
    guard let score = json?["score"]?.doubleValue else { return nil }
    return NumberText.score(score, uncertainty: json?["scoreUncertainty"]?.doubleValue)
  }

  /// The tasks that it ran and those whose results it found; a dash where it said nothing at its end.
  static func tasks(of run: RunRecord) -> String {
    run.summary == .null ? "–" : "\(run.tasksRun)/\(run.tasksCached)"
  }

  static func seconds(of run: RunRecord, state: RunState) -> Double? {
    if let ended = run.ended { return ended - run.started }
    return state == .running ? Date().timeIntervalSince1970 - run.started : nil
  }

  static func duration(of run: RunRecord, state: RunState) -> String {
    NumberText.duration(seconds(of: run, state: state))
  }

  static func json(of run: RunRecord, state: RunState) -> JSONValue {
    let summary = run.summary["json"]
    return [
      "id": .string(run.id), "workflow": .string(run.workflow), "state": .string(state.rawValue),
      "started": .number(run.started), "ended": run.ended.map { .number($0) } ?? .null,
      "seconds": seconds(of: run, state: state).map { .number($0) } ?? .null,
      "tasksRun": run.summary == .null ? .null : .integer(run.tasksRun),
      "tasksCached": run.summary == .null ? .null : .integer(run.tasksCached),
      "score": summary?["score"] ?? .null,
      "scoreUncertainty": summary?["scoreUncertainty"] ?? .null,
      "reason": run.reason.map { .string($0) } ?? .null, "folder": .string(run.folder),
    ]
  }
}
