import JSONDocument

extension RunReport.Scan {
  /// Compares the tracks that were built at the points of a scan.
  ///
  /// - Parameter points: the values of the parameters, in their order, with the scored tracks.
  public init(
    stage: String, parameters: [RunReport.ScanParameter],
    tracks points: [(values: [JSONValue], tracks: RunReport.Tracks)]
  ) {
    self.init(
      stage: stage, measure: .score, parameters: parameters,
      results: points.map { values, tracks in
        Result(
          point: RunReport.ScanPoint(
            values: values, stage: tracks.stage, events: 0, mean: nil, commonEvents: 0,
            efficiency: Spread(present: tracks.events.map(\.efficiency)).mean,
            fakeRate: Spread(present: tracks.events.map(\.fakeRate)).mean,
            duplicateRate: Spread(present: tracks.events.map(\.duplicateRate)).mean),
          measured: tracks.events.map { ($0.event, $0.score) })
      })
    scoreOf = points.first?.tracks.scoreOf
  }

  /// Compares the edges that were classified at the points of a scan.
  public init(
    stage: String, parameters: [RunReport.ScanParameter],
    edges points: [(values: [JSONValue], edges: RunReport.Edges)]
  ) {
    self.init(
      stage: stage, measure: .auc, parameters: parameters,
      results: points.map { values, edges in
        Result(
          point: RunReport.ScanPoint(
            values: values, stage: edges.stage, events: 0, mean: nil, commonEvents: 0,
            efficiency: Spread(present: edges.events.map(\.efficiency)).mean,
            purity: Spread(present: edges.events.map(\.purity)).mean),
          measured: edges.events.map { ($0.event, $0.auc) })
      })
  }

  /// A point that is not yet compared, and its measure by event.
  private struct Result {
    var point: RunReport.ScanPoint
    var byEvent: [Int: Double]

    init(point: RunReport.ScanPoint, measured: [(event: Int, value: Double?)]) {
      let present = measured.compactMap { event, value in
        value.flatMap { $0.isFinite ? (event, $0) : nil }
      }
      byEvent = Dictionary(present) { first, _ in first }
      let spread = Spread(present.map(\.1))
      self.point = point
      self.point.events = present.count
      self.point.mean = spread.mean
      self.point.uncertainty = spread.standardError
    }
  }

  private init(
    stage: String, measure: Measure, parameters: [RunReport.ScanParameter], results: [Result]
  ) {
    let best = results.indices.filter { results[$0].point.mean != nil }
      .max { (results[$0].point.mean ?? 0, -$0) < (results[$1].point.mean ?? 0, -$1) }
    let points = results.enumerated().map { index, result in
      var point = result.point
      guard let best else { return point }
      let difference = PairedDifference(results[best].byEvent, result.byEvent)
      point.commonEvents = difference.events.count
      guard index != best else { return point }
      point.difference = difference.mean
      point.differenceUncertainty = difference.standardError
      return point
    }
    self.init(stage: stage, measure: measure, parameters: parameters, points: points, best: best)
  }
}
