import EdgeClassifier
import Reconstruction
import Testing

@Suite("Growing tracks")
struct ExtensionTests {
  private let helix = ToyHelix(origin: .zero, azimuth: 0.2, pT: 1, charge: 1, slope: 0.3)

  /// Believes hits near the helix, the nearest most.
  private func extender(rounds: Int = 6) throws -> TrackExtender {
    TrackExtender(
      pairs: SmallLadder.pairs,
      network: try ToyNetwork.falling(inputs: 30, from: 5, [1: 3, 3: 2, 4: 0.3]), rounds: rounds,
      companions: CompanionFinder(
        network: try ToyNetwork.falling(inputs: 18, from: 3, [1: 1, 3: 1])))
  }

  @Test("goes on both ways, hit by hit")
  func bothWays() throws {
    var ladder = SmallLadder()
    let all = ladder.add(helix, layers: [0, 1, 2, 3, 4, 5])
    let hits = try ladder.hits()
    let start = [Track(path: Array(all[1...3]), score: 7)]
    let found = try extender().extended(start, hits: hits)
    #expect(found.map(\.path) == [all])
    #expect(found[0].score == 7)
    // One end a round.
    #expect(try extender(rounds: 1).extended(start, hits: hits).map(\.path.count) == [4])
    #expect(try extender(rounds: 0).extended(start, hits: hits) == start)
  }

  @Test("steps over a layer without a hit, and brings second hits along")
  func gaps() throws {
    var ladder = SmallLadder()
    let all = ladder.add(helix, layers: [0, 1, 2, 4])
    let beside = ladder.add(helix, layers: [4], moduleOffset: 1, gap: 2)
    let same = ladder.add(helix, layers: [0], moduleOffset: 0, gap: 2)
    let found = try extender().extended(
      [Track(path: Array(all[...2]))], hits: ladder.hits())
    #expect(found.map(\.path.count) == [4])
    // Either of the two hits on layer 4 may be in the path; the other is its companion.
    #expect(Set(found[0].path + found[0].companions) == Set(all + beside))
    #expect(!found[0].companions.contains(same[0]))
  }

  @Test("joins two halves of a particle, and the joined one goes on")
  func halves() throws {
    var ladder = SmallLadder()
    let all = ladder.add(helix, layers: [0, 1, 2, 3, 4, 5])
    let beside = ladder.add(helix, layers: [4], moduleOffset: 1, gap: 2)
    let inner = Track(path: Array(all[...2]))
    let outer = Track(path: Array(all[3...]), companions: beside)
    for tracks in [[inner, outer], [outer, inner]] {
      let found = try extender().extended(tracks, hits: ladder.hits())
      #expect(found.map(\.path) == [all])
      #expect(found.map(\.companions) == [beside])
    }
  }

  @Test("does not take hits from the middle of other tracks, nor their companions")
  func others() throws {
    var ladder = SmallLadder()
    let all = ladder.add(helix, layers: [0, 1, 2, 3, 4, 5])
    let other = ladder.add(
      ToyHelix(origin: .zero, azimuth: 1.2, pT: 1, charge: 1, slope: 0.3), layers: [1, 2, 4])
    // The hit on layer 3 is in the middle of another track, that on layer 4 its companion.
    let wrong = Track(path: [other[0], all[3], other[2]], companions: [all[4]])
    let mine = Track(path: Array(all[...2]))
    let found = try extender().extended([mine, wrong], hits: ladder.hits())
    #expect(found.contains(wrong))
    #expect(found.first { $0.path.starts(with: mine.path) }?.path == mine.path)
  }

  @Test("a hit that two tracks want goes to the one that fits it better")
  func contested() throws {
    var ladder = SmallLadder()
    let all = ladder.add(helix, layers: [0, 1, 2, 3])
    let near = ladder.add(
      ToyHelix(origin: SIMD3(0, 0, 0.1), azimuth: 0.2005, pT: 1, charge: 1, slope: 0.3),
      layers: [0, 1, 2])
    for flipped in [false, true] {
      let tracks = [Track(path: Array(all[...2])), Track(path: near)]
      let found = try extender().extended(
        flipped ? tracks.reversed() : tracks, hits: ladder.hits())
      #expect(Set(found.map(\.path)) == [all, near])
    }
  }

  @Test("leaves paths of fewer than three hits as they are, but lets others join them")
  func short() throws {
    var ladder = SmallLadder()
    let all = ladder.add(helix, layers: [0, 1, 2, 3, 4, 5])
    let hits = try ladder.hits()
    let short = [Track(path: Array(all[...1])), Track(path: [all[5]]), Track(path: [])]
    #expect(try extender().extended(short, hits: hits) == short)
    let found = try extender().extended(
      [Track(path: Array(all[...2])), Track(path: Array(all[3...4]))], hits: hits)
    #expect(found.map(\.path) == [all])
  }

  @Test("nothing comes of nothing")
  func nothing() throws {
    #expect(try extender().extended([], hits: SmallLadder().hits()).isEmpty)
    var ladder = SmallLadder()
    let all = ladder.add(helix, layers: [0, 1, 2])
    #expect(try extender().extended([], hits: ladder.hits()).isEmpty)
    let alone = [Track(path: all)]
    #expect(try extender().extended(alone, hits: ladder.hits(), threads: 3) == alone)
  }
}
