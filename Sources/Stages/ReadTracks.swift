import ArtifactStore
import EventData
import JSONDocument
import Workflow

/// `read-tracks`: the tracks that another program found, in the place of those built here.
struct ReadTracks: StageKind {
  let name = "read-tracks"
  let version = 1
  let summary =
    "Reads each event's tracks from a submission file, in the place of build-tracks."
  let scope = StageScope.event
  let gives = "build-tracks"
  let inputs = [StageInput("simulate-events", isRequired: false)]
  let eventFiles = [EventFileNeed(EventFile.hits.rawValue)]
  let parameters = [
    ParameterSpec(
      "file", .file, default: nil,
      "The submission: a CSV file with event_id, hit_id and track_id; .gz and .zst are unpacked."),
    ParameterSpec(
      "event", .integer(0...Int(Int32.max)), default: nil,
      "The event that a file without the column event_id is of."),
  ]

  func contradiction(in parameters: JSONValue) -> ParameterContradiction? {
    guard parameters["file"]?.stringValue == nil else { return nil }
    return ParameterContradiction(
      parameter: "file", message: "the path of a submission file was expected")
  }

  func run(_ task: StageTask) throws -> StageResult {
    let event = try task.eventNumber()
    let path = task.text("file")
    return try refusingBadInput {
      let hits = try WholeEvent(try EventTablesSource(task), wanting: []).hits
      let table = try EventReader.submission(at: path)
      if table.eventID.isEmpty, table.count > 0 {
        try requireEvent(event, told: task.parameters["event"]?.intValue, path: path)
      }
      let tracks = try table.tracks(of: event, in: path, hits: hits)
      return StageResult(
        summary: [
          "event": .integer(event), "tracks": .integer(Set(tracks.trackID).count),
          "hitsOnTracks": .integer(tracks.count),
        ],
        arrays: [
          ArtifactArray(name: "hitID", values: .int32(tracks.hitID)),
          ArtifactArray(name: "trackID", values: .int64(tracks.trackID)),
        ])
    }
  }

  private func requireEvent(_ event: Int, told: Int?, path: String) throws {
    guard told != event else { return }
    throw EventDataError.malformed(
      file: path, line: 1, column: "event_id", found: nil,
      expected: told.map { "it is missing; the file is told to be of event \($0), not \(event)" }
        ?? "it is missing, so the parameter \"event\" must say which event the file is of")
  }
}
