import ArtifactStore
import Foundation
import JSONDocument
import Reporting
import Workflow

/// What a report says of the run itself.
public struct RunContext: Sendable {
  public var id: String
  public var started: Date
  public var seconds: Double
  public var command: String
  public var workers: Int
  public var version: String
  /// The version with what tells one build from another.
  public var build: String
  public var workflow: JSONValue
  public var dataset: (name: String, path: String, events: Int)
  public var inputs: [(path: String, sha256: String)]
  /// The run that the headline is held against; nil where there is none.
  public var earlier: EarlierRun?

  /// The processor time that results took when they were made, s; of those that are known.
  public var cpuSeconds: [ArtifactKey: Double]

  public init(
    id: String, started: Date, seconds: Double, command: String, workers: Int, version: String,
    build: String, workflow: JSONValue, dataset: (name: String, path: String, events: Int),
    inputs: [(path: String, sha256: String)], earlier: EarlierRun? = nil,
    cpuSeconds: [ArtifactKey: Double] = [:]
  ) {
    self.id = id
    self.started = started
    self.seconds = seconds
    self.command = command
    self.workers = workers
    self.version = version
    self.build = build
    self.workflow = workflow
    self.dataset = dataset
    self.inputs = inputs
    self.earlier = earlier
    self.cpuSeconds = cpuSeconds
  }
}

/// An earlier run of the same workflow that left its report.
public struct EarlierRun: Sendable {
  public var report: RunReport
  /// The workflow as it was run, defaults and overrides filled in.
  public var definition: JSONValue
  /// The program that ran it, with its build.
  public var version: String

  public init(report: RunReport, definition: JSONValue, version: String) {
    self.report = report
    self.definition = definition
    self.version = version
  }

  /// How a run's headline differs from this one's, and what was done differently.
  ///
  /// - Parameters:
  ///   - now: the run's report.
  ///   - version: the program that ran it, with its build.
  func change(to now: RunReport, version: String) -> RunReport.Change? {
    let provenance = ProvenanceDifference(report.run, now.run)
    var words = DefinitionDifference(from: definition, to: now.run.workflow).changes.map(\.words)
    words += provenance.program
    if report.run.trackflowVersion == now.run.trackflowVersion, self.version != version {
      words.append("trackflow \(self.version) -> \(version)")
    }
    let files = provenance.changedFiles.count
    if files > 0 {
      words.append("\(files) input file\(files == 1 ? " has" : "s have") other content")
    }
    return RunReport.Change(from: report, to: now, differences: words)
  }
}
