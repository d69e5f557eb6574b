import JSONDocument
import Workflow

/// The workflow that scores what another program made: its stages are those of any other workflow.
public struct ImportedWorkflow: Sendable {
  public var name: String
  public var description: String
  /// A folder of events.
  public var folder: String
  /// Numbers of the events that are taken.
  public var events: [Int]
  private var stages: [JSONMember] = []

  public init(name: String, description: String, folder: String, events: [Int]) {
    self.name = name
    self.description = description
    self.folder = folder
    self.events = events
  }

  /// Tracks from a submission, scored.
  ///
  /// - Parameter event: that a file without the column `event_id` is of.
  public mutating func addTracks(file: String, event: Int?) {
    var parameters = [JSONMember(name: "file", value: .string(file))]
    if let event { parameters.append(JSONMember(name: "event", value: .integer(event))) }
    add("tracks", uses: ReadTracks().name, parameters: parameters)
    add("score", uses: ScoreTracks().name, needs: ["tracks"])
    add("report", uses: WriteReport().name, needs: ["score"])
  }

  /// Graphs with the edges' probabilities; where there is a truth, also tracks that are built from them and scored.
  ///
  /// - Parameters:
  ///   - haveScores: whether the files hold probabilities; otherwise all edges count as true.
  ///   - tracks: parameters of `build-tracks`; nil for no tracks.
  public mutating func addGraphs(haveScores: Bool, tracks: [JSONMember]?) {
    let without = haveScores ? "refuse" : "believe"
    add("graphs", uses: ReadGraphs().name)
    add(
      "edges", uses: ReadEdges().name, needs: ["graphs"],
      parameters: [JSONMember(name: "withoutScores", value: .string(without))])
    if let tracks {
      add("tracks", uses: BuildTracks().name, needs: ["graphs", "edges"], parameters: tracks)
      add("score", uses: ScoreTracks().name, needs: ["graphs", "tracks"])
    }
    add("report", uses: WriteReport().name, needs: tracks == nil ? ["edges"] : ["score", "edges"])
  }

  private mutating func add(
    _ name: String, uses kind: String, needs: [String] = [], parameters: [JSONMember] = []
  ) {
    var members = [JSONMember(name: "uses", value: .string(kind))]
    if !needs.isEmpty {
      members.append(JSONMember(name: "needs", value: .array(needs.map { .string($0) })))
    }
    if !parameters.isEmpty {
      members.append(JSONMember(name: "parameters", value: .object(parameters)))
    }
    stages.append(JSONMember(name: name, value: .object(members)))
  }

  public var json: JSONValue {
    [
      "name": .string(name), "description": .string(description),
      "dataset": [
        "path": .string(folder), "events": .string("id \(EventRanges.text(events))"),
      ],
      "split": ["imported": "0%-100%"], "stages": .object(stages),
    ]
  }
}
