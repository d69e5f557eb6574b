/// What the page says of the cluster that a run's tasks were done on.
extension HTMLReport {
  static func facts(of cluster: RunReport.Cluster) -> [FactView] {
    [
      FactView("Cluster", "\(cluster.name), \(cluster.manager)"),
      FactView(
        "Done by", "\(plural(cluster.jobCount, "job")) on \(plural(cluster.nodes.count, "node"))"),
    ]
  }

  /// That nodes computed differently.
  static func warnings(of cluster: RunReport.Cluster) -> [Markup] {
    let sets = cluster.differingInstructionSets
    guard !sets.isEmpty else { return [] }
    let words = sets.map { "\($0.set) on \(list(of: $0.nodes))" }.joined(separator: "; ")
    return [
      Markup(
        "Attention: nodes used different instruction sets (\(words)). Results of one may differ in the"
          + " last bits from those of another; \"instructionSet\" of the workflow's \"executor\" pins one."
      )
    ]
  }

  /// The first few names, and how many more there are.
  private static func list(of names: [String]) -> String {
    let most = 6
    let rest = names.count > most ? " and \(names.count - most) more" : ""
    return names.prefix(most).joined(separator: ", ") + rest
  }

  static func nodes(of cluster: RunReport.Cluster) -> TableView {
    TableView(
      "Nodes: the jobs that began there, the tasks that ended there, and the processor time of those",
      columns: [
        .words("Node") { $0.name }, .count("Jobs") { $0.jobs }, .count("Tasks") { $0.tasks },
        Column(
          name: "Processor time", unit: "h", number: { $0.processorHours },
          text: { NumberText.fixed($0.processorHours, decimals: 3) }),
        .words("Instruction set") { $0.instructionSets.joined(separator: ", ") },
      ], of: cluster.nodes)
  }

  static func jobs(of cluster: RunReport.Cluster) -> DetailsView {
    DetailsView(
      summary: Markup("Jobs by stage"),
      inner: [
        TableView(
          "Jobs that did work",
          columns: [
            .words("Stage") { $0.stage }, .words("Jobs") { $0.jobs.joined(separator: ", ") },
          ],
          of: cluster.jobs)
      ])
  }
}
