import JSONDocument

extension RunReport {
  /// Predicted probabilities of edges held against how many of them are true.
  public struct EdgeCalibration: Sendable, Equatable {
    /// Edges of like probability.
    public struct Bin: Sendable, Equatable {
      /// Mean predicted probability.
      public var predicted: Double
      public var edges: Int
      public var trueEdges: Int

      public init(predicted: Double, edges: Int, trueEdges: Int) {
        self.predicted = predicted
        self.edges = edges
        self.trueEdges = trueEdges
      }

      /// Share of the edges that are true.
      public var fraction: Double? { edges > 0 ? Double(trueEdges) / Double(edges) : nil }

      var interval: WilsonInterval? { WilsonInterval(found: trueEdges, total: edges) }
    }

    /// By increasing probability; bins without edges are left out.
    public var bins: [Bin]
    /// Mean over the edges of the difference between a bin's mean probability and its fraction of true edges.
    public var expectedError: Double?

    public init(bins: [Bin], expectedError: Double?) {
      self.bins = bins
      self.expectedError = expectedError
    }
  }
}

extension RunReport.EdgeCalibration {
  /// Counts to compute with, and beside them the fractions with their intervals.
  var json: JSONValue {
    func column(_ value: (Bin) -> Double?) -> JSONValue {
      .array(bins.map { .measured(value($0)) })
    }
    return .object([
      "expectedError": .measured(expectedError),
      "predicted": .list(bins.map(\.predicted)), "edges": .list(bins.map(\.edges)),
      "trueEdges": .list(bins.map(\.trueEdges)), "fraction": column(\.fraction),
      "atLeast": column { $0.interval?.lower }, "atMost": column { $0.interval?.upper },
    ])
  }

  init?(optional fields: ReportFields?) throws(ReportError) {
    guard let fields else { return nil }
    let predicted = try fields.numbers("predicted")
    let (edges, trueEdges) = (try fields.integers("edges"), try fields.integers("trueEdges"))
    try fields.check(edges.count, "edges", isOf: predicted.count, "a bin")
    try fields.check(trueEdges.count, "trueEdges", isOf: predicted.count, "a bin")
    self.init(
      bins: predicted.indices.map {
        Bin(predicted: predicted[$0], edges: edges[$0], trueEdges: trueEdges[$0])
      }, expectedError: try fields.optionalNumber("expectedError"))
  }
}
