import ArtifactStore
import EventData
import Execution
import Foundation
import JSONDocument
import Reporting
import Workflow

/// Makes the report of a finished run from the artifacts' summaries, and writes it.
public struct StudyReport {
  let outcome: RunOutcome
  private let store: ObjectStore
  private let context: RunContext

  public init(outcome: RunOutcome, store: ObjectStore, context: RunContext) {
    self.outcome = outcome
    self.store = store
    self.context = context
  }

  /// Where a run's results were written.
  public struct Files: Sendable {
    public var report: RunReport
    public var json: String?
    public var html: String?
    public var submissions: [String] = []
    /// Pages of events.
    public var displays: [String] = []
    public var gallery: String?

    /// Everything that was written, the report first.
    public var all: [String] {
      [json, html, gallery].compactMap { $0 } + displays + submissions
    }
  }

  /// Writes what the workflow's `write-report` stage asks for; nothing but the report itself if it has none.
  ///
  /// - Parameters:
  ///   - results: those of the run, for displays of events.
  ///   - three: the text of three.js for them; nil where the system does not have it.
  public func write(
    to folder: String, results: RunResults, three: ThreeSource? = .ofSystem()
  ) throws -> Files {
    var report = try self.report()
    var files = Files(report: report)
    guard let stage = reportStage else { return files }
    let displays = try writeDisplays(
      of: results, most: stage.definition.parameter("displays")?.intValue ?? 0, to: folder,
      three: three)
    report.run.displays = displays
    files.displays = displays.map { "\(folder)/\($0.file)" }
    if stage.definition.parameter("gallery")?.boolValue == true,
      try writeGallery(of: results, to: folder, three: three)
    {
      report.run.gallery = Self.galleryName
      files.gallery = "\(folder)/\(Self.galleryName)"
    }
    files.report = report
    let json = folder + "/report.json"
    try FileSystem.publish(Array((report.json.prettyText + "\n").utf8), to: json)
    let html = folder + "/report.html"
    try FileSystem.publish(Array(HTMLReport.page(of: report).utf8), to: html)
    files.json = json
    files.html = html
    for trained in stages(of: "train-edge-classifier") {
      try writeWeights(of: trained, to: folder)
    }
    if stage.definition.parameter("submissions")?.boolValue == true {
      for tracks in stages(of: "build-tracks") + scoredReconstructions {
        let path = "\(folder)/submissions/\(tracks.definition.name).csv"
        try writeSubmission(of: tracks, to: path)
        files.submissions.append(path)
      }
    }
    return files
  }

  /// The report's numbers.
  public func report() throws -> RunReport {
    let scores = try scoringStages.map(trackSection)
    let edges = try stages(of: "classify-edges").map(edgeSection)
    let scans = self.scans(tracks: scores, edges: edges)
    var report = RunReport(
      workflow: context.workflow["name"]?.stringValue ?? "",
      results: RunReport.Results(
        headline: headline(of: scores, scans: scans),
        training: try stages(of: "train-edge-classifier").compactMap(trainingSection)
          + Self.rowTrainings.flatMap { try stages(of: $0).flatMap(rowTrainingSections) },
        edges: edges, passes: try passSections(), tracks: scores, scans: scans),
      run: runSection(instructionSet: try instructionSet()))
    report.run.change = context.earlier.flatMap { $0.change(to: report, version: context.build) }
    return report
  }

  // MARK: - Stages and their results

  func plannedStage(_ name: String) -> PlannedStage? { outcome.plan.stage(name) }

  var outcomeSetAside: [(stage: String, event: Int?, reason: String)] { outcome.setAside }

  private var reportStage: PlannedStage? {
    outcome.plan.stages.first { $0.definition.kind.scope == .report }
  }

  /// The stages that the report covers: those that it needs, and what those need; all without one.
  var coveredStages: [PlannedStage] {
    var wanted = Set(outcome.plan.stages.map(\.definition.name))
    var order = outcome.plan.stages
    if let report = reportStage {
      wanted = []
      for stage in outcome.plan.stages.reversed()
      where stage.definition.name == report.definition.name
        || wanted.contains(stage.definition.name)
      {
        wanted.formUnion(stage.definition.needs)
      }
      // What the report names comes in the order of its naming.
      let names = report.definition.needs
      order =
        names.compactMap(outcome.plan.stage) + order.filter { !names.contains($0.definition.name) }
    }
    return order.filter { wanted.contains($0.definition.name) }
  }

