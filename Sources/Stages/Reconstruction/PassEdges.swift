import ArtifactStore
import JSONDocument
import Reconstruction
import TrackScoring

/// How well one pass of a reconstruction told true doublets and triplets from false ones, in numbers.
///
/// What a cut drops is not stored, so that the counts are of what it kept: `scores`, `auc` and
/// `averagePrecision`. How many true ones there were to find is known all the same (`PassTruth`). Those of
/// one particle that pass over hits of it count neither as true nor as false.
struct PassEdges {
  let hits: DetectorHits
  let truth: PassTruth
  let pairs: LayerPairs
  let graph: DoubletGraph
  /// Name of each layer, [layers].
  let layerNames: [String]

  /// - Parameters:
  ///   - doublets: the artifact that `graph` is of.
  ///   - triplets: the artifact that `set` is of.
  func json(doublets: Artifact, triplets: Artifact, set: TripletSet) -> JSONValue {
    let kinds = truth.kinds(of: graph)
    let reachable = truth.truePairs(on: pairs)
    let found = Found(kinds, scores: graph.score)
    let foundTriplets = Found(PassTruth.kinds(of: set, doublets: kinds), scores: set.score)
    let trueTriplets = PassTruth.trueTriplets(of: graph, doublets: kinds)
    return [
      "doublets": .object(
        [JSONMember(name: "nodes", value: doublets.summary["hitsLeft"] ?? .null)]
          + found.members(of: doublets, truePairs: reachable.reduce(0, +)) + [
            JSONMember(name: "layerPairs", value: layerPairs(found, reachable: reachable))
          ]),
      "triplets": .object(
        [JSONMember(name: "nodes", value: .integer(graph.count))]
          + foundTriplets.members(of: triplets, truePairs: trueTriplets)),
    ]
  }

  /// The doublets by layer pair, with the pairs on which none was found.
  private func layerPairs(_ doublets: Found, reachable: [Int]) -> JSONValue {
    let cuts = EdgeMetrics.cuts(
      from: doublets.places.map { hits.layer[Int(graph.from[$0])] },
      to: doublets.places.map { hits.layer[Int(graph.to[$0])] },
      scores: doublets.scores, labels: doublets.labels, above: -.infinity)
    let found = Dictionary(
      cuts.map { ([$0.from, $0.to], $0.cut) }, uniquingKeysWith: { first, _ in first })
    let all = zip(pairs.pairs, reachable).map { pair, count in
      let (from, to) = (Int32(pair.from), Int32(pair.to))
      var cut = found[[from, to]] ?? EdgeCut(threshold: -.infinity)
      cut.trueEdges = count
      return LayerPairCut(from: from, to: to, cut: cut)
    }
    return EdgeSummary.json(
      of: all.filter { $0.cut.trueEdges + $0.cut.falseEdges > 0 }, hasFalse: false
    ) { layerNames[Int($0)] }
  }

  /// What was kept and counts.
  private struct Found {
    let places: [Int]
    let scores: [Float]
    let labels: [UInt8]
    let skipping: Int

    init(_ kinds: [PassTruth.Kind], scores: [Float]) {
      places = kinds.indices.filter { kinds[$0] != .skipping }
      self.scores = places.map { scores[$0] }
      labels = places.map { kinds[$0] == .inARow ? 1 : 0 }
      skipping = kinds.count - places.count
    }

    func members(of artifact: Artifact, truePairs: Int) -> [JSONMember] {
      let trueCount = labels.count { $0 != 0 }
      let json: JSONValue = [
        "candidates": artifact.summary["candidates"] ?? .null, "truePairs": .integer(truePairs),
        "true": .integer(trueCount), "false": .integer(labels.count - trueCount),
        "skipping": .integer(skipping),
        "auc": .optional(EdgeMetrics.areaUnderROC(scores: scores, labels: labels)),
        "averagePrecision": .optional(
          EdgeMetrics.averagePrecision(scores: scores, labels: labels)),
        "scores": EdgeSummary.json(of: EdgeScoreCounts(logits: scores, labels: labels)),
      ]
      return json.members ?? []
    }
  }
}
