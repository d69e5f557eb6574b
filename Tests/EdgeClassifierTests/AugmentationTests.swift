import EdgeClassifier
import Foundation
import GraphConstruction
import Testing

/// What augmentation does to an event, seen by networks whose loss tells one feature.
struct AugmentationTests {
  /// What an observing network sees of the one edge.
  enum Sight {
    case end(HitFeatureList.Node)
    case start(HitFeatureList.Node)
    case edge(HitFeatureList.Edge)
  }

  /// A network without passes whose logit is the feature itself.
  static func observer(_ sight: Sight) throws -> EdgeModel {
    let (features, column): (HitFeatureList, Int) =
      switch sight {
      case .end(let feature): (HitFeatureList(node: [feature], edge: [.deltaR]), 0)
      case .start(let feature): (HitFeatureList(node: [feature], edge: [.deltaR]), 1)
      case .edge(let feature): (HitFeatureList(node: [.r], edge: [feature]), 2)
      }
    let configuration = MessagePassingConfiguration(
      nodeInputs: 1, edgeInputs: 1, hidden: 1, passes: 0, norm: .none)
    // The features stand 8 above the rectifiers. A mean tells that the inputs are standardised.
    let values: [String: [Float]] = [
      "node_mean": [0.5], "node_scale": [1], "edge_mean": [0.5], "edge_scale": [1],
      "node_encoder.0.weight": [1], "node_encoder.0.bias": [8.5],
      "node_encoder.2.weight": [1], "node_encoder.2.bias": [-8],
      "edge_encoder.0.weight": [1], "edge_encoder.0.bias": [8.5],
      "edge_encoder.2.weight": [1], "edge_encoder.2.bias": [-8],
      "output.0.weight": (0..<3).map { $0 == column ? 1 : 0 }, "output.0.bias": [8],
      "output.2.weight": [1], "output.2.bias": [-8],
    ]
    let shapes = try MessagePassingNetwork(configuration: configuration, seed: 1).tensors
    return .messagePassing(
      try MessagePassingNetwork(
        configuration: configuration,
        tensors: shapes.map {
          NamedTensor(name: $0.name, shape: $0.shape, values: values[$0.name] ?? [])
        }), features)
  }

  /// Losses over some epochs whose steps are too small to change a weight.
  static func losses(
    _ model: EdgeModel, _ graphs: [HitGraph], _ augmentation: Augmentation, seed: UInt64,
    epochs: Int
  ) throws -> [Double] {
    var trainer = try EdgeTrainer(
      model: model,
      options: TrainingOptions(
        epochs: epochs, learningRate: 1e-30, seed: seed, positiveWeight: 1,
        augmentation: augmentation, aucEvery: 0))
    let prepared = try graphs.map { try model.prepared($0) }
    return try (0..<epochs).map { _ in try trainer.runEpoch(training: prepared).loss }
  }

  static let epochCount = 40

  /// The feature in each epoch, from the loss of a false edge with that logit.
  static func observed(
    _ sight: Sight, _ augmentation: Augmentation, seed: UInt64 = 5
  ) throws -> [Double] {
    try losses(
      observer(sight), [TrainingPieces.oneEdge], augmentation, seed: seed, epochs: epochCount
    ).map { log(expm1($0)) }
  }

  static let rotation = Augmentation(rotates: true)
  static let mirror = Augmentation(mirrors: true)
  static let both = Augmentation(rotates: true, mirrors: true)

  /// Single precision beside the 8 that the observer adds.
  private func isNear(_ a: Double, _ b: Double) -> Bool { abs(a - b) < 1e-5 }

  /// a - b in -pi...pi.
  private func turn(_ a: Double, _ b: Double) -> Double { remainder(a - b, 2 * Double.pi) }

  @Test("Without augmentation an event is always the same, and the observer sees its features")
  func observersSee() throws {
    let hit = TrainingPieces.oneEdge.features.doubles
    for (sight, value) in [
      (.start(.x), hit[0]), (.start(.y), hit[1]), (.start(.z), hit[2]), (.start(.r), hit[3]),
      (.start(.phi), hit[4] * Double.pi), (.end(.x), hit[5]), (.end(.y), hit[6]),
      (.edge(.deltaR), hit[8] - hit[3]), (.edge(.deltaZ), hit[7] - hit[2]),
      (.edge(.deltaPhi), (hit[9] - hit[4]) * Double.pi),
      (.end(.eta), asinh(hit[7] / hit[8])),
    ] as [(Sight, Double)] {
      let seen = try Self.observed(sight, Augmentation())
      #expect(seen.allSatisfy { isNear($0, value) })
    }
  }

