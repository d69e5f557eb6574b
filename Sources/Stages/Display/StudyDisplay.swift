import ArtifactStore
import EventData
import GraphConstruction
import JSONDocument
import Reporting
import TrackScoring
import Workflow

/// Makes of a run's results what a display shows of an event.
public struct StudyDisplay {
  let results: RunResults
  let event: Int
  let hits: EventDisplay.Hits
  let layers: [EventDisplay.Layer]
  /// Of each hit number its place among the hits.
  let rows: HitPlaces
  /// Nil where the truth of the event is not known.
  let truth: DisplayTruth?

  /// Reads what the run has of an event.
  ///
  /// - Throws: `StudyDisplayError.unknownEvent`; `InputRefused` where the event's files are gone or changed.
  public init(_ results: RunResults, event: Int) throws {
    let known = Set(results.results.compactMap(\.event))
    guard known.contains(event) else {
      throw StudyDisplayError.unknownEvent(event, run: results.run, events: known.sorted())
    }
    self.results = results
    self.event = event
    if results.isOfGraphFiles {
      (hits, layers) = try Self.nodes(of: results, event: event)
      truth = nil
      rows = HitPlaces(hits.hitID)
      return
    }
    let tables = try results.tables(of: event)
    let outline = try DetectorOutline(results, event: event)
    (layers, hits) = outline.layers(of: tables.hits)
    let rows = HitPlaces(hits.hitID)
    self.rows = rows
    truth = try refusingBadInput {
      try tables.truth.map {
        try DisplayTruth(truth: $0, particles: tables.particles, rows: rows)
      }
    }
  }

  /// Hits, truth, and the edges and tracks of every stage that has some of the event.
  public func display() throws -> EventDisplay {
    try refusingBadInput {
      EventDisplay(
        event: event, hits: hits, layers: layers, particles: truth?.particles,
        edges: try edges(), tracks: try trackStages.map(tracks))
    }
  }

  /// The hits of an event that the run knows as a graph alone.
  private static func nodes(
    of results: RunResults, event: Int
  ) throws -> (EventDisplay.Hits, [EventDisplay.Layer]) {
    let stage = results.stages(giving: "build-graphs")[0]
    guard let artifact = try results.artifact(of: stage, event: event) else {
      throw StudyDisplayError.unknownEvent(
        event, run: results.run, events: results.events(of: stage))
    }
    let graph = try GraphArtifact.graph(of: artifact)
    let names = Set(graph.layer).sorted()
    let places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, Int32($0)) })
    // Features are in units of a metre.
    func place(_ axis: Int) -> [Double] {
      (0..<graph.nodeCount).map { 1000 * Double(graph.features[HitGraph.featureCount * $0 + axis]) }
    }
    return (
      EventDisplay.Hits(
        hitID: graph.hitID, x: place(0), y: place(1), z: place(2),
        layer: graph.layer.map { places[$0] ?? 0 }),
      names.map { EventDisplay.Layer(name: "layer \($0)", volume: 0) }
    )
  }
}

extension RunResults {
  /// Whether the events are graphs that other software made, and no tables of hits.
  var isOfGraphFiles: Bool { results.contains { $0.kind == ReadGraphs().name } }

  /// The events that a display can show, those that tracks were scored of first: in the order of their numbers.
  public var displayEvents: [Int] {
    let scored = stages(giving: "score-tracks") + stages(giving: "score-reconstruction")
    for stages in [scored, stages(giving: "classify-edges")] where !stages.isEmpty {
      return Set(stages.flatMap(events)).sorted()
    }
    return Set(results.compactMap(\.event)).sorted()
  }
}

/// Why there is no display of an event.
public enum StudyDisplayError: Error, CustomStringConvertible {
  /// The run has nothing of the event.
  case unknownEvent(Int, run: String, events: [Int])

  public var description: String {
    switch self {
    case .unknownEvent(let event, let run, let events):
      "the run \(run) has nothing of an event \(event); it has "
        + (events.isEmpty ? "no events at all" : EventRanges.words(events))
    }
  }
}

/// The places of hits by their number.
struct HitPlaces {
  private let places: [Int32: Int32]

  init(_ hitID: [Int32]) {
    places = Dictionary(
      hitID.enumerated().map { ($1, Int32($0)) }, uniquingKeysWith: { first, _ in first })
  }

  /// The places of some hits.
  ///
  /// - Throws: `InputRefused` where the event does not have one of them.
  func places(of hitID: [Int32]) throws -> [Int32] {
    try hitID.map { hit in
      guard let place = places[hit] else {
        throw InputRefused("the results name hit \(hit), which the event does not have")
      }
      return place
    }
  }

  func place(of hitID: Int32) -> Int32? { places[hitID] }
}

extension RunResults {
  /// Where a display's event is from, for people.
  public var sourceWords: String {
    let workflow = definition["name"]?.stringValue ?? ""
    return "run \(run) of the workflow \(workflow)"
  }
}
