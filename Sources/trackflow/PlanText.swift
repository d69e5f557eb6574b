import Execution
import JSONDocument
import TerminalDisplay
import Workflow

/// A plan in words and as JSON.
enum PlanText {
  /// A line a stage, with a line below it for each reason to run and each event set aside.
  ///
  /// - Parameters:
  ///   - workers: on how many the forecast counts.
  ///   - submissions: what would be handed to a cluster; nil for a run on this machine.
  static func lines(of plan: Plan, workers: Int, submissions: PlanSubmissions?) -> [String] {
    let width = plan.stages.map(\.definition.name.count).max() ?? 0
    var lines = submissions == nil ? [] : [PlanSubmissions.header]
    for stage in plan.stages {
      let name = stage.definition.name.padded(to: width)
      guard stage.definition.kind.scope != .report else {
        lines.append("\(name)  written at the end of every run")
        continue
      }
      let time = stage.count(of: .toRun) > 0 ? stage.forecast(workers: workers) : nil
      let forecast = time.map { ", about \(DurationText.text($0))" } ?? ""
      lines.append("\(name)  \(counts(of: stage))\(forecast)")
      if let submission = submissions?.submission(of: stage) {
        lines.append("\(String(repeating: " ", count: width))    \(submission.words)")
      }
      for (words, tasks) in groups(of: stage) {
        lines.append("\(String(repeating: " ", count: width))    \(tasks): \(words)")
      }
    }
    lines.append(plan.isDone ? "nothing to do" : total(of: plan, workers: workers))
    return lines
  }

  /// `100 cached, 3 to run`
  static func counts(of stage: PlannedStage) -> String {
    let states: [TaskState.Name] = [.cached, .toRun, .setAside, .leftOut, .impossible]
    let counts = stage.counts
    let words = states.compactMap { state in counts[state].map { "\($0) \(Self.words(state))" } }
    return words.isEmpty ? "no events" : words.joined(separator: ", ")
  }

  /// `120 tasks to run, about 12 min 30 s on 2 workers`
  private static func total(of plan: Plan, workers: Int) -> String {
    let waiting = plan.stages.filter { $0.count(of: .toRun) > 0 }
    let known = waiting.compactMap { $0.forecast(workers: workers) }
    let on = workers == 1 ? "1 worker" : "\(workers) workers"
    let unknown = waiting.count - known.count
    let words =
      known.isEmpty
      ? "; how long that takes, no earlier run tells"
      : ", about \(DurationText.text(known.reduce(0, +))) on \(on)"
        + (unknown > 0 ? " and what \(unknown) new stage\(unknown == 1 ? "" : "s") will take" : "")
    return "\(total(plan)) task\(total(plan) == 1 ? "" : "s") to run\(words)"
  }

  static func json(
    of plan: Plan, workflow: String, workers: Int, submissions: PlanSubmissions?
  ) -> JSONValue {
    let stages = plan.stages.filter { $0.definition.kind.scope != .report }.map {
      stage -> JSONValue in
      let tasks = stage.tasks.map { task -> JSONValue in
        var members: [JSONMember] = []
        if let event = task.event { members.append(.init(name: "event", value: .integer(event))) }
        members.append(.init(name: "state", value: .string(task.state.name.rawValue)))
        if let reason = reason(task.state) {
          members.append(.init(name: "reason", value: .string(reason)))
        }
        if let key = task.key { members.append(.init(name: "key", value: .string(key.hex))) }
        return .object(members)
      }
      let point = stage.definition.point
      let counts = stage.counts
      let place = point.isEmpty ? [] : [JSONMember(name: "point", value: .object(point))]
      let members: JSONValue = [
        "stage": .string(stage.definition.name), "uses": .string(stage.definition.kind.name),
        "cached": .integer(counts[.cached] ?? 0), "toRun": .integer(counts[.toRun] ?? 0),
        "setAside": .integer(counts[.setAside] ?? 0), "leftOut": .integer(counts[.leftOut] ?? 0),
        "impossible": .integer(counts[.impossible] ?? 0),
        "needs": .array(stage.definition.needs.map { .string($0) }),
        "forecastSeconds": stage.forecast(workers: workers).map { .number($0) } ?? .null,
        "tasks": .array(tasks),
      ]
      let submission = submissions?.submission(of: stage).map {
        JSONMember(name: "submission", value: $0.json)
      }
      return .object((members.members ?? []) + place + [submission].compactMap(\.self))
    }
    var members = [
      JSONMember(name: "workflow", value: .string(workflow)),
      JSONMember(name: "toRun", value: .integer(total(plan))),
      JSONMember(name: "workers", value: .integer(workers)),
    ]
    if submissions != nil {
      members.append(
        JSONMember(
          name: "executor",
          value: ["kind": "slurm", "largestArray": .integer(PlanSubmissions.largestArray)]))
    }
    return .object(members + [JSONMember(name: "stages", value: .array(stages))])
  }

  private static func total(_ plan: Plan) -> Int {
    plan.stages.reduce(0) { $0 + $1.count(of: .toRun) }
  }

  private static func words(_ state: TaskState.Name) -> String {
    switch state {
    case .cached: "cached"
    case .toRun: "to run"
    case .setAside: "set aside"
    case .leftOut: "left out"
    case .impossible: "impossible"
    }
  }

  private static func reason(_ state: TaskState) -> String? {
    switch state {
    case .cached: nil
    case .toRun(let reason), .setAside(let reason), .impossible(let reason): reason
    case .leftOut(let stage): "its event was set aside by \(stage)"
    }
  }

  /// Tasks that share a state and reason, in the order in which they first come.
  private static func groups(of stage: PlannedStage) -> [(words: String, tasks: String)] {
    var order: [String] = []
    var events: [String: [Int?]] = [:]
    for task in stage.tasks {
      guard let reason = reason(task.state) else { continue }
      let words = task.state.name == .toRun ? reason : "\(words(task.state.name)): \(reason)"
      if events[words] == nil { order.append(words) }
      events[words, default: []].append(task.event)
    }
    return order.map { words in
      let numbers = events[words]!.compactMap { $0 }
      if numbers.isEmpty { return (words, "whole study") }
      return (words, numbers.count == 1 ? "event \(numbers[0])" : "\(numbers.count) events")
    }
  }
}

extension String {
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
