import ArtifactStore
import EventData
import Execution
import Foundation
import Reporting
import Stages
import TerminalDisplay
import Workflow

/// One night, from its entry into the history to its judgement.
struct NightlyRun {
  private let workflow: String
  private let overrides: [WorkflowOverride]
  private let folder: NightlyFolder
  private let cache: String?
  private let workers: Int?
  private let started = Date()
  private(set) var night: Night

  /// Enters the night into the history.
  ///
  /// - Throws: `NightlyError.otherWorkflow` where the folder is another study's.
  init(
    workflow: String, overrides: [WorkflowOverride], folder: NightlyFolder, cache: String?,
    workers: Int?
  ) throws {
    self.workflow = workflow
    self.overrides = overrides
    self.folder = folder
    self.cache = cache
    self.workers = workers
    let history = folder.history()
    let (definition, _) = WorkflowReader.check(
      path: workflow, kinds: StageKinds.all, overrides: overrides)
    // A workflow that can't be read tonight is a failed night of the study that was here before.
    let name =
      definition?.name ?? (history.nights.isEmpty ? Self.fileName(workflow) : history.workflow)
    if !history.nights.isEmpty, history.workflow != name {
      throw NightlyError.otherWorkflow(
        folder: folder.path, theirs: history.workflow, ours: name)
    }
    night = Night(
      id: folder.newID(started: started), workflow: name, started: started.timeIntervalSince1970)
    night.programDigest = try? FileDigest.sha256(ofFile: ProgramVersion.executable)
    try folder.write(night)
  }

  private static func fileName(_ path: String) -> String {
    URL(filePath: path).deletingPathExtension().lastPathComponent
  }

  /// Runs the study, judges it and writes what is to be read of it.
  mutating func carryOut(isQuiet: Bool) async throws -> ExitStatus {
    let progress: any RunDisplay = isQuiet ? NoProgress() : runDisplayOnStandardError()
    defer { progress.runEnded() }
    let run = self
    let definition = try WorkflowReader.read(
      path: workflow, kinds: StageKinds.all, overrides: overrides)
    let (report, files) = try await Interruption.allowing(progress: progress) { control in
      try await run.study(definition, control, progress)
    }
    night.ended = Date().timeIntervalSince1970
    night.take(report)
    night.report = files.html.map { _ in "nights/\(night.id)/report.html" }
    judge(by: definition.nightly?.thresholds ?? [])
    try writeSummaries(of: report)
    try folder.write(night)
    return night.isRegression
      ? .regression : night.state == .incomplete ? .eventsSetAside : .success
  }

  private func study(
    _ definition: WorkflowDefinition, _ control: RunControl, _ progress: any RunDisplay
  ) async throws -> (RunReport, StudyReport.Files) {
    if cache == nil { try folder.emptyCache() }
    let store = ObjectStore(root: URL(filePath: cache ?? folder.cache).standardized.path)
    let access = CacheAccess(store: store, progress: progress)
    return try await access.withCatalog { catalog in
      let planner = Planner(
        definition: definition, source: try DatasetEvents(definition.dataset), store: store,
        catalog: catalog)
      store.removePartialFiles()
      defer { store.removePartialFiles() }
      let session = try RunSession(
        planner: planner, file: workflow, folder: folder.nightFolder(night.id), started: started)
      var files: StudyReport.Files?
      _ = try await session.run(
        options: WorkerCount.options(workers), progress: progress, control: control
      ) { files = $1 }
      guard let files else { throw CancellationError() }
      return (files.report, files)
    }
  }

  /// Compares the night with the last good one; the first has nothing to be compared with.
  private mutating func judge(by thresholds: [NightlySettings.Threshold]) {
    guard let earlier = folder.history().lastGood(before: night) else { return }
    night.judgement = NightJudgement(
      of: night, against: earlier,
      thresholds: thresholds.map { ($0.number, NightJudgement.Tolerance($0.tolerance)) },
      changes: NightChanges.lines(from: earlier, to: night))
  }

  /// The JUnit file and the summary, in the night's folder and, for those who want the newest, in the history's.
  private func writeSummaries(of report: RunReport) throws {
    let junit = JUnitReport.text(of: report, night: night)
    func markdown(_ links: MarkdownReport.Links) -> String {
      MarkdownReport.text(of: report, night: night, links: links)
    }
    let own = MarkdownReport.Links(
      report: night.report == nil ? nil : "report.html", index: "../../index.html")
    try write(
      junit: junit, markdown: markdown(own),
      newest: markdown(.init(report: night.report, index: "index.html")))
  }

  private func write(junit: String, markdown: String, newest: String) throws {
    let own = folder.nightFolder(night.id)
    try FileSystem.publish(Array(junit.utf8), to: own + "/report.junit.xml")
    try FileSystem.publish(Array(markdown.utf8), to: own + "/summary.md")
    try FileSystem.publish(Array(junit.utf8), to: folder.path + "/junit.xml")
    try FileSystem.publish(Array(newest.utf8), to: folder.summary)
  }

  /// Enters into the history that the night came to nothing, and why.
  mutating func fail(_ error: any Error) throws {
    night.ended = Date().timeIntervalSince1970
    night.state = error is CancellationError ? .interrupted : .failed
    night.reason = error is CancellationError ? "it was stopped" : "\(error)"
    night.judgement = nil
    try folder.write(night)
    try write(
      junit: JUnitReport.text(ofFailed: night),
      markdown: MarkdownReport.text(ofFailed: night, links: .init(index: "../../index.html")),
      newest: MarkdownReport.text(ofFailed: night, links: .init(index: "index.html")))
  }
}

extension NightJudgement.Tolerance {
  fileprivate init(_ tolerance: NightlySettings.Tolerance) {
    self =
      switch tolerance {
      case .absolute(let value): .absolute(value)
      case .percent(let share): .percent(share)
      }
  }
}
