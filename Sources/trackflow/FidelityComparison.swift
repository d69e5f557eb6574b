import EventData
import EventSimulation
import Foundation
import Synchronization

/// Events made in memory beside those of a folder: the work behind `simulate --compare`.
struct FidelityComparison {
  /// Reference events read at most: more of them tell nothing new.
  static let mostReferenceEvents = 16

  var generator: EventGenerator
  var ids: [Int]
  var reference: EventFolder
  var quiet: Bool

  /// The table of both sets' figures.
  ///
  /// Our events are looked at in the reference's volumes alone.
  /// - Throws: `EventDataError` for reference events that cannot be read, or none with hits.
  func table() throws -> FidelityTable {
    let usable = reference.events.filter { reference.files(of: $0).contains(.hits) }
    guard !usable.isEmpty else {
      throw EventDataError.noEvents(
        folder: reference.path, reason: "no event in it has a file of hits")
    }
    let theirs = try statistics(
      of: Array(usable.prefix(Self.mostReferenceEvents)), volumes: [], verb: "read"
    ) { id in
      try reference.read(event: id, files: reference.files(of: id))
    }
    let ours = try statistics(of: ids, volumes: theirs.volumesSeen, verb: "simulated") { id in
      let event = generator.event(id: id)
      return Event(
        id: id, hits: event.hits, truth: event.truth, particles: event.particles,
        cells: event.cells)
    }
    return FidelityTable(ours: ours, reference: theirs)
  }

  /// What the threads share: results by place, so that they are added in the events' order.
  private struct State {
    var parts: [EventStatistics?]
    var done = 0
    var failure: (any Error)?
  }

  private func statistics(
    of ids: [Int], volumes: Set<Int32>, verb: String, _ event: @Sendable (Int) throws -> Event
  ) throws -> EventStatistics {
    let empty = EventStatistics(volumes: volumes)
    let state = Mutex(State(parts: .init(repeating: nil, count: ids.count)))
    let quiet = quiet
    DispatchQueue.concurrentPerform(iterations: ids.count) { index in
      guard state.withLock({ $0.failure == nil }) else { return }
      do {
        var part = empty
        part.add(try event(ids[index]))
        state.withLock { state in
          state.parts[index] = part
          state.done += 1
          guard !quiet else { return }
          let line = "\(verb) \(state.done) of \(ids.count) events\n"
          FileHandle.standardError.write(Data(line.utf8))
        }
      } catch {
        state.withLock { $0.failure = $0.failure ?? error }
      }
    }
    return try state.withLock { state in
      if let failure = state.failure { throw failure }
      var sum = empty
      for part in state.parts.compactMap({ $0 }) { sum.add(part) }
      return sum
    }
  }
}
