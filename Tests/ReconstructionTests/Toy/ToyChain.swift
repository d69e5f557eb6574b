import EdgeClassifier
import Reconstruction

/// The whole chain trained in memory on toy events, as the stages of a workflow train it.
struct ToyChain {
  var chain: ReconstructionChain
  let candidates: (pairs: LayerPairs, table: CandidateTable)

  init(_ events: [TrainingEvent], epochs: Int = 10) throws {
    let learner = CandidateLearner(pairCount: 100, mostCurvature: 0.012)
    let pairs = try learner.layerPairs(
      events.map { learner.transitions(of: $0) }, layers: events[0].hits.layerCount)
    var counts = learner.counts(of: events[0], pairs: pairs)
    for event in events.dropFirst() { counts.add(learner.counts(of: event, pairs: pairs)) }
    let table = learner.table(counts)
    candidates = (pairs, table)

    let worth = Self.mean(events.map(\.truePairWorth))
    let weight = Self.mean(events.map(\.particleHitWeight))
    let doubletRows = DoubletSampler(
      pairs: pairs, table: table, threshold: 1e-7, turns: true,
      sampling: RowSampling(falseShare: 0.3), meanWorth: worth)
    let filter = try Self.train(
      events.map { doubletRows.rows(of: $0) }, hidden: [16, 8], epochs: epochs)
    let doublets = DoubletFinder(
      pairs: pairs, table: table, threshold: 1e-7, filter: filter, cut: -5, turns: true)

    let graphs = try events.map { try doublets.doublets(of: $0.hits).graph }
    let tripletRows = TripletSampler(
      isRich: false, limits: nil, turns: true, sampling: RowSampling(falseShare: 0.3),
      meanWeight: weight)
    let judge = try Self.train(
      zip(events, graphs).map { tripletRows.rows(of: $0, graph: $1) }, hidden: [16, 8],
      epochs: epochs)
    let triplets = TripletFinder(network: judge, cut: -5, limits: nil, turns: true)

    let paths = PathFinder(bias: 2, threshold: 1, minimumHits: 3)
    let tracks = zip(events, graphs).map { event, graph in
      var used = [Bool](repeating: false, count: event.hits.count)
      return paths.tracks(
        hits: event.hits, graph: graph,
        triplets: triplets.triplets(of: graph, hits: event.hits).triplets, used: &used,
        companions: nil)
    }
    let sampler = TrackSampler(meanWeight: weight)
    let companions = CompanionFinder(
      network: try Self.train(
        zip(events, tracks).map { sampler.companionRows(of: $0, tracks: $1) }, hidden: [12],
        epochs: epochs))
    let extending = try Self.train(
      zip(events, tracks).map { sampler.extensionRows(of: $0, tracks: $1, pairs: pairs) },
      hidden: [12], epochs: epochs)
    chain = ReconstructionChain(
      passes: [
        .init(
          doublets: doublets, triplets: triplets, paths: paths,
          extender: TrackExtender(pairs: pairs, network: extending, companions: companions))
      ], companions: companions)
  }

  private static func mean(_ sums: [(sum: Double, count: Int)]) -> Float {
    Float(sums.reduce(0) { $0 + $1.sum } / Double(max(1, sums.reduce(0) { $0 + $1.count })))
  }

  /// Rows of one class alone give a network that believes nothing.
  private static func train(
    _ parts: [RowTable], hidden: [Int], epochs: Int
  ) throws -> RowNetwork {
    var rows = RowTable(inputs: parts[0].inputs)
    for part in parts { rows.append(part) }
    if rows.trueCount == 0 || rows.trueCount == rows.count {
      return try ToyNetwork.constant(inputs: rows.inputs, -5)
    }
    var trainer = try RowTrainer(
      network: try RowNetwork(sizes: [rows.inputs] + hidden + [1], seed: 1),
      options: RowTrainingOptions(epochs: epochs, batch: 256, learningRate: 0.01, seed: 1))
    while !trainer.isDone { try trainer.runEpoch(rows: rows) }
    return trainer.network
  }
}

/// Networks whose answer is known.
enum ToyNetwork {
  /// The same logit for every row.
  static func constant(inputs: Int, _ logit: Float) throws -> RowNetwork {
    try falling(inputs: inputs, from: logit, [:])
  }

  /// A logit that falls by a share of each of some features as far as they are above 0.
  static func falling(
    inputs: Int, from logit: Float, _ shares: [Int: Float]
  ) throws -> RowNetwork {
    var weight = [Float](repeating: 0, count: inputs)
    for (feature, share) in shares { weight[feature] = share }
    return try RowNetwork(
      sizes: [inputs, 1, 1],
      tensors: [
        NamedTensor(name: "mean", shape: [inputs], values: weight.map { _ in 0 }),
        NamedTensor(name: "scale", shape: [inputs], values: weight.map { _ in 1 }),
        NamedTensor(name: "0.weight", shape: [1, inputs], values: weight),
        NamedTensor(name: "0.bias", shape: [1], values: [0]),
        NamedTensor(name: "2.weight", shape: [1, 1], values: [-1]),
        NamedTensor(name: "2.bias", shape: [1], values: [logit]),
      ])
  }
}
