extension ReportSchema {
  static let runObjects: [(name: String, members: [SchemaMember])] = [
    (
      "run",
      [
        .text("id", "The run's name, as `trackflow runs` lists it."),
        .text("started", "When it started: ISO 8601, UTC."),
        .text("ended", "When it ended: ISO 8601, UTC."),
        .number("seconds", unit: "s", "From start to end."),
        .text("command", "The command line."),
        .text("host", "The machine."),
        .count("cores", "The machine's processor cores."),
        .count(
          "workers", "Worker processes; on a cluster the most tasks at work at the same time."),
        .text("trackflowVersion", "The program's version."),
        .text("instructionSet", "What the numeric kernels were run with; null where none ran.")
          .orNull,
        .text("operatingSystem", "The machine's operating system."),
        .text("swiftVersion", "The language version that the program was compiled as."),
        .object("dataset", "dataset", "The data set that was read."),
        .any("workflow", "The workflow as it was run, defaults and overrides filled in."),
        .objects("inputs", "input", "Files that were read, with their digests."),
        .objects("stages", "stage", "Each stage's tasks in figures."),
        .objects("timeline", "timelineTask", "When and where each task ran."),
        .object("load", "load", "What the workers took over time, in equal parts of it.").orNull
          .optional,
        .object("change", "change", "The headline against that of the run before.").orNull.optional,
        .objects("displays", "display", "Events that have a page of their own.").optional,
        .text("gallery", "The page of figures, from the run's folder.").orNull.optional,
        .object("cluster", "cluster", "What the tasks were done on; null for the host itself.")
          .orNull.optional,
      ]
    ),
    (
      "change",
      [
        .text("run", "The earlier run."),
        .text("started", "When it started: ISO 8601, UTC."),
        .text("figure", "What is compared: `score` or `edge AUC`."),
        .number("mean", unit: "1", "The mean of this run's values less the earlier ones.").orNull,
        .number("standardError", unit: "1", "The standard error of that mean.").orNull,
        .count("better", "Events that became better."),
        .count("worse", "Events that became worse."),
        .count("onlyBefore", "Events that only the earlier run has."),
        .count("onlyNow", "Events that only this run has."),
        .texts("differences", "What the two did differently."),
        .objects("events", "changedEvent", "The values by event."),
      ]
    ),
    (
      "changedEvent",
      [
        .count("event", "The event's number."),
        .number("before", unit: "1", "The earlier run's value."),
        .number("now", unit: "1", "This run's value."),
      ]
    ),
    (
      "display",
      [
        .count("event", "The event's number."),
        .text("file", "Its page, from the run's folder."),
      ]
    ),
    (
      "cluster",
      [
        .text("name", "What it calls itself."),
        .text("manager", "What manages its jobs, with the version."),
        .objects("nodes", "node", "The machines that did work for the run."),
        .objects("jobs", "stageJobs", "The jobs that did work, by stage."),
      ]
    ),
    (
      "node",
      [
        .text("name", "The machine's name."),
        .count("jobs", "Jobs that began there."),
        .count("tasks", "Tasks that ended there."),
        .number("processorHours", unit: "h", "Processor time of those tasks."),
        .texts("instructionSets", "What its jobs ran the numeric kernels with."),
      ]
    ),
    (
      "stageJobs",
      [
        .text("stage", "As the workflow names it."),
        .texts("jobs", "Arrays with the places of those that did work: `1204_[0-9,12]`."),
      ]
    ),
    (
      "dataset",
      [
        .text("name", "Its name in the manifest."), .text("path", "Its folder."),
        .count("events", "How many events it holds."),
      ]
    ),
    (
      "input",
      [.text("file", "Its path."), .text("sha256", "64 hexadecimal digits.")]
    ),
  ]
}
