import EventData
import GraphConstruction
import Testing

@Suite("A graph's invariants")
struct HitGraphInvariantsTests {
  static let damages: [(String, @Sendable (inout HitGraph) -> Void)] = [
    ("layers for", { $0.layer.removeLast() }),
    ("features for", { $0.features.removeLast() }),
    ("row starts for", { $0.firstEdge.removeLast() }),
    ("labels for", { $0.label.removeLast() }),
    ("the first row starts at", { $0.firstEdge[0] = 1 }),
    (
      "the rows end at edge",
      { graph in
        graph.end.append(0)
        graph.label.append(0)
      }
    ),
    ("ends too early", { $0.firstEdge[1] = $0.firstEdge[2] + 1 }),
    ("order of layers", { $0.layer[0] = 5000 }),
    ("not finite", { $0.features[7] = .nan }),
    ("more than one node", { $0.hitID[1] = $0.hitID[0] }),
    ("ends at no node", { $0.end[0] = Int32($0.nodeCount) }),
    ("ends at no node", { $0.end[0] = -1 }),
    ("do not increase", { $0.end[1] = $0.end[0] }),
    ("1 weights for", { $0.hitWeight = [1] }),
    ("2 transverse momenta for", { $0.transverseMomentum = [1, 2] }),
    ("weights, node 2", { $0.hitWeight = $0.hitID.indices.map { $0 == 2 ? -1 : 0 } }),
    ("momenta, node 3", { $0.transverseMomentum = $0.hitID.indices.map { $0 == 3 ? .nan : 0 } }),
    ("not 0 or 1", { $0.label[0] = 2 }),
    ("lead outwards", { $0.layer = $0.layer.map { _ in 802 } }),
  ]

  @Test("hold for built graphs, and validation tells which one is broken", arguments: damages)
  func validate(words: String, damage: @Sendable (inout HitGraph) -> Void) throws {
    let hits = HitTable.random(count: 60, seed: 3)
    var graph = try LayerPairGraphBuilder(selection: .notebook, maxDeltaPhi: 3, maxDeltaZ: 90)
      .graph(hits: hits, truth: nil)
    try graph.validate()
    damage(&graph)
    let error = #expect(throws: GraphConstructionError.self) { try graph.validate() }
    #expect(try #require(error).description.contains(words))
  }

  @Test("hold for the empty graph")
  func empty() throws {
    let graph = HitGraph(
      hitID: [], layer: [], features: [], firstEdge: [0], end: [], label: [])
    try graph.validate()
  }
}
