extension RunReport {
  /// What a stage's classified edges come to over its events; nil where no event has the number.
  public struct EdgeMeans: Sendable, Equatable {
    public var stage: String
    public var threshold: Double?
    public var auc: Double?
    public var accuracy: Double?
    public var purity: Double?
    public var efficiency: Double?
    public var eventsClassified: Int
    public var eventsAsked: Int
  }

  /// The means of every stage that classifies edges, in the report's order.
  public var edgeMeans: [EdgeMeans] {
    results.edges.map { edges in
      func mean(_ value: (EdgeEvent) -> Double?) -> Double? {
        let values = edges.events.compactMap(value).filter(\.isFinite)
        return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
      }
      return EdgeMeans(
        stage: edges.stage, threshold: edges.threshold, auc: mean(\.auc),
        accuracy: mean(\.accuracy), purity: mean(\.purity), efficiency: mean(\.efficiency),
        eventsClassified: edges.events.count,
        eventsAsked: run.stages.first { $0.name == edges.stage }?.tasks ?? edges.events.count)
    }
  }

  /// What a run is about that scores no tracks and was asked for none: its first classified edges; of a scan the best.
  var edgeHeadline: EdgeMeans? {
    guard results.tracks.isEmpty, results.headline.eventsAsked == 0 else { return nil }
    let means = edgeMeans
    let scan = results.scans.first { scan in
      scan.measure == .auc && scan.points.contains { $0.stage == means.first?.stage }
    }
    let best = scan.flatMap { scan in scan.best.map { scan.points[$0].stage } }
    return means.first { $0.stage == best } ?? means.first
  }
}
