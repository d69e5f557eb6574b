extension HTMLReport {
  static func runSection(_ run: RunReport.Run) -> SectionView {
    var timeline = BlockView()
    var stages = BlockView()
    let title = run.cluster == nil ? "Tasks by worker" : "Tasks by node"
    let plot = TimelinePlot(title: title, tasks: run.timeline, stages: run.stages.map(\.name))
    if run.timeline.isEmpty {
      timeline.paragraphs = [Markup("No task ran: every result was there from an earlier run.")]
    } else {
      timeline.figureRows = [
        FigureRowView(figures: [FigureView(title, plot, isWide: true)] + load(of: run))
      ]
    }
    let columns: [Column<RunReport.Stage>] = [
      .words("Stage") { $0.name }, .words("Kind") { "\($0.uses), version \($0.version)" },
      .count("Tasks") { $0.tasks }, .count("Cached") { $0.cached },
      .seconds("Spared", unit: "s, processor") { $0.sparedCPUSeconds }, .count("Ran") { $0.ran },
      .count("Set aside") { $0.setAside }, .seconds("Time") { $0.seconds },
      .seconds("Time", unit: "s, processor") { $0.cpuSeconds },
      Column(
        name: "Processors", unit: "in use", number: { $0.processors },
        text: { $0.processors.map { NumberText.fixed($0, decimals: 2) } ?? NumberText.none }),
      Column(
        name: "Memory", unit: "MB", number: { $0.peakMemory.map(Double.init) },
        text: {
          $0.peakMemory.map { NumberText.grouped(rounding: Double($0) / 1e6) } ?? NumberText.none
        }),
    ]
    stages.tables = [
      TableView(
        "Stages. Cached: results that were there from an earlier run; spared: the processor "
          + " time that those took when they were made; time: from the first task's "
          + "start to the last one's end; processors: processor time / time; memory: the most that one "
          + "of the stage's worker processes took.",
        columns: columns, of: run.stages)
    ]
    return SectionView(id: Markup("run"), heading: Markup("Run"), blocks: [timeline, stages])
  }

  /// Workers and processors, and memory, against the time of the timeline above.
  private static func load(of run: RunReport.Run) -> [FigureView] {
    guard let load = run.load else { return [] }
    let left = TimelinePlot(title: "", tasks: run.timeline).left
    let place = run.cluster == nil ? "" : ", all nodes together"
    func figure(_ title: String, _ label: String, _ series: [LoadPlot.Series]) -> FigureView {
      FigureView(
        title + place,
        LoadPlot(
          title: title + place, verticalLabel: label, partSeconds: load.partSeconds,
          series: series, left: left), isWide: true)
    }
    let busy = LoadPlot.Series(name: "workers with a task", values: load.workers)
    let processors = load.processors.map { LoadPlot.Series(name: "processors in use", values: $0) }
    let memory = load.memory.map {
      figure(
        "Memory of the workers with a task, at most", "memory (GB)",
        [LoadPlot.Series(name: "memory", values: $0.map { $0 / 1e9 })])
    }
    return [
      figure(
        processors == nil ? "Workers with a task" : "Processors in use, and workers with a task",
        "count", (processors.map { [$0] } ?? []) + [busy])
    ] + (memory.map { [$0] } ?? [])
  }

  static func provenanceSection(_ run: RunReport.Run) -> SectionView {
    var block = BlockView()
    block.factLists = [
      FactListView(
        facts: [
          FactView("Run", run.id),
          FactView("Command", run.command),
          FactView("Started", run.started),
          FactView("Ended", run.ended),
          FactView(
            run.cluster == nil ? "Host" : "Run from",
            "\(run.host), \(plural(run.cores, "core"))"
              + (run.cluster == nil ? ", \(plural(run.workers, "worker"))" : "")),
          FactView("Data set", "\(run.dataset.name), \(plural(run.dataset.events, "event"))"),
          FactView("Data set's folder", run.dataset.path),
          FactView("trackflow", run.trackflowVersion),
          FactView("Instruction set", run.instructionSet ?? "no numeric kernel ran"),
          FactView("Operating system", run.operatingSystem),
          FactView("Swift", run.swiftVersion),
        ] + (run.cluster.map(facts) ?? []))
    ]
    if let change = run.change { block.paragraphs = [Markup(words(of: change))] }
    if let cluster = run.cluster {
      block.paragraphs += warnings(of: cluster)
      block.tables = [nodes(of: cluster)]
      block.details = [jobs(of: cluster)]
    }
    block.details += [
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

  /// What was done differently from the run before.
  private static func words(of change: RunReport.Change) -> String {
    let since = "Since the run before, \(change.run), started \(change.started)"
    return change.differences.isEmpty
      ? "\(since), neither the workflow nor the program changed."
      : "\(since): \(change.differences.joined(separator: "; "))."
  }

  static func plural(_ count: Int, _ one: String, _ many: String) -> String {
    "\(NumberText.grouped(count)) \(count == 1 ? one : many)"
  }
}
