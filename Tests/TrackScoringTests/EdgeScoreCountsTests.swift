import EventData
import TestSupport
import Testing
import TrackScoring

@Suite("Edges counted by score")
struct EdgeScoreCountsTests {
  /// Edges that anyone can make: the figures of them below are scikit-learn's and NumPy's.
  static let known: (logits: [Float], labels: [UInt8]) = {
    let logits = (0..<2000).map { Float(Double(($0 * 7919) % 2003) / 2003 * 14 - 9) }
    let labels = logits.enumerated().map { place, logit -> UInt8 in
      let drawn = Double((place * 104_729) % 1009) / 1009
      return drawn < probability(Double(logit) - 0.5) ? 1 : 0
    }
    return (logits, labels)
  }()

  private static func probability(_ logit: Double) -> Double { 1 / (1 + exponential(-logit)) }

  /// Without a library, to far more digits than the labels need.
  private static func exponential(_ value: Double) -> Double {
    var (term, sum) = (1.0, 1.0)
    let small = value / 1024
    for order in 1...12 {
      term *= small / Double(order)
      sum += term
    }
    return (0..<10).reduce(sum) { square, _ in square * square }
  }

  @Test("give the shares at a cut that scikit-learn gives")
  func shares() throws {
    let counts = EdgeScoreCounts(logits: Self.known.logits, labels: Self.known.labels)
    #expect(counts.trueCount == 644 && counts.falseCount == 1356)
    let curve = counts.curve(limit: 1000)
    let expected: [(Double, Int, Int, Double, Double)] = [
      (-3, 638, 506, 0.5576923076923077, 0.9906832298136646),
      (0, 574, 141, 0.8027972027972028, 0.8913043478260869),
      (2.5, 339, 18, 0.9495798319327731, 0.5263975155279503),
    ]
    for (logit, trueEdges, falseEdges, purity, efficiency) in expected {
      let point = try #require(curve.first { $0.logit == logit })
      #expect(point.keptTrueEdges == trueEdges && point.keptFalseEdges == falseEdges)
      let kept = Double(point.keptTrueEdges)
      #expect(agree(kept / Double(trueEdges + point.keptFalseEdges), purity))
      #expect(agree(kept / Double(counts.trueCount), efficiency))
    }
  }

  @Test("give the calibration that NumPy gives")
  func calibration() throws {
    let counts = EdgeScoreCounts(logits: Self.known.logits, labels: Self.known.labels)
    let error = try #require(counts.expectedCalibrationError)
    #expect(abs(error - 0.03767675974451719) < 2e-4)
    let bins = counts.reliability
    #expect(bins.map(\.edges) == [1, 142, 141] + Array(repeating: 143, count: 12))
    #expect(bins.map(\.trueEdges) == [1, 0, 0, 1, 0, 0, 4, 7, 15, 42, 71, 103, 125, 134, 141])
    #expect(abs(bins[9].meanProbability - 0.3797100730697727) < 1e-3)
    #expect(abs(bins[6].meanProbability - 0.030458288847806686) < 1e-4)
    #expect(bins[9].fraction == 42.0 / 143)
    #expect(EdgeScoreCounts().expectedCalibrationError == nil)
  }

  @Test("give the area under the ROC curve nearly as the ranking does")
  func area() throws {
    for seed in 1...10 as ClosedRange<UInt64> {
      let (logits, labels) = Self.random(seed: seed, count: 20_000)
      let curve = EdgeScoreCounts(logits: logits, labels: labels).curve(limit: 1000)
      let (trueCount, falseCount) = (
        labels.count { $0 == 1 }, labels.count { $0 == 0 }
      )
      var area = 0.0
      for (low, high) in zip(curve, curve.dropFirst()) {
        area +=
          Double(low.keptFalseEdges - high.keptFalseEdges)
          * Double(low.keptTrueEdges + high.keptTrueEdges) / 2
      }
      area /= Double(trueCount) * Double(falseCount)
      let exact = try #require(EdgeMetrics.areaUnderROC(scores: logits, labels: labels))
      #expect(abs(area - exact) < 1e-4)
    }
  }

