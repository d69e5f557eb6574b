import Dispatch
import EdgeClassifier
import Synchronization
import Testing

/// Graphs that are loaded within a budget.
struct GraphStreamTests {
  struct LoadFailed: Error, Equatable { var index: Int }
  struct BodyFailed: Error {}

  /// Makes graphs, of index + 3 nodes unless told otherwise, and counts what it is asked for.
  final class Loader: Sendable {
    struct Counts {
      var loads = [Int](repeating: 0, count: 8)
      /// Under way at the same time, and the most there ever were.
      var running = 0
      var mostRunning = 0
      var failures: [Int: Int] = [:]

      var total: Int { loads.reduce(0, +) }
    }

    let counts = Mutex(Counts())
    /// Signalled at the end of each load.
    let loaded = DispatchSemaphore(value: 0)
    private let make: @Sendable (Int) throws -> TrainingGraph

    init(
      _ make: @escaping @Sendable (Int) throws -> TrainingGraph = { try GraphStreamTests.graph($0) }
    ) {
      self.make = make
    }

    /// The next loads of a graph end in an error.
    func fail(_ index: Int, times: Int = 1) { counts.withLock { $0.failures[index] = times } }

    func load(_ index: Int) throws -> TrainingGraph {
      let fails = counts.withLock { counts -> Bool in
        counts.loads[index] += 1
        counts.running += 1
        counts.mostRunning = max(counts.mostRunning, counts.running)
        guard let times = counts.failures[index], times > 0 else { return false }
        counts.failures[index] = times - 1
        return true
      }
      defer {
        counts.withLock { $0.running -= 1 }
        loaded.signal()
      }
      if fails { throw LoadFailed(index: index) }
      return try make(index)
    }

    var loads: [Int] { counts.withLock { $0.loads } }
  }

  static func graph(_ index: Int) throws -> TrainingGraph {
    .messagePassing(
      try MessageGraph(
        nodeCount: index + 3, nodeFeatures: [Float](repeating: 1, count: index + 3), start: [0],
        end: [1], edgeFeatures: [1], label: [1]))
  }

  /// A stream of 6 graphs of 10 bytes.
  private func stream(_ loader: Loader, memory: Int) throws -> GraphStream {
    try GraphStream(sizes: [Int](repeating: 10, count: 6), memory: memory) { try loader.load($0) }
  }

  @Test(
    "As many of the first graphs stay as fit beside four places for the largest",
    arguments: [(80, 6), (79, 3), (70, 3), (69, 2), (50, 1), (49, 0), (40, 0)])
  func residents(memory: Int, count: Int) throws {
    #expect(try stream(Loader(), memory: memory).residentCount == count)
    let besides = try GraphStream(
      sizes: [Int](repeating: 10, count: 6), memory: memory + 1000, besides: 1000
    ) { try Self.graph($0) }
    #expect(besides.residentCount == count)
  }

  @Test("Graphs behind the first that does not fit are not kept, however small")
  func residentPrefix() throws {
    let stream = try GraphStream(sizes: [5, 30, 1, 20, 1, 30, 30, 30], memory: 156) {
      try Self.graph($0)
    }
    #expect(stream.residentCount == 3)
  }

