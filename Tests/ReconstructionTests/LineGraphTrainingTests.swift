import EdgeClassifier
import Reconstruction
import Testing

@Suite("Training over line graphs")
struct LineGraphTrainingTests {
  private let graphs: [TrainingGraph]
  private let whole: [TrainingGraph]

  init() throws {
    let builder = LineGraphBuilder(turns: true)
    func graphs(event: Int, sectors: Int) throws -> [TrainingGraph] {
      let fixture = try LineGraphFixture(particles: 30, seed: UInt64(event))
      let parts = LineGraphSectors(count: sectors, event: event).cut(
        fixture.triplets, doublets: fixture.doublets, hits: fixture.hits)
      return parts.map {
        .messagePassing(
          builder.graph(
            of: $0, doublets: fixture.doublets, event: fixture.event, meanWeight: 0.02))
      }
    }
    self.graphs = try (1...3).flatMap { try graphs(event: $0, sectors: 3) }
    whole = try graphs(event: 4, sectors: 1)
  }

  private func trainer(threads: Int = 1) throws -> EdgeTrainer {
    try EdgeTrainer(model: model(), options: options(threads: threads))
  }

  private func model() throws -> EdgeModel {
    .messagePassing(
      try MessagePassingNetwork(
        configuration: LineGraphNetwork.configuration(hidden: 8, passes: 2), seed: 1),
      HitFeatureList())
  }

  private func options(threads: Int = 1) -> TrainingOptions {
    TrainingOptions(
      epochs: 4, learningRate: 3e-3, optimiser: .adamW(weightDecay: 0.01),
      schedule: .cosine(epochs: 4, warmUp: 0.5, final: 0.01), positiveWeight: 1,
      augmentation: Augmentation(mirrors: true), monitor: .loss, aucEvery: 0, threads: threads)
  }

  private func run(_ trainer: inout EdgeTrainer, epochs: Int) throws {
    let source = Sectors(graphs: graphs, graphsPerEvent: 3)
    for _ in 0..<epochs { try trainer.runEpoch(training: source, validation: whole) }
  }

  @Test("learns, and gives the same bits with any number of threads")
  func threads() throws {
    var one = try trainer()
    var three = try trainer(threads: 3)
    try run(&one, epochs: 4)
    try run(&three, epochs: 4)
    #expect(one.state == three.state)
    #expect(one.curve[3].loss < one.curve[0].loss)
    #expect(one.bestEpoch != nil)
  }

  @Test("goes on from a saved state to the same bits")
  func resumption() throws {
    var straight = try trainer()
    try run(&straight, epochs: 4)
    var first = try trainer()
    try run(&first, epochs: 2)
    var second = try EdgeTrainer(state: first.state, model: model(), options: options())
    try run(&second, epochs: 2)
    #expect(second.state == straight.state)
  }

  @Test("an epoch takes the sectors of an event one after the other")
  func order() throws {
    let source = Sectors(graphs: graphs, graphsPerEvent: 3)
    var trainer = try trainer()
    for _ in 0..<2 { try trainer.runEpoch(training: source) }
    // The census comes first.
    let orders = Array(source.orders.dropFirst())
    #expect(orders.count == 2 && orders[0] != orders[1])
    for order in orders {
      #expect(order.sorted() == Array(0..<9))
      for first in stride(from: 0, to: 9, by: 3) {
        #expect(Set(order[first..<first + 3].map { $0 / 3 }).count == 1)
      }
    }
  }
}

/// Graphs of which some in a row are of one event; writes down the orders in which they are visited.
private final class Sectors: TrainingGraphSource {
  let graphs: [TrainingGraph]
  let graphsPerEvent: Int
  private(set) var orders: [[Int]] = []

  init(graphs: [TrainingGraph], graphsPerEvent: Int) {
    self.graphs = graphs
    self.graphsPerEvent = graphsPerEvent
  }

  var count: Int { graphs.count }

  func visit(
    _ order: [Int], _ body: (_ index: Int, _ graph: TrainingGraph) throws -> Void
  ) throws {
    orders.append(order)
    try graphs.visit(order, body)
  }
}
