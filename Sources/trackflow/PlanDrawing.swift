import Workflow

/// The stages of a plan and what they need, for programs that draw graphs.
enum PlanDrawing {
  /// For Graphviz: `trackflow plan W --dot | dot -Tsvg`.
  static func dot(of plan: Plan, workflow: String) -> String {
    var lines = [
      "digraph \(quoted(workflow)) {", "  rankdir=LR;", "  node [shape=box, style=filled];",
    ]
    for stage in plan.stages {
      let label = words(of: stage).joined(separator: "\\n")
      lines.append(
        "  \(quoted(stage.definition.name)) [label=\(quoted(label)), fillcolor=\"\(colour(of: stage))\"];"
      )
    }
    for (from, to) in edges(of: plan) { lines.append("  \(quoted(from)) -> \(quoted(to));") }
    return (lines + ["}"]).joined(separator: "\n")
  }

  /// For Mermaid, which pages of Markdown show.
  static func mermaid(of plan: Plan) -> String {
    var lines = ["flowchart LR"]
    var names: [String: String] = [:]
    for (index, stage) in plan.stages.enumerated() {
      names[stage.definition.name] = "s\(index)"
      let label = words(of: stage).map { $0.replacing("\"", with: "#quot;") }
      lines.append("  s\(index)[\"\(label.joined(separator: "<br/>"))\"]")
      lines.append("  style s\(index) fill:\(colour(of: stage)),color:#1b1b1b")
    }
    for (from, to) in edges(of: plan) { lines.append("  \(names[from]!) --> \(names[to]!)") }
    return lines.joined(separator: "\n")
  }

  private static func words(of stage: PlannedStage) -> [String] {
    let counts = PlanText.counts(of: stage)
    return [stage.definition.name, stage.definition.kind.name]
      + (stage.definition.kind.scope == .report ? [] : [counts])
  }

  private static func edges(of plan: Plan) -> [(String, String)] {
    plan.stages.flatMap { stage in stage.definition.needs.map { ($0, stage.definition.name) } }
  }

  private static func colour(of stage: PlannedStage) -> String {
    if stage.count(of: .impossible) > 0 { return "#f4c7c3" }
    if stage.count(of: .toRun) > 0 { return "#fde8b5" }
    if stage.count(of: .setAside) > 0 { return "#f9d5a7" }
    return stage.tasks.isEmpty ? "#eeeeee" : "#cfe8cf"
  }

  /// A name as Graphviz takes any; line breaks stand as `\n` in it already.
  private static func quoted(_ text: String) -> String {
    "\"\(text.replacing("\"", with: "\\\""))\""
  }
}
