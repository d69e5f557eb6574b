import GraphConstruction
import TestSupport
import Testing
import TrackBuilding

@Suite("Connected components")
struct ConnectedComponentsTests {
  let graph = HitGraph(
    layers: [1, 1, 2, 2, 3, 3, 4], edges: [(0, 2), (1, 2), (1, 3), (2, 4), (3, 5), (4, 6)])

  @Test("join the nodes of edges above the threshold, strictly, and number by first node")
  func threshold() {
    let tracks = ConnectedComponents.tracks(
      graph: graph, probabilities: [0.9, 0.5, 0.6, 0.7, 0.5, 0.1], threshold: 0.5)
    #expect(tracks.trackOfNode == [0, 1, 0, 1, 0, 2, 3])
    #expect(tracks.count == 4)
    #expect(tracks.hitCount == 7)
  }

  @Test("smaller than the minimum are no tracks")
  func minimumHits() {
    let tracks = ConnectedComponents.tracks(
      graph: graph, probabilities: [0, 0.5, 0.6, 0.7, 0, 0], threshold: 0.1, minimumHits: 2)
    #expect(tracks.trackOfNode == [-1, 0, 0, 0, 0, -1, -1])
    #expect(tracks.count == 1)
  }

  @Test("are those that spreading along the kept edges finds")
  func property() {
    for seed in 1...30 as ClosedRange<UInt64> {
      let graph = HitGraph.random(nodes: 60, edgeChance: 0.12, seed: seed)
      var generator = SeededGenerator(state: seed)
      let probabilities = graph.end.map { _ in Float.random(in: 0...1, using: &generator) }
      let tracks = ConnectedComponents.tracks(
        graph: graph, probabilities: probabilities, threshold: 0.4)

      var expected = (0..<graph.nodeCount).map { Int32($0) }
      let start = graph.start
      var changed = true
      while changed {
        changed = false
        for edge in 0..<graph.edgeCount where probabilities[edge] > 0.4 {
          let a = Int(start[edge])
          let b = Int(graph.end[edge])
          guard expected[a] != expected[b] else { continue }
          expected[a] = min(expected[a], expected[b])
          expected[b] = expected[a]
          changed = true
        }
      }
      let numbers = Set(expected).sorted()
      #expect(tracks.count == numbers.count)
      #expect(tracks.trackOfNode.map { numbers[Int($0)] } == expected)
    }
  }

  @Test("of a graph without nodes are none")
  func empty() {
    let tracks = ConnectedComponents.tracks(
      graph: HitGraph(layers: [], edges: []), probabilities: [], threshold: 0.5)
    #expect(tracks == TrackCandidates(trackOfNode: [], count: 0))
  }
}
