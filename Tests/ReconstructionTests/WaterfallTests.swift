import EventData
import JSONDocument
import Reconstruction
import TestSupport
import Testing
import TrackScoring

@Suite("The loss waterfall")
struct WaterfallTests {
  /// Random particles, noise and tracks that mix them.
  private static func event(seed: Int) -> (event: WaterfallEvent, tracks: [Track]) {
    var random = SeededGenerator(state: UInt64(seed))
    var event = WaterfallEvent()
    var hits: [Int32] = []
    for _ in 0..<30 {
      var steps: [Int32] = [0]
      for _ in 1..<Int.random(in: 2...12, using: &random) {
        steps.append(steps[steps.count - 1] + Int32.random(in: 0...1, using: &random))
      }
      hits += event.particle(
        steps: steps, weight: Float.random(in: 0...1, using: &random),
        isSecondary: Bool.random(using: &random))
    }
    hits += event.noise(20)
    var tracks: [Track] = []
    while hits.count > 15 {
      // Mostly hits that stand together, so that particles are found now and then.
      let count = min(hits.count, Int.random(in: 1...9, using: &random))
      let skipped = Int.random(in: 0...(hits.count - count) / 8, using: &random)
      let members = Array(hits[skipped..<skipped + count])
      hits.removeSubrange(skipped..<skipped + count)
      tracks.append(Track(path: [members[0]], companions: Array(members.dropFirst())))
    }
    return (event, tracks)
  }

  private static func waterfall(seed: Int) -> (LossWaterfall, HitTruth, [Track]) {
    let (event, tracks) = event(seed: seed)
    let hits = Array(0..<Int32(event.truth.particle.count))
    let all = WaterfallEvent.chain(hits)
    func part(_ divisor: Int) -> JoinedPairs {
      let kept = all.from.indices.filter { $0 % divisor != 0 }
      return JoinedPairs(from: kept.map { all.from[$0] }, to: kept.map { all.to[$0] })
    }
    let waterfall = LossWaterfall(
      truth: event.truth, layerPairs: [all], candidates: [part(9)], filter: [part(3)],
      triplets: [JoinedPairs()], tracks: tracks)
    return (waterfall, event.truth, tracks)
  }

  @Test("score and losses sum to the weight of all particles' hits", arguments: 1...40)
  func closes(seed: Int) {
    let (waterfall, truth, _) = Self.waterfall(seed: seed)
    for path in [\CeilingPair.primary, \CeilingPair.secondary] {
      var sum = waterfall.score[keyPath: path]
      for (_, loss) in TrackLosses.losses {
        #expect(waterfall.losses[keyPath: loss][keyPath: path] >= 0)
        sum += waterfall.losses[keyPath: loss][keyPath: path]
      }
      #expect(abs(sum - waterfall.hits[keyPath: path]) < 1e-12)
    }
    #expect(abs(waterfall.hits.sum - 1) < 1e-12)
    #expect(truth.weight.reduce(0, +) > 0)
  }

  @Test("its score is the TrackML score", arguments: 1...40)
  func isTrackMLScore(seed: Int) throws {
    let (waterfall, hits, tracks) = Self.waterfall(seed: seed)
    var truth = TruthTable()
    truth.hitID = Array(0..<Int32(hits.particle.count))
    truth.particleID = hits.particle.map(Int64.init)
    truth.weight = hits.weight.map(Double.init)
    var submission = SubmissionTable()
    for (number, track) in tracks.enumerated() {
      submission.hitID += track.path + track.companions
      submission.trackID += Array(repeating: Int64(number), count: track.hitCount)
    }
    submission.eventID = Array(repeating: 1, count: submission.hitID.count)
    let score = try TrackMLScore(truth: truth, submission: submission)
    #expect(abs(waterfall.score.sum - score.value) < 1e-12)
  }

  @Test("a step that keeps fewer pairs never has a higher ceiling", arguments: 1...40)
  func descends(seed: Int) {
    let (waterfall, _, _) = Self.waterfall(seed: seed)
    let ceilings = LossWaterfall.steps.dropLast().map { waterfall[keyPath: $0.path].sum }
    #expect(ceilings == ceilings.sorted(by: >))
    #expect(ceilings[0] > ceilings[3])
  }

  @Test("reads its JSON back, and refuses one that lacks a step or a loss")
  func json() throws {
    let (waterfall, _, _) = Self.waterfall(seed: 7)
    let text = waterfall.json.prettyText
    let read = try JSONDocument(parsing: Array(text.utf8), file: "waterfall.json").root
    #expect(LossWaterfall(json: read) == waterfall)
    for name in ["filter", "score", "impure", "secondary"] {
      let lacking = text.replacing("\"\(name)\"", with: "\"other\"")
      let json = try JSONDocument(parsing: Array(lacking.utf8), file: "waterfall.json").root
      #expect(LossWaterfall(json: json) == nil)
    }
  }
}
