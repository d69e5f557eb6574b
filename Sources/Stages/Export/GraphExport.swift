import EdgeClassifier
import EventData
import Exchange
import Foundation
import GraphConstruction
import Reconstruction
import Workflow

/// The graphs of a run as others take them: of hits of a region, or of the whole detector's doublets.
public struct GraphExport: Sendable {
  private let results: RunResults
  /// The stage whose graphs they are.
  public let stage: String
  /// The stage that gave their edges probabilities; nil where there is none.
  public let edges: String?
  public let events: [Int]

  private static let graphs = BuildGraphs().name
  private static let classified = ClassifyEdges().name

  /// - Parameters:
  ///   - stage: one that builds or reads graphs, classifies edges or finds doublets; nil for the first
  ///     that classifies edges, else the first that gives graphs.
  ///   - events: numbers; none for all that the stage has results of.
  /// - Throws: `ExportError`.
  public init(_ results: RunResults, stage: String?, events: [Int]) throws {
    self.results = results
    let kinds = [Self.classified, Self.graphs, FoundDoublets.kind]
    let told = try results.stage(
      stage, giving: kinds, what: "graphs",
      firstChoice: kinds.lazy.compactMap { results.stages(giving: $0).first }.first)
    if results.stages(giving: Self.classified).contains(told) {
      edges = told
      self.stage = results.stage(giving: Self.graphs, before: told) ?? told
    } else {
      self.stage = told
      edges = results.stages(giving: Self.classified).first {
        results.needs(of: $0).contains(told)
      }
    }
    self.events = try results.events(events, of: self.stage)
  }

  /// The graph of an event.
  ///
  /// - Throws: `InputRefused` where a file of the event is not there any more.
  public func graph(of event: Int) throws -> ExportedGraph {
    guard let artifact = try results.artifact(of: stage, event: event) else {
      throw ExportError.unknownEvent(event, stage: stage, events: events)
    }
    if results.stages(giving: FoundDoublets.kind).contains(stage) {
      guard let prepared = results.stage(giving: PreparedHits.kind, before: stage),
        let hitArtifact = try results.artifact(of: prepared, event: event)
      else {
        throw ExportError.notExportable(stage: stage, reason: "its prepared hits are not there")
      }
      let hits = try PreparedHits.hits(of: hitArtifact)
      let doublets = try FoundDoublets.graph(of: artifact, hits: hits, threads: 1)
      let (graph, _, edgeOrder) = doublets.hitGraph(hits)
      let chances = Kernels.current.probabilities(
        of: edgeOrder.map { doublets.score[Int($0)] })
      return try file(graph, event: event, probability: chances, labels: nil)
    }
    let graph = try GraphArtifact.graph(of: artifact)
    let probability = try edges.flatMap { try results.artifact(of: $0, event: event) }?
      .float32("probability")
    return try file(graph, event: event, probability: probability, labels: graph.label)
  }

  private func file(
    _ graph: HitGraph, event: Int, probability: [Float]?, labels: [UInt8]?
  ) throws -> ExportedGraph {
    var file = ExportedGraph()
    file.x = graph.features
    file.start = graph.start.map(Int64.init)
    file.end = graph.end.map(Int64.init)
    file.hitID = graph.hitID.map(Int64.init)
    file.layer = graph.layer.map(Int64.init)
    file.edgeProbability = probability
    if let truth = try truth(of: event) {
      let particles = Dictionary(
        zip(truth.hitID, truth.particleID), uniquingKeysWith: { first, _ in first })
      file.particleID = graph.hitID.map { particles[$0] ?? 0 }
    }
    if let labels {
      file.y = labels.map(Int64.init)
    } else if let particles = file.particleID {
      file.y = zip(file.start, file.end).map { start, end in
        let particle = particles[Int(start)]
        return particle != 0 && particle == particles[Int(end)] ? 1 : 0
      }
    }
    return file
  }

  /// The event's truth; nil for graphs of files that are all that there is of their events.
  private func truth(of event: Int) throws -> TruthTable? {
    guard results.kind(of: stage) == ReadGraphs().name else {
      return try results.tables(of: event).truth
    }
    return try? results.tables(of: event).truth
  }
}