  @Test("Too small a memory is refused with what is needed")
  func tooLittleMemory() throws {
    #expect(throws: EdgeClassifierError.tooLittleMemory(given: 39, needed: 40)) {
      try stream(Loader(), memory: 39)
    }
    #expect(throws: EdgeClassifierError.tooLittleMemory(given: 100, needed: 140)) {
      try GraphStream(sizes: [20, 7, 20, 20], memory: 100, besides: 60) { try Self.graph($0) }
    }
    #expect(throws: Never.self) {
      try GraphStream(sizes: [20, 7, 20, 20], memory: 140, besides: 60) { try Self.graph($0) }
    }
    // A few graphs fit together where one after the other would not.
    #expect(throws: EdgeClassifierError.tooLittleMemory(given: 66, needed: 67)) {
      try GraphStream(sizes: [20, 7], memory: 66) { try Self.graph($0) }
    }
    #expect(try GraphStream(sizes: [20, 7], memory: 67) { try Self.graph($0) }.residentCount == 2)
    #expect(throws: Never.self) { try GraphStream(sizes: [], memory: 0) { try Self.graph($0) } }
  }

  @Test(
    "Graphs come in the order asked; kept ones are loaded once, the others once a visit",
    arguments: [80, 79, 50, 40])
  func visits(memory: Int) throws {
    let loader = Loader()
    let stream = try stream(loader, memory: memory)
    let part = stream.part(0..<6)
    #expect(part.count == 6)
    for (visit, order) in [[0, 1, 2, 3, 4, 5], [5, 0, 3, 1, 4, 2], [2, 4, 5, 3, 1, 0]].enumerated()
    {
      var seen: [Int] = []
      try part.visit(order) { index, graph in
        #expect(graph.nodeCount == index + 3)
        seen.append(index)
      }
      #expect(seen == order)
      #expect(
        loader.loads[..<6]
          == (0..<6).map { $0 < stream.residentCount ? 1 : visit + 1 }[...])
    }
    #expect(loader.counts.withLock { $0.mostRunning } == 1)
  }

  @Test("While one graph is at work the next is fetched, and no other", arguments: [79, 40])
  func oneIsFetched(memory: Int) throws {
    let loader = Loader()
    let part = try stream(loader, memory: memory).part(0..<6)
    let order = [3, 5, 4]
    var taken = 0
    try part.visit(order) { _, _ in
      taken += 1
      // Both the graph at work and the next have been loaded before this goes on.
      for _ in 0..<(taken == 1 ? 2 : taken < order.count ? 1 : 0) {
        #expect(loader.loaded.wait(timeout: .now() + 60) == .success)
      }
      #expect(loader.counts.withLock { $0.total } == min(taken + 1, order.count))
    }
  }

  @Test("Kept graphs on the way do not keep the next load waiting")
  func fetchesPastResidents() throws {
    let loader = Loader()
    let part = try stream(loader, memory: 79).part(0..<6)
    try part.visit([0, 1, 2]) { _, _ in }
    for _ in 0..<3 { loader.loaded.wait() }
    try part.visit([0, 1, 2, 5]) { index, _ in
      if index == 0 { #expect(loader.loaded.wait(timeout: .now() + 60) == .success) }
      #expect(loader.loads[5] == 1)
    }
  }

  @Test("A part of a stream numbers its graphs from 0")
  func parts() throws {
    let loader = Loader()
    let stream = try stream(loader, memory: 50)
    let part = stream.part(2..<5)
    #expect(part.count == 3)
    var nodes: [Int] = []
    try part.visit([2, 0, 1]) { index, graph in nodes += [index, graph.nodeCount] }
    #expect(nodes == [2, 7, 0, 5, 1, 6])
    #expect(loader.loads == [0, 0, 1, 1, 1, 0, 0, 0])
    try stream.part(0..<0).visit([]) { _, _ in Issue.record("there is none") }
  }

  @Test(
    "An error of a load comes out of the visit, and the stream works afterwards",
    arguments: [80, 50, 40], [0, 2, 5])
  func loadFails(memory: Int, index: Int) throws {
    let loader = Loader()
    let part = try stream(loader, memory: memory).part(0..<6)
    loader.fail(index)
    var seen: [Int] = []
    #expect(throws: LoadFailed(index: index)) {
      try part.visit([0, 1, 2, 3, 4, 5]) { index, _ in seen.append(index) }
    }
    #expect(seen == Array(0..<index), "those before it were visited")
    seen = []
    try part.visit([5, 4, 3, 2, 1, 0]) { index, graph in
      #expect(graph.nodeCount == index + 3)
      seen.append(index)
    }
    #expect(seen == [5, 4, 3, 2, 1, 0])
  }

  @Test(
    "A body that fails ends its visit, and what was fetched for it is used or given up",
    arguments: [80, 40], [1, 4])
  func bodyFails(memory: Int, next: Int) throws {
    let loader = Loader()
    let part = try stream(loader, memory: memory).part(0..<6)
    #expect(throws: BodyFailed.self) {
      try part.visit([0, 1, 2]) { _, _ in throw BodyFailed() }
    }
    var seen: [Int] = []
    try part.visit([next, 0]) { index, graph in
      #expect(graph.nodeCount == index + 3)
      seen.append(index)
    }
    #expect(seen == [next, 0])
    // Graph 1 was fetched already when the body failed.
    #expect(loader.loads[1] == 1)
    #expect(loader.counts.withLock { $0.mostRunning } == 1)
  }

  @Test("A training through a stream gives the bits of one from an array", arguments: [0, 1, 3, 6])
  func training(residents: Int) throws {
    let model = try TrainingPieces.model(isStandardised: false)
    let graphs = try TrainingPieces.prepared(model, weighting: TrainingStateTests.weighting)
    let options = TrainingStateTests.options()
    var array = try EdgeTrainer(model: model, options: options)
    while !array.isDone {
      try array.runEpoch(training: Array(graphs[..<4]), validation: Array(graphs[4...]))
    }
    let memory = residents == 6 ? 80 : 40 + 10 * residents
    let stream = try GraphStream(
      sizes: [Int](repeating: 10, count: 6), memory: memory
    ) { index in
      try model.prepared(
        TrainingPieces.hitGraphs[index], weighting: TrainingStateTests.weighting)
    }
    #expect(stream.residentCount == residents)
    var streamed = try EdgeTrainer(model: model, options: options)
    while !streamed.isDone {
      try streamed.runEpoch(training: stream.part(0..<4), validation: stream.part(4..<6))
    }
    #expect(streamed.curve == array.curve)
    #expect(streamed.state == array.state)
  }

  @Test("An epoch that a load ended leaves the trainer as it was, and can be run again")
  func trainerAfterFailure() throws {
    let model = try TrainingPieces.model()
    let graphs = try TrainingPieces.prepared(model)
    let loader = Loader { graphs[$0] }
    loader.fail(4)
    let stream = try stream(loader, memory: 40)
    let options = TrainingOptions(positiveWeight: 1)
    var trainer = try EdgeTrainer(model: model, options: options)
    let before = trainer.state
    #expect(throws: LoadFailed(index: 4)) { try trainer.runEpoch(training: stream.part(0..<6)) }
    #expect(trainer.state == before)
    var other = try EdgeTrainer(model: model, options: options)
    #expect(
      try trainer.runEpoch(training: stream.part(0..<6)) == other.runEpoch(training: graphs))
    #expect(trainer.state == other.state)
  }
}
