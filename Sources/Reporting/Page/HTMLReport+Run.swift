extension HTMLReport {
  static func runSection(_ run: RunReport.Run) -> SectionView {
    var timeline = BlockView()
    var stages = BlockView()
    let title = "Tasks by worker"
    let plot = TimelinePlot(title: title, tasks: run.timeline, stages: run.stages.map(\.name))
    timeline.figureRows = [
      FigureRowView(figures: [FigureView(title, plot, isWide: true)])
    ]
    let columns: [Column<RunReport.Stage>] = [
      .words("Stage") { $0.name }, .words("Kind") { "\($0.uses), version \($0.version)" },
      .count("Tasks") { $0.tasks }, .count("Cached") { $0.cached }, .count("Ran") { $0.ran },
      .count("Set aside") { $0.setAside }, .seconds("Time") { $0.seconds },
      .seconds("Processor time") { $0.cpuSeconds },
    ]
    stages.tables = [
      TableView(
        "Stages. Cached: results that were there from an earlier run; time: from the first task's "
          + "start to the last one's end.",
        columns: columns, of: run.stages)
    ]
    return SectionView(id: Markup("run"), heading: Markup("Run"), blocks: [timeline, stages])
  }

  static func provenanceSection(_ run: RunReport.Run) -> SectionView {
    var block = BlockView()
    block.factLists = [
      FactListView(facts: [
        FactView("Run", run.id),
        FactView("Command", run.command),
        FactView("Started", run.started),
        FactView("Ended", run.ended),
        FactView(
          "Host", "\(run.host), \(plural(run.cores, "core")), \(plural(run.workers, "worker"))"),
        FactView("Data set", "\(run.dataset.name), \(plural(run.dataset.events, "event"))"),
        FactView("Data set's folder", run.dataset.path),
        FactView("trackflow", run.trackflowVersion),
        FactView("Instruction set", run.instructionSet ?? "no numeric kernel ran"),
        FactView("Operating system", run.operatingSystem),
        FactView("Swift", run.swiftVersion),
      ])
    ]
    block.details = [
      DetailsView(
        summary: Markup("Workflow as it was run"), code: [Markup(run.workflow.prettyText)]),
      DetailsView(
        summary: Markup("Digests of \(plural(run.inputs.count, "input file"))"),
        inner: [
          TableView(
            "Input files",
            columns: [.words("File") { $0.file }, .words("SHA-256") { $0.sha256 }],
            of: run.inputs)
        ]),
    ]
    return SectionView(
      id: Markup("provenance"), heading: Markup("Provenance"), blocks: [block])
  }

  static func plural(_ count: Int, _ one: String, _ many: String) -> String {
    "\(NumberText.grouped(count)) \(count == 1 ? one : many)"
  }
}
