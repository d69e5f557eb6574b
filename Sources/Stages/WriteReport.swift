import Reporting
import Workflow

/// `write-report`: the report of a run; written by the driver when all else is done.
struct WriteReport: StageKind {
  let name = "write-report"
  let version = 1
  let summary =
    "Writes report.json, report.html, displays of events and the submission files into the run's folder."
  let scope = StageScope.report
  let inputs = [
    StageInput("score-tracks", isRequired: false, takesSeveral: true),
    StageInput("score-reconstruction", isRequired: false, takesSeveral: true),
    StageInput(FoundTracks.kind, isRequired: false, takesSeveral: true),
    StageInput("train-doublet-filter", isRequired: false, takesSeveral: true),
    StageInput("train-triplets", isRequired: false, takesSeveral: true),
    StageInput("train-companions", isRequired: false, takesSeveral: true),
    StageInput("train-extension", isRequired: false, takesSeveral: true),
    StageInput("build-tracks", isRequired: false, takesSeveral: true),
    StageInput("classify-edges", isRequired: false, takesSeveral: true),
    StageInput("train-edge-classifier", isRequired: false, takesSeveral: true),
    StageInput("build-graphs", isRequired: false, takesSeveral: true),
    StageInput("simulate-events", isRequired: false),
  ]
  let parameters = [
    ParameterSpec(
      "submissions", .boolean, default: true, affectsResult: false,
      "Whether to write the tracks as submission files (event_id,hit_id,track_id)."),
    ParameterSpec(
      "displays", .integer(0...1000), default: 1, unit: "events", affectsResult: false,
      "Of how many of the scored events a page that turns is written into displays/."),
    ParameterSpec(
      "gallery", .boolean, default: false, affectsResult: false,
      "Whether to write gallery.html: the first scored event's graph, probabilities and tracks as figures."
    ),
  ]

  let watchedNumbers = HeadlineNumber.all.map {
    WatchedNumber(name: $0.name, description: $0.description)
  }

  func run(_ task: StageTask) throws -> StageResult {
    throw InputRefused("a report is written by the run itself, not by a worker")
  }
}
