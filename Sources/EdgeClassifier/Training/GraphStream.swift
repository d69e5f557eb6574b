import Dispatch

/// Graphs that are loaded when they are needed, the next one while one is at work, within a budget.
///
/// As many as fit stay in memory once they were loaded, the first ones first; the others come anew
/// each time.
public final class GraphStream {
  private let isResident: [Bool]
  private let load: @Sendable (Int) throws -> TrainingGraph
  private var resident: [Int: TrainingGraph] = [:]
  private var pending: Prefetch?

  /// Graphs of which each is as large as the largest, that a stream has beside the resident ones:
  /// at work, fetched, and in the making, which takes about twice its size.
  private static let places = 4

  /// - Parameters:
  ///   - sizes: bytes that each graph will take, about.
  ///   - memory: bytes for all that the training takes.
  ///   - others: how many of them are for other things than graphs.
  ///   - load: makes a graph; called in the background.
  /// - Throws: `EdgeClassifierError.tooLittleMemory` where not even one after the other fits.
  public init(
    sizes: [Int], memory: Int, besides others: Int = 0,
    load: @escaping @Sendable (Int) throws -> TrainingGraph
  ) throws(EdgeClassifierError) {
    self.load = load
    let largest = sizes.max() ?? 0
    let budget = memory - others
    let all = sizes.reduce(0, +) + 2 * largest
    guard all > budget else {
      isResident = sizes.map { _ in true }
      return
    }
    var left = budget - Self.places * largest
    guard left >= 0 else {
      throw .tooLittleMemory(given: memory, needed: others + min(all, Self.places * largest))
    }
    isResident = sizes.map { size in
      left -= size
      return left >= 0
    }
  }

  /// Graphs that stay in memory.
  public var residentCount: Int { isResident.count { $0 } }

  /// Some of the graphs, numbered from 0.
  ///
  /// - Parameter graphsPerEvent: see `TrainingGraphSource`.
  public func part(_ range: Range<Int>, graphsPerEvent: Int = 1) -> GraphStreamPart {
    GraphStreamPart(stream: self, range: range, graphsPerEvent: graphsPerEvent)
  }

  fileprivate func visit(
    _ order: [Int], _ body: (_ index: Int, _ graph: TrainingGraph) throws -> Void
  ) throws {
    for (position, index) in order.enumerated() {
      let graph = try take(index)
      if let next = order[(position + 1)...].first(where: { resident[$0] == nil }) {
        fetch(next)
      }
      try body(position, graph)
    }
  }

  private func take(_ index: Int) throws -> TrainingGraph {
    if let graph = resident[index] { return graph }
    fetch(index)
    let fetched = pending
    pending = nil
    let graph = try fetched?.result() ?? load(index)
    if isResident[index] { resident[index] = graph }
    return graph
  }

  /// Starts to load a graph unless that is under way.
  private func fetch(_ index: Int) {
    guard pending?.index != index else { return }
    // What was fetched for an order that was given up is waited for, so that its memory is free.
    _ = try? pending?.result()
    pending = Prefetch(index, load)
  }
}

/// Some of a stream's graphs.
public struct GraphStreamPart: TrainingGraphSource {
  let stream: GraphStream
  let range: Range<Int>
  public let graphsPerEvent: Int

  public var count: Int { range.count }

  public func visit(
    _ order: [Int], _ body: (_ index: Int, _ graph: TrainingGraph) throws -> Void
  ) throws {
    try stream.visit(order.map { range.lowerBound + $0 }) { position, graph in
      try body(order[position], graph)
    }
  }
}

/// A graph that is being loaded in the background.
private final class Prefetch: @unchecked Sendable {
  let index: Int
  private let group = DispatchGroup()
  // Written before the group is left, read after it was waited for.
  private var loaded: Result<TrainingGraph, any Error>?

  init(_ index: Int, _ load: @escaping @Sendable (Int) throws -> TrainingGraph) {
    self.index = index
    DispatchQueue.global(qos: .userInitiated).async(group: group) {
      self.loaded = Result { try load(index) }
    }
  }

  func result() throws -> TrainingGraph {
    group.wait()
    guard let loaded else { preconditionFailure("a load that ended has a result") }
    return try loaded.get()
  }
}
