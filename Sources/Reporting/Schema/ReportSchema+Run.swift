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
        .count("workers", "Worker processes."),
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
    (
      "stage",
      [
        .text("name", "As the workflow names it."),
        .text("uses", "The stage kind."),
        .count("version", "The stage kind's version."),
        .count("tasks", "All tasks."),
        .count("cached", "Tasks whose results were there before the run."),
        .count("ran", "Tasks that ran."),
        .count("setAside", "Tasks that were given up on."),
        .number("seconds", unit: "s", "From the first task's start to the last one's end.").orNull,
        .number("cpuSeconds", unit: "s", "Processor time of all tasks.").orNull,
      ]
    ),
    (
      "timelineTask",
      [
        .text("stage", "The task's stage."),
        .count("event", "The task's event; null of a task over all events.").orNull,
        .count("worker", "The worker process, counted from 0."),
        .number("start", unit: "s since the run's start", "When it began."),
        .number("end", unit: "s since the run's start", "When it ended."),
      ]
    ),
  ]
}
