import ArgumentParser
import ArtifactStore
import Execution
import Foundation
import JSONDocument
import Reporting
import Workflow

struct RunsShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Say everything that is known of a run.",
    discussion: HelpText.discussion(
      examples: [
        "runs show",
        "runs show last-2 --json",
      ], exits: [.missingInput]))

  @Argument(help: ArgumentHelp("The run.", valueName: "run"))
  var name = "last"

  @OptionGroup var cacheOptions: CacheOptions

  @Flag(name: .long, help: "Print one JSON object on standard output.")
  var json = false

  func run() throws {
    do {
      let history = try History(cacheOptions)
      let record = try history.registry.find(name)
      let account = RunAccount(of: record, history)
      if json {
        print(account.json.prettyText)
      } else {
        for line in account.lines { print(HistoryText.plain(line)) }
      }
    } catch {
      throw failing(error)
    }
  }
}

/// Everything that is known of a run, from its record, its journal and the runs before.
struct RunAccount {
  private let run: RunRecord
  private let state: RunState
  private let before: RunRecord?
  private let changes: DefinitionDifference?
  /// Nil where the journal is gone, for the reason given.
  private let journal: JournalState?
  private let journalError: String?

  init(of run: RunRecord, _ history: History) {
    self.run = run
    state = history.registry.state(of: run)
    before = RunRegistry.runBefore(run, among: history.registry.records())
    changes = before.map { DefinitionDifference(from: $0.definition, to: run.definition) }
    let entries = Result { try history.journal(of: run) }
    journal = (try? entries.get()).map { JournalState($0) }
    if case .failure(let error) = entries { journalError = "\(error)" } else { journalError = nil }
  }

  // MARK: - Words

  var lines: [String] {
    var rows = [
      ["run", run.id], ["workflow", "\(run.workflow) (\(run.file))"],
      ["state", state.words + (run.reason.map { ": \($0)" } ?? "")],
      ["started", HistoryText.time(run.started)],
      ["time", RunText.duration(of: run, state: state)], ["command", run.process.command],
      ["process", "\(run.process.process) on \(run.process.host)"], ["version", run.version],
      ["data set", dataset], ["folder", run.folder],
    ]
    if let score = RunText.score(of: run) {
      let of = run.summary["json"]?["scoreOf"]?.stringValue.map { " of \($0)" } ?? ""
      rows.append(["score", score + of])
    }
    if run.summary != .null {
      rows.append(["tasks", "\(run.tasksRun) run, \(run.tasksCached) from the cache"])
    }
    if let cluster { rows.append(["cluster", cluster]) }
    var lines = HistoryText.table(rows)
    lines += changeLines + stageLines
    for aside in setAside { lines.append("set aside: \(aside)") }
    for file in run.files {
      let isSame = FileSystem.stamp(of: file.path) == file.stamp
      lines.append("file  \(file.path)" + (isSame ? "" : "  (changed or gone since)"))
    }
    return lines
  }

  /// The cluster that its tasks were done on; nil for none, and before its end.
  private var cluster: String? {
    guard let cluster = run.summary["json"]?["cluster"], let name = cluster["name"]?.stringValue
    else { return nil }
    let nodes = (cluster["nodes"]?.arrayValue ?? []).compactMap(\.stringValue)
    let jobs = cluster["jobs"]?.intValue ?? 0
    return
      "\(name) (\(cluster["manager"]?.stringValue ?? "")), \(jobs) job\(jobs == 1 ? "" : "s") on "
      + (nodes.count > 6 ? "\(nodes.count) nodes" : nodes.joined(separator: ", "))
  }

  private var dataset: String {
    let dataset = run.definition["dataset"]
    let names = ["name", "path", "manifest", "events"].compactMap { name in
      dataset?[name]?.stringValue.map { "\(name) \($0)" }
    }
    return names.joined(separator: ", ")
  }

  private var changeLines: [String] {
    guard let before, let changes else { return ["the first run of this workflow"] }
    var words = changes.changes.map(\.words)
    if before.version != run.version {
      words.append("trackflow \(before.version) -> \(run.version)")
    }
    if words.isEmpty { return ["the same workflow as the run before, \(before.id)"] }
    return ["since the run before, \(before.id):"] + words.map { "  \($0)" }
  }

  private var stageLines: [String] {
    guard let journal else { return [journalError ?? ""] }
    let rows = journal.stages.map { stage -> [String] in
      let spent = stage.done > 0
      return [
        stage.name, stage.tasks.map(String.init) ?? "–", String(stage.cached + stage.shared),
        String(stage.done), String(stage.retries), String(stage.setAside.count),
        spent ? NumberText.duration(span(of: stage)) : "–",
        spent ? NumberText.duration(stage.cpuSeconds) : "–",
        stage.peakMemory.map(HistoryText.bytes) ?? "–",
      ]
    }
    let head = ["STAGE", "TASKS", "CACHED", "RUN", "RETRIES", "FAILED", "TIME", "CPU", "PEAK"]
    return HistoryText.table([head] + rows, rightAligned: Set(1...8))
  }

  private func span(of stage: JournalState.Stage) -> Double? {
    guard let started = stage.started, let ended = stage.ended else { return nil }
    return ended - started
  }

  /// What the run says at its end; of one that did not come so far, what its journal says.
  private var setAside: [String] {
    if let list = run.summary["json"]?["setAside"]?.arrayValue {
      return list.map { aside in
        let event = aside["event"]?.intValue.map { ", event \($0)" } ?? ""
        return (aside["stage"]?.stringValue ?? "") + event
          + ": \(aside["reason"]?.stringValue ?? "")"
      }
    }
    return (journal?.stages ?? []).flatMap { stage in
      stage.setAside.map {
        "\(stage.name)\($0.event.map { ", event \($0)" } ?? ""): \($0.reason)"
      }
    }
  }

  // MARK: - JSON

  var json: JSONValue {
    let members: [JSONMember] = [
      JSONMember(name: "file", value: .string(run.file)),
      JSONMember(name: "command", value: .string(run.process.command)),
      JSONMember(name: "process", value: run.process.json),
      JSONMember(name: "version", value: .string(run.version)),
      JSONMember(name: "dataset", value: run.definition["dataset"] ?? .null),
      JSONMember(name: "runBefore", value: before.map { .string($0.id) } ?? .null),
      JSONMember(name: "changes", value: changes?.json ?? .null),
      JSONMember(name: "stages", value: .array((journal?.stages ?? []).map(stageJSON))),
      JSONMember(name: "setAside", value: .array(setAside.map { .string($0) })),
      JSONMember(
        name: "files",
        value: .array(
          run.files.map {
            [
              "path": .string($0.path),
              "isUnchanged": .bool(FileSystem.stamp(of: $0.path) == $0.stamp),
            ]
          })),
      JSONMember(name: "summary", value: run.summary["json"] ?? .null),
      JSONMember(name: "definition", value: run.definition),
    ]
    return .object((RunText.json(of: run, state: state).members ?? []) + members)
  }

  private func stageJSON(_ stage: JournalState.Stage) -> JSONValue {
    [
      "stage": .string(stage.name), "tasks": stage.tasks.map { .integer($0) } ?? .null,
      "cached": .integer(stage.cached), "shared": .integer(stage.shared),
      "run": .integer(stage.done), "retries": .integer(stage.retries),
      "failed": .integer(stage.setAside.count),
      "seconds": span(of: stage).map { .number($0) } ?? .null,
      "cpuSeconds": .number(stage.cpuSeconds),
      "peakMemory": stage.peakMemory.map { .integer($0) } ?? .null,
    ]
  }
}
