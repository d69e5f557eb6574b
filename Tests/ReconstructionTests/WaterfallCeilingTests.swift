import Reconstruction
import Testing

@Suite("The score that true pairs allow")
struct WaterfallCeilingTests {
  private func ceiling(_ event: WaterfallEvent, _ passes: JoinedPairs...) -> CeilingPair {
    AssignmentCeiling.score(truth: event.truth, passes: passes)
  }

  @Test("is 1 where each particle's hits hang together, with primaries and secondaries apart")
  func whole() {
    var event = WaterfallEvent()
    let a = event.particle(steps: [0, 1, 2, 3], weight: 3)
    let b = event.particle(steps: [0, 1, 2, 3], isSecondary: true)
    _ = event.noise(2)
    let all = ceiling(event, WaterfallEvent.chain(a), WaterfallEvent.chain(b))
    #expect(all == CeilingPair(primary: 0.75, secondary: 0.25))
    #expect(ceiling(event, WaterfallEvent.chain(a)) == CeilingPair(primary: 0.75, secondary: 0))
    #expect(ceiling(event) == CeilingPair())
  }

  @Test("needs a component with more than half of the particle's hits; half is too few")
  func strictMajority() {
    var event = WaterfallEvent()
    let hits = event.particle(steps: [0, 1, 2, 3])
    #expect(ceiling(event, WaterfallEvent.chain(Array(hits[0..<2]))).sum == 0)
    #expect(ceiling(event, WaterfallEvent.chain(Array(hits[0..<3]))).sum == 0.75)
    // A pair over a step without a hit joins as well.
    let apart = JoinedPairs(from: [hits[0], hits[1]], to: [hits[2], hits[3]])
    #expect(ceiling(event, apart).sum == 0)
    #expect(ceiling(event, WaterfallEvent.chain([hits[0], hits[2], hits[3]])).sum == 0.75)
  }

  @Test("gives a hit to the component that has another hit of the same step")
  func companions() {
    var event = WaterfallEvent()
    // Hits 1 and 2 are on one layer.
    let hits = event.particle(steps: [0, 1, 1, 2, 3])
    #expect(ceiling(event, JoinedPairs(from: [hits[0]], to: [hits[1]])).sum == 0.6)
    // Different hits of one step hold both sides together.
    let pairs = JoinedPairs(from: [hits[0], hits[2], hits[3]], to: [hits[1], hits[3], hits[4]])
    #expect(ceiling(event, pairs).sum == 1)
  }

  @Test("takes the pairs of all passes together, and leaves out those of different particles")
  func passes() {
    var event = WaterfallEvent()
    let a = event.particle(steps: [0, 1, 2, 3])
    let b = event.particle(steps: [0, 1, 2, 3])
    let noise = event.noise(1)
    let false1 = JoinedPairs(from: [a[0], noise[0], a[3]], to: [b[1], a[1], noise[0]])
    #expect(ceiling(event, false1).sum == 0)
    let first = WaterfallEvent.chain([a[0], a[1]])
    let second = WaterfallEvent.chain([a[1], a[2], a[3]])
    #expect(ceiling(event, false1, first, second).sum == 0.5)
  }

  @Test("counts against all hits of the particle, those that are not given here as well")
  func hitsElsewhere() {
    var event = WaterfallEvent()
    let hits = event.particle(steps: [0, 1, 2, 3])
    var truth = event.truth
    truth.hitCount[1] = 8
    #expect(AssignmentCeiling.score(truth: truth, passes: [WaterfallEvent.chain(hits)]).sum == 0)
    truth.hitCount[1] = 7
    #expect(AssignmentCeiling.score(truth: truth, passes: [WaterfallEvent.chain(hits)]).sum == 1)
  }
}