  @Test("keep at every point of the curve what the cut keeps")
  func curve() throws {
    for seed in 1...20 as ClosedRange<UInt64> {
      let (random, labels) = Self.random(seed: seed, count: 200)
      // Logits on the bins' edges as well, which a cut there does not keep.
      let logits = random.enumerated().map { $0 % 3 == 0 ? ($1 * 2).rounded() / 2 : $1 }
      let curve = EdgeScoreCounts(logits: logits, labels: labels).curve(limit: 1000)
      #expect(curve.map(\.logit) == curve.map(\.logit).sorted())
      for point in curve where point.logit == (point.logit * 2).rounded() / 2 {
        let cut = EdgeMetrics.cut(scores: logits, labels: labels, above: Float(point.logit))
        #expect(point.keptTrueEdges == cut.keptTrueEdges)
        #expect(point.keptFalseEdges == cut.keptFalseEdges)
      }
      #expect(curve.first?.keptTrueEdges == labels.count { $0 == 1 })
      #expect(curve.last?.keptTrueEdges == 0 && curve.last?.keptFalseEdges == 0)
      // No second point keeps everything, or nothing.
      #expect(curve.count { $0.keptTrueEdges + $0.keptFalseEdges == labels.count } == 1)
      #expect(curve.count { $0.keptTrueEdges + $0.keptFalseEdges == 0 } == 1)
    }
  }

  @Test("give curves of no more points than asked, ends included")
  func limit() {
    let (logits, labels) = Self.random(seed: 3, count: 5000)
    let counts = EdgeScoreCounts(logits: logits, labels: labels)
    let whole = counts.curve(limit: 1000)
    for limit in [1, 2, 7, 50, 100] {
      let some = counts.curve(limit: limit)
      #expect(some.count <= limit + 1 && some.count > limit / 2)
      #expect(some.first == whole.first && some.last == whole.last)
      #expect(some.allSatisfy(whole.contains))
    }
    #expect(EdgeScoreCounts().curve().isEmpty)
  }

  @Test("of several events are those of all their edges")
  func sum() {
    let (one, two) = (Self.random(seed: 1, count: 300), Self.random(seed: 2, count: 400))
    var sum = EdgeScoreCounts(logits: one.logits, labels: one.labels)
    sum.add(EdgeScoreCounts(logits: two.logits, labels: two.labels))
    let all = EdgeScoreCounts(logits: one.logits + two.logits, labels: one.labels + two.labels)
    #expect(sum == all)
    #expect(EdgeScoreCounts(trueEdges: sum.trueEdges, falseEdges: sum.falseEdges) == all)
  }

  @Test("stand in open bins beyond the ends, and nowhere without a number")
  func ends() {
    let counts = EdgeScoreCounts(
      probabilities: [0, 1, 0.5, .nan, 0.500_001], labels: [0, 1, 1, 1, 0])
    #expect(counts.falseEdges.first == 1 && counts.trueEdges.last == 1)
    // One half is the logit 0, which a cut at 0 does not keep.
    let curve = counts.curve(limit: 1000)
    #expect(curve.first { $0.logit == 0 }?.keptTrueEdges == 1)
    #expect(curve.first { $0.logit == 0 }?.keptFalseEdges == 1)
    #expect(counts.trueCount == 2 && counts.falseCount == 2)
    let logits = EdgeScoreCounts(logits: [-.infinity, -20, 20, 20.5], labels: [0, 0, 1, 1])
    #expect(logits.falseEdges.first == 2 && logits.trueEdges.last == 1)
  }

