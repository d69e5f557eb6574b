import Reconstruction
import Testing

@Suite("Where the score is lost")
struct WaterfallLossTests {
  private func losses(_ event: WaterfallEvent, _ tracks: [[Int32]]) -> TrackLosses {
    TrackLosses(truth: event.truth, tracks: tracks.map { Track(path: $0) })
  }

  /// The losses that are not 0, and the score, as sums of primaries and secondaries.
  private func parts(_ losses: TrackLosses) -> [String: Double] {
    var parts = ["score": losses.score.sum]
    for (name, path) in TrackLosses.losses where losses[keyPath: path].sum != 0 {
      parts[name] = losses[keyPath: path].sum
    }
    return parts
  }

  @Test("perfect tracks score 1 and lose nothing")
  func perfect() {
    var event = WaterfallEvent()
    let a = event.particle(steps: [0, 1, 2, 3], weight: 3)
    let b = event.particle(steps: [0, 1, 2, 2], isSecondary: true)
    _ = event.noise(3)
    let found = TrackLosses(
      truth: event.truth,
      tracks: [Track(path: a), Track(path: Array(b[0..<3]), companions: [b[3]])])
    #expect(parts(found) == ["score": 1])
    #expect(found.score == CeilingPair(primary: 0.75, secondary: 0.25))
  }

  @Test("a particle without a hit on any track has all its weight there")
  func nothing() {
    var event = WaterfallEvent()
    let a = event.particle(steps: [0, 1, 2], isSecondary: true)
    _ = event.particle(steps: [0, 1, 2])
    #expect(losses(event, [a]).noHitOnTrack == CeilingPair(primary: 0.5, secondary: 0))
    #expect(parts(losses(event, [])) == ["score": 0, "noHitOnTrack": 1])
  }

  @Test("a particle in two halves is too short in both; one hit more on either finds it")
  func halves() {
    var event = WaterfallEvent()
    let hits = event.particle(steps: [0, 1, 2, 3])
    let halves = losses(event, [Array(hits[0..<2]), Array(hits[2...])])
    #expect(parts(halves) == ["score": 0, "tooShort": 1])
    let uneven = losses(event, [Array(hits[0..<1]), Array(hits[1...])])
    #expect(parts(uneven) == ["score": 0.75, "onOtherTrack": 0.25])
  }

  @Test("of merged particles the one with more than half of the track is found")
  func merged() {
    var event = WaterfallEvent()
    let a = event.particle(steps: [0, 1, 2, 3, 4])
    let b = event.particle(steps: [0, 1, 2], isSecondary: true)
    let more = losses(event, [a + b])
    #expect(parts(more) == ["score": 0.625, "impure": 0.375])
    #expect(more.impure == CeilingPair(primary: 0, secondary: 0.375))
    // Exactly half of the track is not more than half.
    let even = losses(event, [Array(a[0..<3]) + b])
    #expect(parts(even) == ["score": 0, "impure": 1])
  }

  @Test("a companion on no track is unassigned, one on another track is there")
  func companion() {
    var event = WaterfallEvent()
    let a = event.particle(steps: [0, 1, 1, 2])
    let b = event.particle(steps: [0, 1, 2, 3])
    #expect(
      parts(losses(event, [[a[0], a[1], a[3]], b])) == ["score": 0.875, "unassigned": 0.125])
    #expect(
      parts(losses(event, [[a[0], a[1], a[3]], b + [a[2]]]))
        == ["score": 0.875, "onOtherTrack": 0.125])
    #expect(
      parts(losses(event, [[a[0], a[1], a[3]], b, [a[2]]]))
        == ["score": 0.875, "onOtherTrack": 0.125])
  }

  @Test("noise on a track is borne up to less than half of it")
  func noise() {
    var event = WaterfallEvent()
    let hits = event.particle(steps: [0, 1, 2, 3])
    let noise = event.noise(4)
    #expect(parts(losses(event, [hits + Array(noise[0..<3])])) == ["score": 1])
    #expect(parts(losses(event, [hits + noise])) == ["score": 0, "impure": 1])
    #expect(parts(losses(event, [noise])) == ["score": 0, "noHitOnTrack": 1])
  }

  @Test("a particle is judged by the track with most of its hits, of equals by the purest")
  func bestTrack() {
    var event = WaterfallEvent()
    let hits = event.particle(steps: [0, 1, 2, 3, 4, 5])
    let noise = event.noise(3)
    let impure = Array(hits[0..<3]) + noise
    #expect(parts(losses(event, [impure, Array(hits[3..<5])])) == ["score": 0, "impure": 1])
    #expect(parts(losses(event, [impure, Array(hits[3...])])) == ["score": 0, "tooShort": 1])
  }

  @Test("weights of 0 lose nothing, and an event of nothing else has no score")
  func zeroWeights() {
    var event = WaterfallEvent()
    _ = event.particle(steps: [0, 1], weight: 0)
    #expect(parts(losses(event, [])) == ["score": 0])
    let a = event.particle(steps: [0, 1, 2])
    #expect(parts(losses(event, [a])) == ["score": 1])
  }

  @Test("a hit on two tracks stays with the first")
  func repeated() {
    var event = WaterfallEvent()
    let a = event.particle(steps: [0, 1, 2])
    #expect(parts(losses(event, [[a[0]], a])) == ["score": 2.0 / 3, "onOtherTrack": 1.0 / 3])
  }
}
