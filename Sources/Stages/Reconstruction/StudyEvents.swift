import ArtifactStore
import EdgeClassifier
import Reconstruction
import Synchronization
import Workflow

/// An event among those that a stage over the whole study takes, with its results by kind.
struct StudyEvent: Sendable {
  let number: Int
  let results: [String: ArtifactKey]

  func load(_ kind: String, _ task: StageTask) throws -> Artifact {
    guard let key = results[kind] else {
      throw InputRefused("stage \(task.stage) was given no \(kind) result of event \(number)")
    }
    return try task.store.load(key)
  }

  /// The prepared hits and truth, and the hits that earlier passes' tracks use.
  func trainingEvent(_ task: StageTask) throws -> TrainingEvent {
    let prepared = try load(PreparedHits.kind, task)
    let hits = try PreparedHits.hits(of: prepared)
    let tracks =
      results[FoundTracks.kind] == nil
      ? [] : try FoundTracks.tracks(of: load(FoundTracks.kind, task), hits: hits)
    return TrainingEvent(hits: hits, truth: try PreparedHits.truth(of: prepared), tracks: tracks)
  }
}

extension StageTask {
  /// The events of a split, in the order of their numbers.
  func events(of split: String) -> [StudyEvent] {
    var results: [Int: [String: ArtifactKey]] = [:]
    for input in inputs where input.split == split {
      guard let event = input.event else { continue }
      results[event, default: [:]][input.kind] = input.key
    }
    return results.sorted { $0.key < $1.key }.map { StudyEvent(number: $0.key, results: $0.value) }
  }

  /// Does something with every event of a list, on all threads; the results are in the events' order.
  ///
  /// - Parameter note: what is being done, for progress.
  func map<Value: Sendable>(
    _ events: [StudyEvent], note: String, _ body: @Sendable (StudyEvent) throws -> Value
  ) throws -> [Value] {
    let results = EventResults<Value>(count: events.count)
    forEach(events.count, threads: threads) { index in
      let result = Result { try body(events[index]) }
      let done = results.put(result, at: index)
      report(TaskProgress(done: done, total: events.count, unit: "events", note: note))
    }
    return try results.all()
  }
}

/// Results that several threads put in place.
private final class EventResults<Value: Sendable>: Sendable {
  private let state: Mutex<(values: [Result<Value, any Error>?], done: Int)>

  init(count: Int) { state = Mutex((Array(repeating: nil, count: count), 0)) }

  func put(_ result: Result<Value, any Error>, at index: Int) -> Int {
    state.withLock { state in
      state.values[index] = result
      state.done += 1
      return state.done
    }
  }

  func all() throws -> [Value] {
    let values = state.withLock { $0.values }
    return try values.compactMap { try $0?.get() }
  }
}
