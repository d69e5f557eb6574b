import ArtifactStore
import Foundation
import GraphConstruction
import Reconstruction
import Reporting

extension StudyDisplay {
  /// Of more edges than this of one stage only the likeliest are shown.
  static let mostEdges = 400_000

  /// The edges of graphs, doublets, and the doublets that triplets are made of.
  func edges() throws -> [EventDisplay.Edges] {
    try results.stages(giving: "build-graphs").compactMap { try graphEdges($0) }
      + results.stages(giving: FoundDoublets.kind).compactMap(doublets)
      + results.stages(giving: FoundTriplets.kind).compactMap(tripletDoublets)
  }

  /// The edges of a graph, with the probabilities that the first stage which classified them gives.
  ///
  /// - Parameter classifier: the stage whose probabilities are taken instead.
  func graphEdges(
    _ stage: String, judgedBy classifier: String? = nil, most: Int = Self.mostEdges
  ) throws -> EventDisplay.Edges? {
    guard let artifact = try results.artifact(of: stage, event: event) else { return nil }
    let graph = try GraphArtifact.graph(of: artifact)
    let places = try rows.places(of: graph.hitID)
    var edges = EventDisplay.Edges(
      stage: stage, words: "edges of the graph", from: [], to: [],
      isTrue: graph.label.map { $0 != 0 },
      probability: try probabilities(graph, stage, classifier))
    edges.to = graph.end.map { places[Int($0)] }
    edges.from.reserveCapacity(graph.edgeCount)
    for node in 0..<graph.nodeCount {
      for _ in graph.edges(from: node) { edges.from.append(places[node]) }
    }
    return edges.likeliest(most)
  }

  private func probabilities(
    _ graph: HitGraph, _ stage: String, _ classifier: String?
  ) throws -> [Float]? {
    let judging = results.stages(giving: "classify-edges").first {
      results.needs(of: $0).contains(stage) && (classifier == nil || $0 == classifier)
    }
    guard let judging, let artifact = try results.artifact(of: judging, event: event) else {
      return nil
    }
    let values = try artifact.float32("probability")
    return values.count == graph.edgeCount ? values : nil
  }

  private func doublets(_ stage: String) throws -> EventDisplay.Edges? {
    guard let artifact = try results.artifact(of: stage, event: event) else { return nil }
    return try edges(of: artifact, stage: stage, words: "doublets", from: stage) { _ in true }
  }

  /// The doublets of a stage that find themselves in a triplet.
  private func tripletDoublets(_ stage: String) throws -> EventDisplay.Edges? {
    guard let artifact = try results.artifact(of: stage, event: event),
      let doublets = results.needs(of: stage).first(
        where: results.stages(giving: FoundDoublets.kind).contains),
      let pairs = try results.artifact(of: doublets, event: event)
    else { return nil }
    let used = Set(try artifact.int32("first") + artifact.int32("second"))
    return try edges(
      of: pairs, stage: stage, words: "doublets of the triplets", from: doublets
    ) { used.contains(Int32($0)) }
  }

  private func edges(
    of doublets: Artifact, stage: String, words: String, from source: String,
    where isWanted: (Int) -> Bool
  ) throws -> EventDisplay.Edges? {
    guard let prepared = results.stage(giving: PreparedHits.kind, before: source),
      let artifact = try results.artifact(of: prepared, event: event)
    else { return nil }
    let places = try rows.places(of: artifact.int32("hitID"))
    let (from, to) = (try doublets.int32("from"), try doublets.int32("to"))
    let score = try doublets.float32("score")
    let hasTruth = artifact.summary["hasTruth"]?.boolValue == true
    let truth = hasTruth ? try PreparedHits.truth(of: artifact) : nil
    let wanted = from.indices.filter(isWanted)
    return EventDisplay.Edges(
      stage: stage, words: words, from: wanted.map { places[Int(from[$0])] },
      to: wanted.map { places[Int(to[$0])] },
      isTrue: truth.map { truth in wanted.map { truth.joins(Int(from[$0]), Int(to[$0])) } },
      probability: wanted.map { 1 / (1 + exp(-score[$0])) }
    ).likeliest(Self.mostEdges)
  }
}

extension EventDisplay.Edges {
  /// The likeliest edges in their order, and all where there are no more than asked for.
  func likeliest(_ most: Int) -> Self {
    guard count > most else { return self }
    let weights = probability ?? [Float](repeating: 0, count: count)
    let order = (0..<count).sorted { (-weights[$0], $0) < (-weights[$1], $1) }
    let kept = order.prefix(most).sorted()
    return Self(
      stage: stage,
      words: "\(words), the likeliest \(NumberText.grouped(most)) of \(NumberText.grouped(count))",
      from: kept.map { from[$0] }, to: kept.map { to[$0] },
      isTrue: isTrue.map { isTrue in kept.map { isTrue[$0] } },
      probability: probability.map { probability in kept.map { probability[$0] } })
  }
}
