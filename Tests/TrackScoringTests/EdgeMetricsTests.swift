import EventData
import TestSupport
import Testing
import TrackScoring

@Suite("Edge metrics")
struct EdgeMetricsTests {
  /// Scores, labels, area and average precision; the figures are scikit-learn's.
  static let known: [([Float], [UInt8], Double, Double)] = [
    ([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1], 0.75, 5.0 / 6),
    (
      [0.9, 0.9, 0.8, 0.5, 0.5, 0.5, 0.2, 0.1], [1, 0, 1, 1, 0, 0, 1, 0], 0.59375,
      0.5595238095238095
    ),
    ([0.5, 0.5, 0.5], [1, 0, 0], 0.5, 1.0 / 3),
    ([-3, 2, -0.0, 0], [0, 1, 1, 0], 0.875, 5.0 / 6),
  ]

  @Test("give the known answers of small cases", arguments: known)
  func knownAnswers(scores: [Float], labels: [UInt8], area: Double, precision: Double) {
    #expect(agree(EdgeMetrics.areaUnderROC(scores: scores, labels: labels), area))
    #expect(agree(EdgeMetrics.averagePrecision(scores: scores, labels: labels), precision))
  }

  @Test("are what comparing every pair gives, with ties and negative scores")
  func property() {
    for seed in 1...40 as ClosedRange<UInt64> {
      var generator = SeededGenerator(state: seed)
      let count = Int.random(in: 2...120, using: &generator)
      let levels = Float.random(in: 1...50, using: &generator).rounded()
      let scores = (0..<count).map { _ in
        (Float.random(in: -1...1, using: &generator) * levels).rounded() / levels
      }
      let labels: [UInt8] = [0, 1] + (2..<count).map { _ in .random(in: 0...1, using: &generator) }
      expectPairwise(scores: scores, labels: labels)
    }
  }

  @Test("are what comparing every pair gives where scores crowd together and a few lie far away")
  func crowded() {
    for seed in 1...20 as ClosedRange<UInt64> {
      var generator = SeededGenerator(state: seed)
      let far: [Float] = [-.infinity, -3e30, 0, -0.0, .leastNonzeroMagnitude, 3e30, .infinity]
      let near = (0..<150).map { _ in
        0.25 + Float(Int.random(in: 0...60, using: &generator)) * Float(0.25).ulp
      }
      let scores = (far + near).shuffled(using: &generator)
      let share = Int.random(in: 1...9, using: &generator)
      let labels: [UInt8] =
        [0, 1]
        + (2..<scores.count).map { _ in .random(in: 0...9, using: &generator) < share ? 1 : 0 }
      expectPairwise(scores: scores, labels: labels)
    }
  }

  /// Holds both figures against their definitions over pairs and over thresholds.
  private func expectPairwise(
    scores: [Float], labels: [UInt8], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let trueEdges = scores.indices.filter { labels[$0] == 1 }
    let falseEdges = scores.indices.filter { labels[$0] == 0 }
    var won = 0.0
    for a in trueEdges {
      for b in falseEdges {
        won += scores[a] > scores[b] ? 1 : scores[a] == scores[b] ? 0.5 : 0
      }
    }
    let purities = trueEdges.map { edge in
      let kept = scores.indices.filter { scores[$0] >= scores[edge] }
      return Double(kept.count { labels[$0] == 1 }) / Double(kept.count)
    }
    #expect(
      agree(
        EdgeMetrics.areaUnderROC(scores: scores, labels: labels),
        won / Double(trueEdges.count * falseEdges.count)), sourceLocation: sourceLocation)
    #expect(
      agree(
        EdgeMetrics.averagePrecision(scores: scores, labels: labels),
        purities.reduce(0, +) / Double(trueEdges.count)), sourceLocation: sourceLocation)
  }

  @Test("have no value where a kind of edge is missing or a score is not a number")
  func undefined() {
    #expect(EdgeMetrics.areaUnderROC(scores: [0.1, 0.2], labels: [1, 1]) == nil)
    #expect(EdgeMetrics.areaUnderROC(scores: [0.1, 0.2], labels: [0, 0]) == nil)
    #expect(EdgeMetrics.areaUnderROC(scores: [0.1, .nan], labels: [0, 1]) == nil)
    #expect(EdgeMetrics.averagePrecision(scores: [0.1, 0.2], labels: [0, 0]) == nil)
    #expect(EdgeMetrics.averagePrecision(scores: [0.1, 0.2], labels: [1, 1]) == 1)
    #expect(EdgeMetrics.averagePrecision(scores: [], labels: []) == nil)
  }

  @Test("of a cut count the edges above the threshold, strictly")
  func cut() {
    let cut = EdgeMetrics.cut(
      scores: [0.9, 0.5, 0.7, 0.6, 0.2], labels: [1, 1, 0, 1, 0], above: 0.5)
    #expect(cut.keptTrueEdges == 2)
    #expect(cut.keptFalseEdges == 1)
    #expect(agree(cut.purity, 2.0 / 3))
    #expect(agree(cut.efficiency, 2.0 / 3))
    #expect(agree(cut.rejection, 1.0 / 2))
    #expect(agree(cut.accuracy, 3.0 / 5))
    let nothing = EdgeMetrics.cut(scores: [], labels: [], above: 0.5)
    #expect(nothing.purity == nil && nothing.efficiency == nil)
    #expect(nothing.rejection == nil && nothing.accuracy == nil)
  }

  @Test(
    "of the notebook's network are those that scikit-learn gives",
    .enabled(if: SharedData.isPresent, "\(SharedData.absence)"))
  func notebook() throws {
    let reference = try NumPyArchive(
      path: SharedData.path("reference/notebook/notebook-event000030000-probability.npz"))
    let scores = try reference.float("probability")
    let labels = try reference.uint8("label")
    #expect(
      agree(EdgeMetrics.areaUnderROC(scores: scores, labels: labels), 0.9533281266550867))
    #expect(
      agree(EdgeMetrics.averagePrecision(scores: scores, labels: labels), 0.16216594004179025))
  }
}

@Suite("The histogram of edge scores")
struct EdgeHistogramTests {
  @Test("has half-open bins, the last of which holds 1")
  func bins() {
    var histogram = EdgeHistogram(
      scores: [0, 0.25, 0.24, 1, 0.75, -0.5, 2, .nan, 0.5], labels: [1, 1, 0, 1, 0, 0, 1, 1, 0],
      bins: 4)
    #expect(histogram.trueEdges == [1, 1, 0, 2])
    #expect(histogram.falseEdges == [2, 0, 1, 1])
    #expect(histogram.binEdges == [0, 0.25, 0.5, 0.75, 1])
    histogram.add(EdgeHistogram(scores: [0.6], labels: [1], bins: 4))
    #expect(histogram.trueEdges == [1, 1, 1, 2])
  }
}
