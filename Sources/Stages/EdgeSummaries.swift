import JSONDocument
import Reporting
import TrackScoring

/// What the summaries of several events say of edges, put together.
struct EdgeSummaries {
  /// One an event.
  private let summaries: [JSONValue]
  /// The counts of all events; nil where a summary has none.
  private let counts: EdgeScoreCounts?

  /// Those of a stage that classifies edges.
  init(_ summaries: [JSONValue]) {
    self.summaries = summaries
    let each = summaries.map { EdgeSummary.counts(of: $0["scores"]) }
    counts =
      each.isEmpty || each.contains(nil)
      ? nil
      : each.compactMap { $0 }.reduce(into: EdgeScoreCounts()) { $0.add($1) }
  }

  /// Those that a scored reconstruction has of the doublets or triplets of one of its passes.
  init(ofPass place: Int, _ member: String, _ summaries: [JSONValue]) {
    self.init(
      summaries.compactMap { summary in
        guard let passes = summary["passes"]?.arrayValue, place < passes.count,
          let own = passes[place][member]?.members
        else { return nil }
        return .object([JSONMember(name: "event", value: summary["event"] ?? .null)] + own)
      })
  }

  /// - Parameters:
  ///   - threshold: as the stage has it.
  ///   - logit: the same as a logit.
  func section(
    stage: String, threshold: Double?, logit: Double?, histogram: RunReport.EdgeHistogram?
  ) -> RunReport.Edges {
    RunReport.Edges(
      stage: stage, threshold: threshold, events: summaries.map(Self.event), histogram: histogram,
      curve: curve(logit: logit), calibration: calibration, layerPairs: layerPairs)
  }

  private static func event(of summary: JSONValue) -> RunReport.EdgeEvent {
    let truePairs = summary["truePairs"]?.intValue
    let (kept, dropped) = (summary["true"]?.intValue, summary["false"]?.intValue)
    var event = RunReport.EdgeEvent(
      event: summary["event"]?.intValue ?? 0, nodes: summary["nodes"]?.intValue ?? 0,
      edges: summary["edges"]?.intValue ?? 0, trueEdges: summary["trueEdges"]?.intValue ?? 0,
      auc: summary["auc"]?.doubleValue,
      averagePrecision: summary["averagePrecision"]?.doubleValue,
      purity: summary["purity"]?.doubleValue, efficiency: summary["efficiency"]?.doubleValue,
      accuracy: summary["accuracy"]?.doubleValue)
    // Of a pass all that is known was kept.
    if let truePairs, let trueEdges = kept, let falseEdges = dropped {
      let skipping = summary["skipping"]?.intValue ?? 0
      event.edges = trueEdges + falseEdges + skipping
      event.trueEdges = trueEdges
      event.skipping = skipping
      event.purity = share(trueEdges, trueEdges + falseEdges)
      event.efficiency = share(trueEdges, truePairs)
      event.candidates = summary["candidates"]?.intValue
      event.truePairs = truePairs
    }
    return event
  }

  private static func share(_ part: Int, _ whole: Int) -> Double? {
    whole > 0 ? Double(part) / Double(whole) : nil
  }

  private func sum(_ name: String) -> Int {
    summaries.reduce(0) { $0 + ($1[name]?.intValue ?? 0) }
  }

  private func curve(logit: Double?) -> RunReport.EdgeCurve? {
    guard let counts else { return nil }
    let isPass = summaries.contains { $0["truePairs"] != nil }
    let (keptTrue, keptFalse) = isPass ? ("true", "false") : ("keptTrue", "keptFalse")
    return RunReport.EdgeCurve(
      trueEdges: counts.trueCount, falseEdges: counts.falseCount,
      truePairs: isPass ? sum("truePairs") : counts.trueCount,
      points: counts.curve().map {
        RunReport.EdgeCurve.Point(
          logit: $0.logit, keptTrue: $0.keptTrueEdges, keptFalse: $0.keptFalseEdges)
      },
      inForce: logit.map { logit in
        // The probabilities 0 and 1 have no finite logit.
        let limit = Double(-EdgeScoreCounts.lowest)
        return RunReport.EdgeCurve.Point(
          logit: min(max(logit, -limit), limit), keptTrue: sum(keptTrue),
          keptFalse: sum(keptFalse))
      })
  }

  private var calibration: RunReport.EdgeCalibration? {
    guard let counts else { return nil }
    return RunReport.EdgeCalibration(
      bins: counts.reliability.map {
        RunReport.EdgeCalibration.Bin(
          predicted: $0.meanProbability, edges: $0.edges, trueEdges: $0.trueEdges)
      }, expectedError: counts.expectedCalibrationError)
  }

  private var layerPairs: [RunReport.EdgeLayerPair] {
    var sums: [String: RunReport.EdgeLayerPair] = [:]
    for columns in summaries.compactMap({ $0["layerPairs"] }) {
      let (from, to) = (columns.strings("from"), columns.strings("to"))
      let (trueEdges, falseEdges) = (columns.integers("true"), columns.integers("false"))
      let (keptTrue, keptFalse) = (columns.integers("keptTrue"), columns.integers("keptFalse"))
      for place in from.indices {
        var pair = RunReport.EdgeLayerPair(
          from: from[place], to: to[place], truePairs: trueEdges[place],
          falseEdges: falseEdges.isEmpty ? nil : falseEdges[place], keptTrue: keptTrue[place],
          keptFalse: keptFalse[place])
        if let sum = sums[pair.from + " " + pair.to] { pair.add(sum) }
        sums[pair.from + " " + pair.to] = pair
      }
    }
    return sums.values.sorted {
      (-$0.truePairs, -$0.keptFalse, $0.from, $0.to) < (
        -$1.truePairs, -$1.keptFalse, $1.from, $1.to
      )
    }
  }
}

extension EdgeSummaries {
  /// The probabilities of all events together.
  static func histogram(_ summaries: [JSONValue]) -> RunReport.EdgeHistogram? {
    let each = summaries.compactMap { $0["histogram"] }.map { counts in
      RunReport.EdgeHistogram(
        binEdges: counts.numbers("binEdges"), trueEdges: counts.integers("true"),
        falseEdges: counts.integers("false"))
    }
    return each.dropFirst().reduce(each.first) { sum, one in
      sum.map { sum in
        RunReport.EdgeHistogram(
          binEdges: sum.binEdges, trueEdges: zip(sum.trueEdges, one.trueEdges).map(+),
          falseEdges: zip(sum.falseEdges, one.falseEdges).map(+))
      }
    }
  }

  /// The logits of all events together, in the counts' bins put together to at most 60.
  var logits: RunReport.EdgeHistogram? {
    guard let counts else { return nil }
    let all = counts.histogram(limit: 60)
    return all.map {
      RunReport.EdgeHistogram(
        binEdges: $0.binEdges, trueEdges: $0.trueEdges, falseEdges: $0.falseEdges)
    }
  }
}

extension RunReport.EdgeLayerPair {
  fileprivate mutating func add(_ other: Self) {
    truePairs += other.truePairs
    falseEdges = falseEdges.flatMap { own in other.falseEdges.map { own + $0 } }
    keptTrue += other.keptTrue
    keptFalse += other.keptFalse
  }
}
