import JSONDocument

/// Everything that a finished run has to say: its results, and how they came about.
///
/// `results` is the same, bit for bit, for the same inputs; `run` holds what differs from run to
/// run, such as times and the host. Numbers that do not exist are nil, and null in JSON; never 0.
///
/// ```swift
/// let text = report.json.prettyText                      // report.json
/// let page = HTMLReport.page(of: report)                 // report.html
/// let lines = ReportSummary.lines(of: report)            // the end of a run, on the terminal
/// ```
public struct RunReport: Sendable, Equatable {
  public static let format = "trackflow-report"
  public static let version = 1

  /// The name that the workflow gives itself.
  public var workflow: String
  public var results: Results
  public var run: Run

  public init(workflow: String, results: Results, run: Run) {
    self.workflow = workflow
    self.results = results
    self.run = run
  }

  /// The report as it stands in `report.json`, members always in the same order.
  public var json: JSONValue {
    .object([
      "format": .string(Self.format),
      "version": .integer(Self.version),
      "workflow": .string(workflow),
      "results": results.json,
      "run": run.json,
    ])
  }

  /// Reads what `json` wrote; members that are not known are passed over.
  ///
  /// - Throws: `ReportError` that names the member at fault.
  public init(json: JSONValue) throws(ReportError) {
    let fields = try ReportFields(json)
    let format = try fields.string("format")
    let version = try fields.integer("version")
    guard format == Self.format, version == Self.version else {
      throw .unknownFormat(format: format, version: version)
    }
    workflow = try fields.string("workflow")
    results = try Results(fields.object("results"))
    run = try Run(fields.object("run"))
  }
}

extension RunReport {
  /// What was found; the same inputs give the same bits.
  public struct Results: Sendable, Equatable {
    public var headline: Headline
    public var training: [Training]
    public var edges: [Edges]
    /// The passes of reconstructions, each once.
    public var passes: [Pass]
    public var tracks: [Tracks]
    public var scans: [Scan]

    public init(
      headline: Headline, training: [Training] = [], edges: [Edges] = [], passes: [Pass] = [],
      tracks: [Tracks] = [], scans: [Scan] = []
    ) {
      self.headline = headline
      self.training = training
      self.edges = edges
      self.passes = passes
      self.tracks = tracks
      self.scans = scans
    }

    var json: JSONValue {
      .object([
        "headline": headline.json,
        "training": .array(training.map(\.json)),
        "edges": .array(edges.map(\.json)),
        "passes": .array(passes.map(\.json)),
        "tracks": .array(tracks.map(\.json)),
        "scans": .array(scans.map(\.json)),
      ])
    }

    init(_ fields: ReportFields) throws(ReportError) {
      headline = try Headline(fields.object("headline"))
      training = try fields.objects("training", Training.init)
      edges = try fields.objects("edges", Edges.init)
      tracks = try fields.objects("tracks", Tracks.init)
      // Older reports have neither passes nor scans.
      passes = fields.value["passes"] == nil ? [] : try fields.objects("passes", Pass.init)
      scans = fields.value["scans"] == nil ? [] : try fields.objects("scans", Scan.init)
    }
  }
}
