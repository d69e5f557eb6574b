import EdgeClassifier
import Reconstruction
import Testing

@Suite("Best paths")
struct PathFinderTests {
  private let first = ToyHelix(origin: .zero, azimuth: 0.2, pT: 2, charge: 1, slope: 0.3)
  private let second = ToyHelix(origin: .zero, azimuth: 0.5, pT: 1, charge: -1, slope: 0.2)

  private func tracks(
    _ ladder: SmallLadder, _ paths: [(hits: [Int32], score: Float)], bias: Float = 0,
    threshold: Float = 0, minimumHits: Int = 3, used: [Int32] = [],
    companions: CompanionFinder? = nil
  ) throws -> (tracks: [Track], used: [Bool]) {
    let hits = try ladder.hits()
    let (graph, triplets) = try SmallLadder.graph(hits, paths: paths)
    var taken = [Bool](repeating: false, count: hits.count)
    for hit in used { taken[Int(hit)] = true }
    let found = PathFinder(bias: bias, threshold: threshold, minimumHits: minimumHits).tracks(
      hits: hits, graph: graph, triplets: triplets, used: &taken, companions: companions)
    return (found, taken)
  }

  @Test("one long path wins over two short ones that share its hits")
  func longest() throws {
    var ladder = SmallLadder()
    let long = ladder.add(first, layers: [0, 1, 2, 3, 4, 5])
    let other = ladder.add(second, layers: [0, 1, 4, 5])
    // Two wrong ways through the middle of the long one, each triplet better than the long one's.
    let wrong = [
      (hits: [other[0], other[1], long[2]], score: Float(3)),
      (hits: [long[3], other[2], other[3]], score: Float(3)),
    ]
    let found = try tracks(ladder, [(long, 2)] + wrong)
    #expect(found.tracks.map(\.path) == [long])
    #expect(found.tracks[0].score == 8)
    #expect(found.used.indices.filter { found.used[$0] } == long.map(Int.init))
    // Where the short ones are better still, they win.
    let better = wrong.map { (hits: $0.hits, score: Float(9)) }
    #expect(
      try tracks(ladder, [(long, 2)] + better).tracks.map(\.path) == better.map(\.hits))
  }

  @Test("a hit is on one track, and what is left of a path is taken in a later round")
  func once() throws {
    var ladder = SmallLadder()
    let long = ladder.add(first, layers: [0, 1, 2, 3, 4, 5])
    let other = ladder.add(second, layers: [0, 1])
    // The other particle's path goes on along the first one's outer hits.
    let crossing = other + long[2...]
    let found = try tracks(ladder, [(long, 3), (crossing, 1)])
    #expect(found.tracks.map(\.path) == [long])
    // Without the first hits, the rest of the better path.
    let rest = try tracks(ladder, [(long, 3), (crossing, 1)], used: Array(long[...1]))
    #expect(rest.tracks.map(\.path) == [Array(crossing)])
    // A used hit in the middle leaves nothing of three hits before it.
    let cut = try tracks(ladder, [(long, 3)], used: [long[2]])
    #expect(cut.tracks.map(\.path) == [Array(long[3...])])
  }

  @Test("paths end where going on costs more than it gives")
  func ends() throws {
    var ladder = SmallLadder()
    let long = ladder.add(first, layers: [0, 1, 2, 3, 4, 5])
    let paths: [(hits: [Int32], score: Float)] = [
      (Array(long[...3]), 2), (Array(long[2...4]), -1), (Array(long[3...]), -2),
    ]
    #expect(try tracks(ladder, paths).tracks.map(\.path) == [Array(long[...3])])
    // A bias makes up for it; and a threshold asks for more than the path has.
    #expect(try tracks(ladder, paths, bias: 3).tracks.map(\.path) == [long])
    #expect(try tracks(ladder, paths, threshold: 4).tracks.isEmpty)
    #expect(try tracks(ladder, paths, threshold: 3.9).tracks.count == 1)
  }

  @Test("tracks of fewer hits than asked for are dropped, and their hits stay free")
  func short() throws {
    var ladder = SmallLadder()
    let path = ladder.add(first, layers: [0, 1, 2])
    #expect(try tracks(ladder, [(path, 2)]).tracks.map(\.path) == [path])
    let none = try tracks(ladder, [(path, 2)], minimumHits: 4)
    #expect(none.tracks.isEmpty && !none.used.contains(true))
    // Two hits make no path.
    #expect(try tracks(ladder, [(Array(path[...1]), 2)]).tracks.isEmpty)
  }

  @Test("takes further hits of a layer, but not from a module that the track has already")
  func companions() throws {
    let finder = CompanionFinder(
      network: try ToyNetwork.falling(inputs: 18, from: 3, [1: 1, 3: 1]))
    for offset in [0, 1] as [Int32] {
      var ladder = SmallLadder()
      let path = ladder.add(first, layers: [0, 1, 2, 3])
      let beside = ladder.add(first, layers: [1], moduleOffset: offset, gap: 2)
      let far = ladder.add(second, layers: [1], moduleOffset: 1, gap: 2)
      let found = try tracks(ladder, [(path, 2)], companions: finder)
      #expect(found.tracks.map(\.path) == [path])
      #expect(found.tracks[0].companions == (offset == 0 ? [] : beside))
      #expect(found.used[Int(beside[0])] == (offset == 1) && !found.used[Int(far[0])])
      // They count among a track's hits.
      let enough = try tracks(ladder, [(path, 2)], minimumHits: 5, companions: finder)
      #expect(enough.tracks.count == (offset == 0 ? 0 : 1))
      // A hit that is used is nobody's companion.
      let taken = try tracks(ladder, [(path, 2)], used: beside, companions: finder)
      #expect(taken.tracks.map(\.companions) == [[]])
    }
  }

  @Test("the best of several on one module is the companion")
  func bestCompanion() throws {
    let finder = CompanionFinder(
      network: try ToyNetwork.falling(inputs: 18, from: 3, [1: 1, 3: 1]))
    var ladder = SmallLadder()
    let path = ladder.add(first, layers: [0, 1, 2, 3])
    let shifted = ToyHelix(
      origin: SIMD3(0, 0, 0.3), azimuth: 0.2005, pT: 2, charge: 1, slope: 0.3)
    _ = ladder.add(shifted, layers: [1], moduleOffset: 1, gap: 2)
    let exact = ladder.add(first, layers: [1], moduleOffset: 1, gap: 2)
    let found = try tracks(ladder, [(path, 2)], companions: finder)
    #expect(found.tracks.map(\.companions) == [exact])
  }

  @Test("nothing comes of nothing")
  func nothing() throws {
    var ladder = SmallLadder()
    #expect(try tracks(ladder, []).tracks.isEmpty)
    _ = ladder.add(first, layers: [0, 1, 2])
    #expect(try tracks(ladder, []).tracks.isEmpty)
  }
}
