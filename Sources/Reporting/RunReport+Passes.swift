import JSONDocument

extension RunReport {
  /// One pass of a reconstruction: how well it tells true doublets and true triplets from false ones.
  ///
  /// Thresholds and scores are logits. Only what was kept is counted by score; efficiencies are shares of
  /// all true pairs that there were to find.
  public struct Pass: Sendable, Equatable {
    /// From 1.
    public var number: Int
    public var doublets: Edges
    public var triplets: Edges

    public init(number: Int, doublets: Edges, triplets: Edges) {
      self.number = number
      self.doublets = doublets
      self.triplets = triplets
    }
  }
}

extension RunReport.Pass {
  var json: JSONValue {
    .object([
      "number": .integer(number), "doublets": doublets.json, "triplets": triplets.json,
    ])
  }

  init(_ fields: ReportFields) throws(ReportError) {
    number = try fields.integer("number")
    doublets = try RunReport.Edges(fields.object("doublets"))
    triplets = try RunReport.Edges(fields.object("triplets"))
  }
}
