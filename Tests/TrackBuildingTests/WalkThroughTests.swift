import GraphConstruction
import TestSupport
import Testing
import TrackBuilding

@Suite("The walk-through")
struct WalkThroughTests {
  /// The track of each node.
  private func tracks(
    _ graph: HitGraph, _ probabilities: [Float], _ builder: WalkThrough = WalkThrough()
  ) -> [Int32] {
    builder.tracks(graph: graph, probabilities: probabilities).trackOfNode
  }

  @Test("makes a track of a clean chain, however unlikely, above the low cut alone")
  func chain() {
    let graph = HitGraph(layers: [1, 2, 3, 4, 5], edges: [(0, 1), (1, 2), (2, 3), (3, 4)])
    #expect(tracks(graph, [0.02, 0.9, 0.02, 0.01]) == [0, 0, 0, 0, -1])
    // Cut in two, both parts are too short for the three hits that a track needs.
    #expect(tracks(graph, [0.9, 0.01, 0.9, 0.01]) == [-1, -1, -1, -1, -1])
    #expect(
      tracks(graph, [0.9, 0.01, 0.9, 0.01], WalkThrough(minimumHits: 2)) == [0, 0, 1, 1, -1])
  }

  @Test("takes the likelier branch both outwards and inwards, and leaves the other hits free")
  func branching() {
    let graph = HitGraph(
      layers: [1, 1, 2, 3, 4, 4], edges: [(0, 2), (1, 2), (2, 3), (3, 4), (3, 5)])
    #expect(tracks(graph, [0.2, 0.3, 0.9, 0.5, 0.4]) == [-1, 0, 0, 0, 0, -1])
    // Below the walk cut an edge is not taken; without one above the start cut nothing starts.
    #expect(tracks(graph, [0.05, 0.09, 0.9, 0.5, 0.4]) == [-1, -1, 0, 0, 0, -1])
    #expect(tracks(graph, [0.2, 0.3, 0.6, 0.5, 0.4]) == [-1, -1, -1, -1, -1, -1])
  }

  @Test("parts two tracks that a wrong edge joins, and gives the rest of a branching its own walk")
  func crossing() {
    // Hits 0, 2, 4, 6 and 1, 3, 5, 7, with wrong edges from 2 to 5 and from 3 to 4.
    let graph = HitGraph(
      layers: [1, 1, 2, 2, 3, 3, 4, 4],
      edges: [(0, 2), (1, 3), (2, 4), (2, 5), (3, 4), (3, 5), (4, 6), (5, 7)])
    #expect(
      tracks(graph, [0.8, 0.95, 0.7, 0.6, 0.5, 0.65, 0.8, 0.9]) == [1, 0, 1, 0, 1, 0, 1, 0])
    // A wrong edge that is the likeliest of all costs both tracks hits.
    #expect(
      tracks(graph, [0.8, 0.9, 0.7, 0.99, 0.5, 0.65, 0.8, 0.9]) == [0, 1, 0, 1, 1, 0, 1, 0])
  }

  @Test("prefers the edge of the lower index among equals")
  func equals() {
    let graph = HitGraph(
      layers: [1, 1, 2, 2, 3, 3], edges: [(0, 2), (0, 3), (1, 2), (1, 3), (2, 4), (3, 4), (3, 5)])
    #expect(tracks(graph, [Float](repeating: 0.9, count: 7)) == [0, 1, 0, 1, 0, 1])
    let inwards = HitGraph(layers: [1, 1, 2, 3], edges: [(0, 2), (1, 2), (2, 3)])
    #expect(tracks(inwards, [0.7, 0.7, 0.9]) == [0, -1, 0, 0])
  }

  @Test("leaves the hits of a walk that is too short to the next one")
  func shortWalks() {
    let graph = HitGraph(
      layers: [1, 2, 2, 3, 4], edges: [(0, 1), (0, 2), (2, 3), (3, 4)])
    // The likeliest edge leads nowhere: two hits. The next start takes its inner hit.
    #expect(tracks(graph, [0.95, 0.2, 0.9, 0.9]) == [0, -1, 0, 0, 0])
  }

  @Test("finds nothing in an empty graph, nor in one without edges")
  func empty() {
    let nothing = WalkThrough(minimumHits: 1).tracks(
      graph: HitGraph(layers: [], edges: []), probabilities: [])
    #expect(nothing == TrackCandidates(trackOfNode: [], count: 0))
    let lonely = HitGraph(layers: [1, 2], edges: [])
    #expect(tracks(lonely, []) == [-1, -1])
    #expect(tracks(lonely, [], WalkThrough(minimumHits: 1)) == [0, 1])
  }

  @Test("makes ways through kept edges that share no hit, chains first", arguments: 0..<40)
  func randomGraphs(seed: Int) {
    let graph = HitGraph.random(nodes: 60, edgeChance: 0.12, seed: UInt64(seed))
    var generator = SeededGenerator(state: UInt64(seed) + 1000)
    // Few values, so that many are equal.
    let probabilities = (0..<graph.edgeCount).map { _ in
      Float(Int.random(in: 0...8, using: &generator)) / 8
    }
    let found = WalkThrough().tracks(graph: graph, probabilities: probabilities)
    for track in 0..<Int32(found.count) {
      let nodes = found.trackOfNode.indices.filter { found.trackOfNode[$0] == track }
      #expect(nodes.count >= 3)
      for (node, next) in zip(nodes, nodes.dropFirst()) {
        let edge = graph.edges(from: node).first { Int(graph.end[$0]) == next }
        #expect(edge.map { probabilities[$0] > 0.1 } == true)
      }
    }
    // Whole components of the kept edges that are chains are tracks.
    let components = ConnectedComponents.tracks(
      graph: graph, probabilities: probabilities, threshold: 0.01, minimumHits: 3)
    let start = graph.start
    for component in 0..<Int32(components.count) {
      let nodes = components.trackOfNode.indices.filter { components.trackOfNode[$0] == component }
      let kept = graph.end.indices.filter {
        probabilities[$0] > 0.01 && components.trackOfNode[Int(start[$0])] == component
      }
      guard Set(kept.map { start[$0] }).count == kept.count,
        Set(kept.map { graph.end[$0] }).count == kept.count
      else { continue }
      let track = found.trackOfNode[nodes[0]]
      #expect(track >= 0 && nodes.allSatisfy { found.trackOfNode[$0] == track })
      #expect(found.trackOfNode.count { $0 == track } == nodes.count)
    }
  }
}
