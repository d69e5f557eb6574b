import Reporting

/// Made-up edges with their scores: 564 true and 52,118 false ones.
enum SampleEdges {
  /// - Parameters:
  ///   - truePairs: all that there were to find.
  ///   - inForce: the logit of the cut.
  static func curve(truePairs: Int, inForce: Double) -> RunReport.EdgeCurve {
    let points: [(Double, Int, Int)] = [
      (-4, 564, 52118), (-3, 563, 20000), (-2, 562, 5100), (-1, 561, 884), (0, 540, 120),
      (1, 520, 13), (2, 400, 2), (3, 120, 0), (4, 0, 0),
    ]
    let all = points.map {
      RunReport.EdgeCurve.Point(logit: $0.0, keptTrue: $0.1, keptFalse: $0.2)
    }
    return RunReport.EdgeCurve(
      trueEdges: 564, falseEdges: 52118, truePairs: truePairs, points: all,
      inForce: all.first { $0.logit == inForce })
  }

  static let calibration = RunReport.EdgeCalibration(
    bins: [
      (0.03, 47000, 1), (0.07, 4000, 0), (0.2, 900, 21), (0.4, 150, 20), (0.62, 127, 100),
      (0.8, 131, 120), (0.95, 302, 302), (0.99, 72, 71),
    ].map { RunReport.EdgeCalibration.Bin(predicted: $0.0, edges: $0.1, trueEdges: $0.2) },
    expectedError: 0.0312)

  static func layerPairs(hasFalse: Bool) -> [RunReport.EdgeLayerPair] {
    let counts: [(String, String, Int, Int, Int, Int)] = [
      ("8/2", "8/4", 300, 40000, 295, 60), ("8/4", "8/6", 250, 12000, 245, 55),
      ("8/6", "13/2", 14, 118, 0, 0), ("7/14", "7/12", 0, 5, 0, 5),
    ]
    return counts.map {
      RunReport.EdgeLayerPair(
        from: $0.0, to: $0.1, truePairs: $0.2, falseEdges: hasFalse ? $0.3 : nil,
        keptTrue: $0.4, keptFalse: $0.5)
    }
  }

  static let histogram = RunReport.EdgeHistogram(
    binEdges: [-4, -2, 0, 2, 4], trueEdges: [2, 22, 140, 400],
    falseEdges: [47018, 4980, 118, 2])

  static let doublets = RunReport.Edges(
    stage: "doublets", threshold: -4, events: events(nodes: 120_000, truePairs: 600),
    histogram: histogram, curve: curve(truePairs: 600, inForce: -4), calibration: calibration,
    layerPairs: layerPairs(hasFalse: false))

  static let triplets = RunReport.Edges(
    stage: "triplets", threshold: -3, events: events(nodes: 52682, truePairs: nil),
    histogram: histogram, curve: curve(truePairs: 580, inForce: -3), calibration: calibration)

  private static func events(nodes: Int, truePairs: Int?) -> [RunReport.EdgeEvent] {
    SampleReport.events.map { event in
      RunReport.EdgeEvent(
        event: event, nodes: nodes, edges: 52682, trueEdges: 564, auc: 0.9875,
        averagePrecision: event == 1001 ? nil : 0.875, purity: 0.0107,
        efficiency: truePairs.map { 564 / Double($0) }, candidates: 1_234_567,
        truePairs: truePairs, skipping: 12)
    }
  }
}