  @Test("are put together for a histogram without losing any")
  func histogram() throws {
    for seed in 1...10 as ClosedRange<UInt64> {
      let (logits, labels) = Self.random(seed: seed, count: 500)
      let spread = logits.map { $0 * Float(seed) }
      let counts = EdgeScoreCounts(logits: spread, labels: labels)
      let histogram = try #require(counts.histogram(limit: 60))
      #expect(histogram.trueEdges.count <= 60)
      #expect(histogram.binEdges.count == histogram.trueEdges.count + 1)
      #expect(histogram.trueEdges.reduce(0, +) == counts.trueCount)
      #expect(histogram.falseEdges.reduce(0, +) == counts.falseCount)
      #expect(histogram.trueEdges[0] + histogram.falseEdges[0] > 0)
      for bin in 1..<(histogram.trueEdges.count - 1) {
        let (low, high) = (Float(histogram.binEdges[bin]), Float(histogram.binEdges[bin + 1]))
        let inside = spread.indices.filter { spread[$0] > low && spread[$0] <= high }
        #expect(inside.count == histogram.trueEdges[bin] + histogram.falseEdges[bin])
      }
    }
    #expect(EdgeScoreCounts().histogram() == nil)
  }

  @Test(
    "of the notebook's network give what scikit-learn and NumPy give",
    .enabled(if: SharedData.isPresent, "\(SharedData.absence)"))
  func notebook() throws {
    let reference = try NumPyArchive(
      path: SharedData.path("reference/notebook/notebook-event000030000-probability.npz"))
    let counts = EdgeScoreCounts(
      probabilities: try reference.float("probability"), labels: try reference.uint8("label"))
    let curve = counts.curve(limit: 1000)
    for (logit, trueEdges, falseEdges) in [
      (-2.0, 5349, 203_545), (0, 4758, 49_511), (1.5, 2367, 9293), (3, 266, 1097),
    ] {
      let point = try #require(curve.first { $0.logit == logit })
      #expect(point.keptTrueEdges == trueEdges && point.keptFalseEdges == falseEdges)
    }
    #expect(abs(try #require(counts.expectedCalibrationError) - 0.1583335412652404) < 1e-4)
    let bins = counts.reliability
    #expect(bins[12].edges == 13_199 && bins[12].trueEdges == 1934)
    #expect(abs(bins[12].meanProbability - 0.805441728427795) < 2e-4)
  }

  private static func random(seed: UInt64, count: Int) -> (logits: [Float], labels: [UInt8]) {
    var generator = SeededGenerator(state: seed)
    var labels: [UInt8] = []
    let logits = (0..<count).map { _ -> Float in
      labels.append(UInt8.random(in: 0...4, using: &generator) == 0 ? 1 : 0)
      let spread = (0..<4).reduce(Float(0)) { sum, _ in
        sum + Float.random(in: -2...2, using: &generator)
      }
      return spread + (labels[labels.count - 1] == 1 ? 2 : -2)
    }
    return (logits, labels)
  }
}

@Suite("Edges by layer pair")
struct LayerPairCutTests {
  @Test("are the cut of each pair's own edges")
  func cuts() throws {
    for seed in 1...20 as ClosedRange<UInt64> {
      var generator = SeededGenerator(state: seed)
      let count = Int.random(in: 0...200, using: &generator)
      func layers() -> [Int32] {
        (0..<count).map { _ in Int32.random(in: 802...805, using: &generator) }
      }
      let (from, to) = (layers(), layers())
      let scores = (0..<count).map { _ in Float.random(in: 0...1, using: &generator) }
      let labels = (0..<count).map { _ in UInt8.random(in: 0...1, using: &generator) }
      let cuts = EdgeMetrics.cuts(
        from: from, to: to, scores: scores, labels: labels, above: 0.5)
      #expect(cuts.reduce(0) { $0 + $1.cut.trueEdges + $1.cut.falseEdges } == count)
      #expect(Set(cuts.map { [$0.from, $0.to] }).count == cuts.count)
      #expect(
        cuts.map { [$0.from, $0.to] }
          == cuts.map { [$0.from, $0.to] }.sorted { $0.lexicographicallyPrecedes($1) })
      for cut in cuts {
        let own = from.indices.filter { from[$0] == cut.from && to[$0] == cut.to }
        #expect(
          cut.cut
            == EdgeMetrics.cut(
              scores: own.map { scores[$0] }, labels: own.map { labels[$0] }, above: 0.5))
      }
    }
  }
}
