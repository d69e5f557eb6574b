extension ReportSchema {
  static let taskObjects: [(name: String, members: [SchemaMember])] = [
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
        .number("sparedCPUSeconds", unit: "s", "Processor time that the cached results once took.")
          .orNull.optional,
        .number("processors", unit: "processors", "How many its tasks kept busy, in the mean.")
          .orNull.optional,
        .number("peakMemory", unit: "bytes", "The most that one of its workers took.").orNull
          .optional,
      ]
    ),
    (
      "timelineTask",
      [
        .text("stage", "The task's stage."),
        .count("event", "The task's event; null of a task over all events.").orNull,
        .count("worker", "The worker process, or the row of a cluster's jobs, counted from 0."),
        .text("node", "The machine of a cluster; null for the run's own.").orNull.optional,
        .number("start", unit: "s since the run's start", "When it began."),
        .number("end", unit: "s since the run's start", "When it ended."),
        .number("cpuSeconds", unit: "s", "Processor time; null where it failed.").orNull.optional,
        .number("peakMemory", unit: "bytes", "The most that its worker had taken by its end.")
          .orNull.optional,
      ]
    ),
    (
      "load",
      [
        .number("partSeconds", unit: "s", "The length of a part."),
        .numbers("workers", unit: "workers", "Workers with a task, mean over each part."),
        .numbers("processors", unit: "processors", "Processors in use, mean over each part.")
          .orNull,
        .numbers("memory", unit: "bytes", "At most taken by all workers, in each part.").orNull,
      ]
    ),
  ]
}
