import EventData
import JSONDocument

/// Where trained weights come from, and what they are for.
public struct WeightsProvenance: Sendable, Equatable {
  /// A score on events that nothing was trained on.
  public struct Score: Sendable, Equatable {
    /// The stage that scored.
    public var stage: String
    public var events: Int
    /// Mean of the events' TrackML scores.
    public var score: Double

    public init(stage: String, events: Int, score: Double) {
      self.stage = stage
      self.events = events
      self.score = score
    }
  }

  /// The data set trained on.
  public var dataSet: String
  public var trainEvents: Int
  /// Where the collisions of those events were.
  public var beamSpot: BeamSpot
  /// nil for 2 T everywhere.
  public var field: MagneticField?
  public var programVersion: String
  /// The workflow as it was run.
  public var workflow: JSONValue
  public var scores: [Score]

  public init(
    dataSet: String, trainEvents: Int, beamSpot: BeamSpot, field: MagneticField?,
    programVersion: String, workflow: JSONValue, scores: [Score]
  ) {
    self.dataSet = dataSet
    self.trainEvents = trainEvents
    self.beamSpot = beamSpot
    self.field = field
    self.programVersion = programVersion
    self.workflow = workflow
    self.scores = scores
  }

  public var json: JSONValue {
    [
      "dataSet": .string(dataSet), "trainEvents": .integer(trainEvents),
      "beamSpot": [
        "x": .number(beamSpot.x), "y": .number(beamSpot.y), "z": .number(beamSpot.z),
      ],
      "field": field?.json ?? .null, "programVersion": .string(programVersion),
      "scores": .array(
        scores.map {
          ["stage": .string($0.stage), "events": .integer($0.events), "score": .number($0.score)]
        }),
      "workflow": workflow,
    ]
  }

  /// The inverse of `json`; nil where that is none.
  public init?(json: JSONValue) {
    guard let dataSet = json["dataSet"]?.stringValue,
      let trainEvents = json["trainEvents"]?.intValue, let spot = json["beamSpot"],
      let x = spot["x"]?.doubleValue, let y = spot["y"]?.doubleValue,
      let z = spot["z"]?.doubleValue, z > 0, let version = json["programVersion"]?.stringValue,
      let workflow = json["workflow"], let scores = json["scores"]?.arrayValue
    else { return nil }
    var field: MagneticField?
    if let declared = json["field"], declared != .null {
      field = MagneticField(json: declared)
      guard field != nil else { return nil }
    }
    self.init(
      dataSet: dataSet, trainEvents: trainEvents, beamSpot: BeamSpot(x: x, y: y, z: z),
      field: field, programVersion: version, workflow: workflow,
      scores: scores.compactMap { row in
        guard let stage = row["stage"]?.stringValue, let events = row["events"]?.intValue,
          let score = row["score"]?.doubleValue
        else { return nil }
        return Score(stage: stage, events: events, score: score)
      })
  }
}