  @Test("A rotation turns both hits by one angle and keeps r, z and all differences")
  func rotation() throws {
    func observed(_ sight: Sight) throws -> [Double] { try Self.observed(sight, Self.rotation) }
    let old = TrainingPieces.oneEdge.features.doubles
    let start = (x: try observed(.start(.x)), y: try observed(.start(.y)))
    let end = (x: try observed(.end(.x)), y: try observed(.end(.y)))
    let phi = (start: try observed(.start(.phi)), end: try observed(.end(.phi)))
    var angles: [Double] = []
    for epoch in 0..<Self.epochCount {
      #expect(isNear(hypot(start.x[epoch], start.y[epoch]), old[3]))
      #expect(isNear(hypot(end.x[epoch], end.y[epoch]), old[8]))
      #expect(abs(turn(atan2(start.y[epoch], start.x[epoch]), phi.start[epoch])) < 4e-5)
      #expect(abs(turn(atan2(end.y[epoch], end.x[epoch]), phi.end[epoch])) < 4e-5)
      #expect(abs(phi.start[epoch]) < 3.1416 && abs(phi.end[epoch]) < 3.1416)
      let angle = turn(phi.start[epoch], old[4] * Double.pi)
      #expect(abs(turn(phi.end[epoch] - old[9] * Double.pi, angle)) < 4e-5)
      angles.append(angle)
    }
    // They are spread over the circle, and none comes twice.
    #expect(Set(angles.map { Int(($0 * 1e4).rounded()) }).count == Self.epochCount)
    let quarters = Set(angles.map { Int(($0 / (Double.pi / 2)).rounded(.down)) })
    #expect(quarters.count == 4)
    for sight in [
      .start(.r), .end(.r), .start(.z), .end(.z), .end(.eta), .edge(.deltaR), .edge(.deltaPhi),
      .edge(.deltaZ), .edge(.deltaEta), .edge(.phiSlope), .edge(.rPhiSlope), .edge(.z0),
      .edge(.zSlope),
    ] as [Sight] {
      let kept = try Self.observed(sight, Augmentation())
      #expect(try zip(observed(sight), kept).allSatisfy { isNear($0, $1) })
    }
  }

  @Test("The mirror turns z around in some epochs and leaves the rest alone")
  func mirror() throws {
    func observed(_ sight: Sight) throws -> [Double] { try Self.observed(sight, Self.mirror) }
    let z = try observed(.start(.z))
    let old = TrainingPieces.oneEdge.features.doubles
    let isMirrored = z.map { isNear($0, -old[2]) }
    #expect(zip(z, isMirrored).allSatisfy { $1 || isNear($0, old[2]) })
    #expect((8...32).contains(isMirrored.count { $0 }), "about a half of \(Self.epochCount)")
    for sight in [
      .end(.z), .end(.eta), .edge(.deltaZ), .edge(.deltaEta), .edge(.z0), .edge(.zSlope),
    ] as [Sight] {
      let plain = try Self.observed(sight, Augmentation())[0]
      let seen = try observed(sight)
      #expect(zip(seen, isMirrored).allSatisfy { isNear($0, $1 ? -plain : plain) })
    }
    for sight in [.start(.x), .start(.y), .end(.phi), .edge(.deltaPhi), .edge(.deltaR)] as [Sight] {
      let plain = try Self.observed(sight, Augmentation())[0]
      #expect(try observed(sight).allSatisfy { isNear($0, plain) })
    }
  }

  @Test("The same seed, epoch and event give the same change, and another of them another")
  func changesFollowFromNumbers() throws {
    let model = try Self.observer(.end(.x))
    func losses(_ graphs: Int, seed: UInt64) throws -> [Double] {
      try Self.losses(
        model, [HitGraph](repeating: TrainingPieces.oneEdge, count: graphs), Self.both, seed: seed,
        epochs: 6)
    }
    let one = try losses(1, seed: 7)
    #expect(try losses(1, seed: 7) == one)
    #expect(Set(one).count == one.count, "epochs differ")
    #expect(try zip(losses(1, seed: 8), one).allSatisfy { $0 != $1 }, "seeds differ")
    // The mean over two events of which the first is the one before: the second is another.
    #expect(try zip(losses(2, seed: 7), one).allSatisfy { abs($0 - $1) > 1e-6 }, "events differ")
  }

  @Test("What an epoch's number decides is the same for a training that goes on from a state")
  func afterResuming() throws {
    let model = try Self.observer(.end(.x))
    let graph = try model.prepared(TrainingPieces.oneEdge)
    let options = TrainingOptions(
      epochs: 9, learningRate: 1e-30, seed: 7, positiveWeight: 1, augmentation: Self.both)
    let whole = try Self.losses(
      model, [TrainingPieces.oneEdge], Self.both, seed: 7, epochs: 6)
    var trainer = try TrainingPieces.trainer(
      after: TrainingPieces.curve(losses: [nil, nil, nil, nil]), model: model, options: options)
    #expect(try trainer.runEpoch(training: [graph]).loss == whole[4])
  }

  @Test("A network that sees nothing but invariants gives the same logits of a turned event")
  func invariantNetwork() throws {
    let model = try TrainingPieces.model(
      features: HitFeatureList(node: [.r, .z, .eta], edge: HitFeatureList.Edge.allCases))
    let graphs = TrainingPieces.hitGraphs
    let plain = try Self.losses(model, graphs, Augmentation(), seed: 3, epochs: 5)
    let turned = try Self.losses(model, graphs, Self.rotation, seed: 3, epochs: 5)
    #expect(zip(plain, turned).allSatisfy { abs($0 - $1) < 1e-5 * $0 })
    let seeing = try TrainingPieces.model()
    let sights = try Self.losses(seeing, graphs, Self.rotation, seed: 3, epochs: 5)
    #expect(Set(sights).count == 5, "one that sees the azimuth does not")
  }

  @Test("The notebook's graph of a mirrored event is that of an event that was mirrored before")
  func notebook() throws {
    var mirrored = TrainingPieces.hitGraphs[0]
    for node in 0..<mirrored.nodeCount { mirrored.features[5 * node + 2].negate() }
    let network = try SmallGraphs.network(hidden: 4, passes: 2, seed: 2)
    let expected = [TrainingPieces.hitGraphs[0], mirrored].map {
      network.trainingPass(on: PreparedGraph($0), positiveWeight: 1).loss
    }
    let losses = try Self.losses(
      .notebook(network), [TrainingPieces.hitGraphs[0]], Self.mirror, seed: 4, epochs: 12)
    #expect(Set(losses) == Set(expected))
  }
}
