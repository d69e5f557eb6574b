import ArtifactStore
import EdgeClassifier
import Reconstruction
import Synchronization
import Workflow

/// The line graphs that a training sees: those of the sectors of its events.
///
/// The triplets that the perceptron keeps are found once; graphs that do not fit into the memory are made
/// of them again when they are needed.
struct LineGraphEvents {
  let training: GraphStreamPart
  let validation: GraphStreamPart
  /// Of all training links.
  let total: LineGraphSize

  /// - Parameters:
  ///   - perceptron: keeps the triplets that are links.
  ///   - meanWeight: of a particle's hit in the training events.
  init(
    _ task: StageTask, model: EdgeModel, perceptron: TripletFinder, meanWeight: Float,
    training: [StudyEvent], validation: [StudyEvent]
  ) throws {
    let count = task.integer("sectors")
    let all = training + validation
    let kept = try task.map(all, note: "triplets to keep") { event in
      let loaded = try LoadedEvent(event, task, threads: 1)
      let triplets = perceptron.triplets(of: loaded.doublets, hits: loaded.event.hits).triplets
      let sectors = LineGraphSectors(count: count, event: event.number)
      return KeptTriplets(
        event: event, triplets: triplets, sectors: sectors,
        sizes: sectors.cut(triplets, doublets: loaded.doublets, hits: loaded.event.hits).map {
          LineGraphSize(
            of: $0, doublets: loaded.doublets, truth: loaded.event.truth, meanWeight: meanWeight)
        })
    }
    let places = kept.enumerated().flatMap { event, kept in
      kept.sizes.indices.map { (event: event, sector: $0) }
    }
    let sizes = kept.flatMap(\.sizes)
    let builder = LineGraphBuilder(turns: perceptron.turns)
    let cache = LastEvent()
    let stream = try GraphStream(
      sizes: sizes.map { model.graphBytes(nodes: $0.nodes, edges: $0.links) },
      memory: MemorySize(task.text("memory"))?.bytes ?? 0,
      besides: model.stepBytes(
        nodes: sizes.map(\.nodes).max() ?? 0, edges: sizes.map(\.links).max() ?? 0)
        + ProcessMemory.resident + ProcessMemory.reserve
    ) { index in
      let place = places[index]
      let loaded = try cache.event(place.event) {
        var loaded = try LoadedEvent(kept[place.event].event, task, threads: task.threads)
        loaded.parts = kept[place.event].sectors.cut(
          kept[place.event].triplets, doublets: loaded.doublets, hits: loaded.event.hits)
        return loaded
      }
      return .messagePassing(
        builder.graph(
          of: loaded.parts[place.sector], doublets: loaded.doublets, event: loaded.event,
          meanWeight: meanWeight, threads: task.threads))
    }
    let trained = training.count * count
    self.training = stream.part(0..<trained, graphsPerEvent: count)
    self.validation = stream.part(trained..<places.count, graphsPerEvent: count)
    var total = LineGraphSize()
    for size in sizes[..<trained] { total.add(size) }
    self.total = total
  }
}

/// What the perceptron keeps of an event.
private struct KeptTriplets: Sendable {
  var event: StudyEvent
  var triplets: TripletSet
  var sectors: LineGraphSectors
  /// [sectors].
  var sizes: [LineGraphSize]
}

/// An event of which line graphs are made.
private struct LoadedEvent: Sendable {
  let event: TrainingEvent
  let doublets: DoubletGraph
  /// The kept triplets of each sector.
  var parts: [TripletSet] = []

  init(_ event: StudyEvent, _ task: StageTask, threads: Int) throws {
    let prepared = try event.load(PreparedHits.kind, task)
    let hits = try PreparedHits.hits(of: prepared)
    self.event = TrainingEvent(hits: hits, truth: try PreparedHits.truth(of: prepared))
    doublets = try FoundDoublets.graph(
      of: event.load(FoundDoublets.kind, task), hits: hits, threads: threads)
  }
}

/// The event of which graphs were made last: its sectors come one after the other.
private final class LastEvent: Sendable {
  private let last = Mutex<(index: Int, event: LoadedEvent)?>(nil)

  func event(_ index: Int, load: () throws -> LoadedEvent) throws -> LoadedEvent {
    try last.withLock { last in
      if let last, last.index == index { return last.event }
      last = nil
      let event = try load()
      last = (index, event)
      return event
    }
  }
}
