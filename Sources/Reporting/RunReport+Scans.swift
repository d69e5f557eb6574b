import JSONDocument

extension RunReport {
  /// One stage's results at the points of a scan, held against each other event by event.
  public struct Scan: Sendable, Equatable {
    /// What is compared, the more the better.
    public enum Measure: String, Sendable {
      /// The TrackML score of the tracks.
      case score
      /// The area under the ROC curve of the edges.
      case auc
    }

    /// The stage as the workflow names it.
    public var stage: String
    public var measure: Measure
    /// What the scores are of; nil for edges.
    public var scoreOf: String?
    public var parameters: [ScanParameter]
    /// In the order of the workflow.
    public var points: [ScanPoint]
    /// The place among the points of the one with the highest mean; nil where none has one.
    public var best: Int?

    public init(
      stage: String, measure: Measure, scoreOf: String? = nil, parameters: [ScanParameter],
      points: [ScanPoint], best: Int?
    ) {
      self.stage = stage
      self.measure = measure
      self.scoreOf = scoreOf
      self.parameters = parameters
      self.points = points
      self.best = best
    }
  }

  /// A parameter that was tried with several values.
  public struct ScanParameter: Sendable, Equatable {
    /// Its stage and name, such as `tracks.threshold`.
    public var name: String
    public var unit: String?

    public init(name: String, unit: String? = nil) {
      self.name = name
      self.unit = unit
    }
  }

  /// What one point of a scan came to, in means over its events.
  public struct ScanPoint: Sendable, Equatable {
    /// The values of the parameters, in their order.
    public var values: [JSONValue]
    /// The stage whose results are scored here, as elsewhere in the report.
    public var stage: String
    /// How many events have the measure.
    public var events: Int
    /// The mean of the measure and its standard error.
    public var mean: Double?
    public var uncertainty: Double?
    /// The mean over the events that both have of this point less the best one; nil for the best itself.
    public var difference: Double?
    /// The standard error of that mean: events that are hard for both do not count in it.
    public var differenceUncertainty: Double?
    /// How many events both have.
    public var commonEvents: Int
    /// Of tracks: particles found; of edges: true edges kept.
    public var efficiency: Double?
    /// Of tracks: those that are of no particle.
    public var fakeRate: Double?
    public var duplicateRate: Double?
    /// Of edges: true ones among those kept.
    public var purity: Double?

    public init(
      values: [JSONValue], stage: String, events: Int, mean: Double?, uncertainty: Double? = nil,
      difference: Double? = nil, differenceUncertainty: Double? = nil, commonEvents: Int,
      efficiency: Double? = nil, fakeRate: Double? = nil, duplicateRate: Double? = nil,
      purity: Double? = nil
    ) {
      self.values = values
      self.stage = stage
      self.events = events
      self.mean = mean
      self.uncertainty = uncertainty
      self.difference = difference
      self.differenceUncertainty = differenceUncertainty
      self.commonEvents = commonEvents
      self.efficiency = efficiency
      self.fakeRate = fakeRate
      self.duplicateRate = duplicateRate
      self.purity = purity
    }
  }
}

extension RunReport.Scan {
  var json: JSONValue {
    .object([
      "stage": .string(stage),
      "measure": .string(measure.rawValue),
      "scoreOf": .optional(scoreOf),
      "parameters": .array(
        parameters.map { ["name": .string($0.name), "unit": .optional($0.unit)] }),
      "best": .optional(best),
      "points": .array(points.map(\.json)),
    ])
  }

  init(_ fields: ReportFields) throws(ReportError) {
    stage = try fields.string("stage")
    let name = try fields.string("measure")
    guard let known = Measure(rawValue: name) else {
      throw .unexpected(
        path: fields.path(of: "measure"), expected: "\"score\" or \"auc\"", found: "\"\(name)\"")
    }
    measure = known
    scoreOf = try fields.optionalString("scoreOf")
    parameters = try fields.objects("parameters") { parameter throws(ReportError) in
      RunReport.ScanParameter(
        name: try parameter.string("name"), unit: try parameter.optionalString("unit"))
    }
    best = try fields.optionalInteger("best")
    points = try fields.objects("points", RunReport.ScanPoint.init)
  }
}

extension RunReport.ScanPoint {
  var json: JSONValue {
    .object([
      "values": .array(values),
      "stage": .string(stage),
      "events": .integer(events),
      "mean": .measured(mean),
      "uncertainty": .measured(uncertainty),
      "difference": .measured(difference),
      "differenceUncertainty": .measured(differenceUncertainty),
      "commonEvents": .integer(commonEvents),
      "efficiency": .measured(efficiency),
      "fakeRate": .measured(fakeRate),
      "duplicateRate": .measured(duplicateRate),
      "purity": .measured(purity),
    ])
  }

  init(_ fields: ReportFields) throws(ReportError) {
    values = try fields.any("values").arrayValue ?? []
    stage = try fields.string("stage")
    events = try fields.integer("events")
    mean = try fields.optionalNumber("mean")
    uncertainty = try fields.optionalNumber("uncertainty")
    difference = try fields.optionalNumber("difference")
    differenceUncertainty = try fields.optionalNumber("differenceUncertainty")
    commonEvents = try fields.integer("commonEvents")
    efficiency = try fields.optionalNumber("efficiency")
    fakeRate = try fields.optionalNumber("fakeRate")
    duplicateRate = try fields.optionalNumber("duplicateRate")
    purity = try fields.optionalNumber("purity")
  }
}
