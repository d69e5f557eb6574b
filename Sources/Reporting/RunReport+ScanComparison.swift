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
            efficiency: Spread(tracks.events.map(\.efficiency)).mean,
            fakeRate: Spread(tracks.events.map(\.fakeRate)).mean,
            duplicateRate: Spread(tracks.events.map(\.duplicateRate)).mean),
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
            efficiency: Spread(edges.events.map(\.efficiency)).mean,
            purity: Spread(edges.events.map(\.purity)).mean),
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
      let other = results[best].byEvent
      let differences = result.byEvent.sorted { $0.key < $1.key }.compactMap { event, value in
        other[event].map { value - $0 }
      }
      point.commonEvents = differences.count
      guard index != best else { return point }
      let spread = Spread(differences)
      point.difference = spread.mean
      point.differenceUncertainty = spread.standardError
      return point
    }
    self.init(stage: stage, measure: measure, parameters: parameters, points: points, best: best)
  }
}

/// The mean of some numbers, and how sure it is; what is missing or not finite is left out.
private struct Spread {
  /// Nil of no numbers.
  var mean: Double?
  /// The standard error of the mean; nil for fewer than two numbers.
  var standardError: Double?

  init(_ values: [Double?]) {
    let values = values.compactMap { $0 }.filter(\.isFinite)
    guard !values.isEmpty else { return }
    let mean = values.reduce(0, +) / Double(values.count)
    self.mean = mean
    guard values.count > 1 else { return }
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    standardError = (squares / Double(values.count - 1) / Double(values.count)).squareRoot()
  }
}
