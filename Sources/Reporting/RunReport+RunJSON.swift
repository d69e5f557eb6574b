import JSONDocument

extension RunReport.Run {
  var json: JSONValue {
    .object([
      "id": .string(id),
      "started": .string(started),
      "ended": .string(ended),
      "seconds": .number(seconds),
      "command": .string(command),
      "host": .string(host),
      "cores": .integer(cores),
      "workers": .integer(workers),
      "trackflowVersion": .string(trackflowVersion),
      "instructionSet": .optional(instructionSet),
      "operatingSystem": .string(operatingSystem),
      "swiftVersion": .string(swiftVersion),
      "dataset": .object([
        "name": .string(dataset.name), "path": .string(dataset.path),
        "events": .integer(dataset.events),
      ]),
      "workflow": workflow,
      "inputs": .array(
        inputs.map { .object(["file": .string($0.file), "sha256": .string($0.sha256)]) }),
      "stages": .array(stages.map(\.json)),
      "timeline": .array(timeline.map(\.json)),
      "load": load?.json ?? .null,
      "change": change?.json ?? .null,
      "displays": .array(
        displays.map { .object(["event": .integer($0.event), "file": .string($0.file)]) }),
      "gallery": gallery.map { .string($0) } ?? .null,
      "cluster": cluster?.json ?? .null,
    ])
  }

  init(_ fields: ReportFields) throws(ReportError) {
    id = try fields.string("id")
    started = try fields.string("started")
    ended = try fields.string("ended")
    seconds = try fields.number("seconds")
    command = try fields.string("command")
    host = try fields.string("host")
    cores = try fields.integer("cores")
    workers = try fields.integer("workers")
    trackflowVersion = try fields.string("trackflowVersion")
    instructionSet = try fields.optionalString("instructionSet")
    operatingSystem = try fields.string("operatingSystem")
    swiftVersion = try fields.string("swiftVersion")
    let data = try fields.object("dataset")
    dataset = RunReport.Dataset(
      name: try data.string("name"), path: try data.string("path"),
      events: try data.integer("events"))
    workflow = try fields.any("workflow")
    inputs = try fields.objects("inputs") { input throws(ReportError) in
      RunReport.Input(file: try input.string("file"), sha256: try input.string("sha256"))
    }
    stages = try fields.objects("stages", RunReport.Stage.init)
    timeline = try fields.objects("timeline", RunReport.TimelineTask.init)
    change = try fields.optionalObject("change").map(RunReport.Change.init)
    displays = try fields.optionalObjects("displays") { display throws(ReportError) in
      RunReport.Display(event: try display.integer("event"), file: try display.string("file"))
    }
    gallery = try fields.optionalString("gallery")
    cluster = try fields.optionalObject("cluster").map(RunReport.Cluster.init)
  }
}

extension RunReport.Stage {
  var json: JSONValue {
    .object([
      "name": .string(name),
      "uses": .string(uses),
      "version": .integer(version),
      "tasks": .integer(tasks),
      "cached": .integer(cached),
      "ran": .integer(ran),
      "setAside": .integer(setAside),
      "seconds": .measured(seconds),
      "cpuSeconds": .measured(cpuSeconds),
      "sparedCPUSeconds": .measured(sparedCPUSeconds),
      "processors": .measured(processors),
      "peakMemory": .optional(peakMemory),
    ])
  }

  init(_ fields: ReportFields) throws(ReportError) {
    name = try fields.string("name")
    uses = try fields.string("uses")
    version = try fields.integer("version")
    tasks = try fields.integer("tasks")
    cached = try fields.integer("cached")
    ran = try fields.integer("ran")
    setAside = try fields.integer("setAside")
    seconds = try fields.optionalNumber("seconds")
    cpuSeconds = try fields.optionalNumber("cpuSeconds")
    sparedCPUSeconds = try fields.optionalNumber("sparedCPUSeconds")
    peakMemory = try fields.optionalInteger("peakMemory")
  }
}

extension RunReport.TimelineTask {
  var json: JSONValue {
    .object([
      "stage": .string(stage),
      "event": .optional(event),
      "worker": .integer(worker),
      "node": .optional(node),
      "start": .number(start),
      "end": .number(end),
      "cpuSeconds": .measured(cpuSeconds),
      "peakMemory": .optional(peakMemory),
    ])
  }

  init(_ fields: ReportFields) throws(ReportError) {
    stage = try fields.string("stage")
    event = try fields.optionalInteger("event")
    worker = try fields.integer("worker")
    node = try fields.optionalString("node")
    start = try fields.number("start")
    end = try fields.number("end")
    cpuSeconds = try fields.optionalNumber("cpuSeconds")
    peakMemory = try fields.optionalInteger("peakMemory")
  }
}