  /// The covered stages that give one of these kinds of results.
  func stages(of kinds: String...) -> [PlannedStage] {
    coveredStages.filter { kinds.contains($0.definition.kind.gives) }
  }

  /// The summaries of a stage's results, in the order of the events.
  func summaries(of stage: PlannedStage) throws -> [JSONValue] {
    try stage.tasks.compactMap { task in
      guard task.state == .cached, let key = task.key else { return nil }
      return try store.description(of: key).summary
    }
  }

  private func instructionSet() throws -> String? {
    for stage in stages(of: "train-edge-classifier") {
      if let name = try summaries(of: stage).first?["instructionSet"]?.stringValue { return name }
    }
    return nil
  }

  // MARK: - Files

  private func writeSubmission(of stage: PlannedStage, to path: String) throws {
    let results = stage.tasks.compactMap { task -> (event: Int, key: ArtifactKey)? in
      guard task.state == .cached, let key = task.key, let event = task.event else { return nil }
      return (event, key)
    }
    let table = try SubmissionTable(of: results, store: store)
    try FileSystem.createFolder((path as NSString).deletingLastPathComponent)
    try EventWriter.write(table, to: path)
  }

  private func writeWeights(of stage: PlannedStage, to folder: String) throws {
    guard let task = stage.tasks.first, task.state == .cached, let key = task.key else { return }
    let bytes = try TrainingArtifact.safetensors(of: store.load(key))
    try FileSystem.publish(
      bytes, to: "\(folder)/weights/\(stage.definition.name).safetensors")
  }

  // MARK: - The run

  private func runSection(instructionSet: String?) -> RunReport.Run {
    let records = outcome.records
    let stages = outcome.plan.stages.filter { $0.definition.kind.scope != .report }.map {
      stage -> RunReport.Stage in
      let ran = records.filter { $0.stage == stage.definition.name }
      let done = Set(ran.filter { $0.failure == nil }.map(\.event))
      let spans = ran.map { ($0.start, $0.end) }
      let spared = stage.tasks.filter { $0.state == .cached && !done.contains($0.event) }
        .compactMap { $0.key.flatMap { context.cpuSeconds[$0] } }
      return RunReport.Stage(
        name: stage.definition.name, uses: stage.definition.kind.name,
        version: stage.definition.kind.version, tasks: stage.tasks.count,
        cached: stage.count(of: .cached) - done.count, ran: done.count,
        setAside: stage.count(of: .setAside),
        seconds: spans.isEmpty ? nil : spans.map(\.1).max()! - spans.map(\.0).min()!,
        cpuSeconds: ran.isEmpty ? nil : ran.compactMap(\.cpuSeconds).reduce(0, +),
        sparedCPUSeconds: spared.isEmpty ? nil : spared.reduce(0, +),
        peakMemory: ran.compactMap(\.peakMemory).max())
    }
    let process = ProcessInfo.processInfo
    return RunReport.Run(
      id: context.id, started: context.started.formatted(.iso8601),
      ended: context.started.addingTimeInterval(context.seconds).formatted(.iso8601),
      seconds: context.seconds, command: context.command, host: process.hostName,
      cores: process.activeProcessorCount,
      workers: outcome.cluster == nil ? context.workers : mostAtWork,
      trackflowVersion: context.version, instructionSet: instructionSet,
      operatingSystem: process.operatingSystemVersionString, swiftVersion: SwiftVersion.text,
      dataset: RunReport.Dataset(
        name: context.dataset.name, path: context.dataset.path, events: context.dataset.events),
      workflow: context.workflow,
      inputs: context.inputs.map { RunReport.Input(file: $0.path, sha256: $0.sha256) },
      stages: stages,
      timeline: records.map {
        RunReport.TimelineTask(
          stage: $0.stage, event: $0.event, worker: $0.worker, start: $0.start, end: $0.end,
          cpuSeconds: $0.cpuSeconds, peakMemory: $0.peakMemory, node: $0.node)
      }, cluster: cluster)
  }
}

/// The language version that the program was compiled as.
enum SwiftVersion {
  #if swift(>=6.3)
    static let text = "6.3 or later"
  #elseif swift(>=6.2)
    static let text = "6.2"
  #else
    static let text = "before 6.2"
  #endif
}
