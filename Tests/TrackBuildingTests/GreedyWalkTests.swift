import GraphConstruction
import Testing
import TrackBuilding

@Suite("The greedy walk")
struct GreedyWalkTests {
  @Test("takes the likeliest edge, and the first of equals")
  func likeliest() {
    let graph = HitGraph(
      layers: [1, 2, 2, 3, 3, 3], edges: [(0, 1), (0, 2), (2, 3), (2, 4), (2, 5)])
    let tracks = GreedyWalk.tracks(
      graph: graph, probabilities: [0.8, 0.9, 0.6, 0.7, 0.7], threshold: 0.5)
    #expect(tracks.trackOfNode == [0, -1, 0, -1, 0, -1])
    #expect(tracks.count == 1)
  }

  @Test("goes along no edge that is at the threshold or below")
  func threshold() {
    let graph = HitGraph(layers: [1, 2, 3], edges: [(0, 1), (1, 2)])
    func count(_ probabilities: [Float]) -> Int {
      GreedyWalk.tracks(graph: graph, probabilities: probabilities, threshold: 0.7).count
    }
    #expect(count([0.71, 0.71]) == 1)
    #expect(count([0.71, 0.7]) == 0)
  }

  @Test("starts on the innermost layer only, in node order, and leaves taken nodes alone")
  func seeds() {
    let graph = HitGraph(
      layers: [1, 1, 2, 3, 3, 4, 4], edges: [(0, 2), (1, 2), (2, 3), (2, 4), (3, 5), (4, 6)])
    let tracks = GreedyWalk.tracks(
      graph: graph, probabilities: [0.6, 0.9, 0.8, 0.7, 0.9, 0.9], threshold: 0.5)
    #expect(tracks.trackOfNode == [0, -1, 0, 0, -1, 0, -1])
  }

  @Test("gives the nodes of a walk that is too short to the next one")
  func shortWalksReleaseNodes() {
    let graph = HitGraph(
      layers: [1, 1, 2, 3], edges: [(0, 2), (1, 2), (2, 3)], radius: [0.03, 0.03, 0.07, 0.11])
    func tracks(_ probabilities: [Float], minimumHits: Int) -> [Int32] {
      GreedyWalk.tracks(
        graph: graph, probabilities: probabilities, threshold: 0.5, minimumHits: minimumHits
      ).trackOfNode
    }
    #expect(tracks([0.9, 0.9, 0.9], minimumHits: 3) == [0, -1, 0, 0])
    #expect(tracks([0.9, 0.9, 0.1], minimumHits: 3) == [-1, -1, -1, -1])
    #expect(tracks([0.9, 0.9, 0.1], minimumHits: 2) == [0, -1, 0, -1])
    #expect(tracks([0.1, 0.9, 0.9], minimumHits: 3) == [-1, 0, 0, 0])
  }

  @Test("only goes outwards, by more than a tenth of a millimetre")
  func outwards() {
    func tracks(thirdRadius: Float) -> Int {
      let graph = HitGraph(
        layers: [1, 2, 3], edges: [(0, 1), (1, 2)], radius: [0.03, 0.07, thirdRadius])
      return GreedyWalk.tracks(graph: graph, probabilities: [0.9, 0.9], threshold: 0.5).count
    }
    let limit = Float(0.07) + Float(0.0001)
    #expect(tracks(thirdRadius: limit.nextUp) == 1)
    #expect(tracks(thirdRadius: limit) == 0)
    #expect(tracks(thirdRadius: 0.05) == 0)
  }

  @Test("ends after its number of steps")
  func steps() {
    let chain = HitGraph(
      layers: Array(1...20), edges: (0..<19).map { (start: $0, end: $0 + 1) })
    let probabilities = [Float](repeating: 0.9, count: 19)
    func hits(_ tracks: TrackCandidates) -> Int { tracks.hitCount }
    #expect(
      hits(GreedyWalk.tracks(graph: chain, probabilities: probabilities, threshold: 0.5)) == 16)
    #expect(
      hits(
        GreedyWalk.tracks(
          graph: chain, probabilities: probabilities, threshold: 0.5, maximumSteps: 4)) == 5)
  }

  @Test("of a graph without nodes gives no tracks")
  func empty() {
    let tracks = GreedyWalk.tracks(
      graph: HitGraph(layers: [], edges: []), probabilities: [], threshold: 0.5)
    #expect(tracks.count == 0)
  }
}

@Suite("Track candidates")
struct TrackCandidatesTests {
  @Test("become a submission of exactly the hits that are on a track")
  func submission() {
    let graph = HitGraph(layers: [1, 1, 2, 3], edges: [])
    let tracks = TrackCandidates(trackOfNode: [1, -1, 0, 1], count: 2)
    let table = tracks.submission(graph: graph, event: 30000)
    #expect(table.eventID == [30000, 30000, 30000])
    #expect(table.hitID == [10, 30, 40])
    #expect(table.trackID == [2, 1, 2])
  }
}
