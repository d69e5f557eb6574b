/// What two reports say of the same stages, event by event.
public struct ReportComparison: Sendable {
  /// A number of a stage that both reports give by event.
  public struct Figure: Sendable {
    public var stage: String
    /// `score`, `efficiency`, `fake rate`, `edge AUC`, …
    public var name: String
    public var isLargerBetter: Bool
    public var difference: PairedDifference

    static let score = "score"
    static let auc = "edge AUC"

    /// Whether it is what the stage is about.
    public var isHeadline: Bool { name == Self.score || name == Self.auc }

    /// How many events became better, and how many worse.
    public var better: Int { isLargerBetter ? difference.larger : difference.smaller }
    public var worse: Int { isLargerBetter ? difference.smaller : difference.larger }
  }

  /// In the order of the first report; the scores of a stage before its other numbers.
  public let figures: [Figure]
  /// Stages that only one of the reports scores or classifies.
  public let onlyFirst: [String]
  public let onlySecond: [String]

  public init(_ first: RunReport, _ second: RunReport) {
    var figures: [Figure] = []
    func add(
      _ stage: String, _ name: String, _ a: [(Int, Double?)], _ b: [(Int, Double?)],
      isLargerBetter: Bool = true
    ) {
      func values(_ pairs: [(Int, Double?)]) -> [Int: Double] {
        Dictionary(
          pairs.compactMap { event, value in value.map { (event, $0) } },
          uniquingKeysWith: { first, _ in first })
      }
      let difference = PairedDifference(values(a), values(b))
      // That two runs share no event is to be said of what they are about, once.
      let isHeadline = name == Figure.score || name == Figure.auc
      guard !difference.events.isEmpty || (isHeadline && !difference.isOfSameEvents) else { return }
      figures.append(
        Figure(stage: stage, name: name, isLargerBetter: isLargerBetter, difference: difference))
    }
    for tracks in first.results.tracks {
      guard let other = second.results.tracks.first(where: { $0.stage == tracks.stage }) else {
        continue
      }
      for number in Self.trackNumbers {
        add(
          tracks.stage, number.name, tracks.events.map { ($0.event, number.value($0)) },
          other.events.map { ($0.event, number.value($0)) },
          isLargerBetter: number.isLargerBetter)
      }
    }
    for edges in first.results.edges {
      guard let other = second.results.edges.first(where: { $0.stage == edges.stage }) else {
        continue
      }
      for number in Self.edgeNumbers {
        add(
          edges.stage, number.name, edges.events.map { ($0.event, number.value($0)) },
          other.events.map { ($0.event, number.value($0)) })
      }
    }
    self.figures = figures
    let (one, two) = (Self.stages(of: first), Self.stages(of: second))
    onlyFirst = one.filter { !two.contains($0) }
    onlySecond = two.filter { !one.contains($0) }
  }

  private static func stages(of report: RunReport) -> [String] {
    report.results.tracks.map(\.stage) + report.results.edges.map(\.stage)
  }

  private struct Number<Event> {
    var name: String
    var value: (Event) -> Double?
    var isLargerBetter = true
  }

  private static var trackNumbers: [Number<RunReport.TrackEvent>] {
    [
      Number(name: Figure.score, value: \.score), Number(name: "ceiling", value: \.ceiling),
      Number(name: "region's score", value: \.regionScore),
      Number(name: "efficiency", value: \.efficiency),
      Number(name: "fake rate", value: \.fakeRate, isLargerBetter: false),
      Number(name: "duplicate rate", value: \.duplicateRate, isLargerBetter: false),
    ]
  }

  private static var edgeNumbers: [Number<RunReport.EdgeEvent>] {
    [
      Number(name: Figure.auc, value: \.auc),
      Number(name: "edge average precision", value: \.averagePrecision),
      Number(name: "edge purity", value: \.purity),
      Number(name: "edge efficiency", value: \.efficiency),
      Number(name: "edge accuracy", value: \.accuracy),
    ]
  }
}

/// How two runs came to their results differently, beside what their workflows say.
public struct ProvenanceDifference: Sendable, Equatable {
  /// Files that both read, whose content differs.
  public let changedFiles: [String]
  /// Files whose content the other did not read at all.
  public let onlyFirst: [String]
  public let onlySecond: [String]
  /// A line each: program, stage kinds, host, instruction set.
  public let program: [String]
  public let machine: [String]

  public init(_ first: RunReport.Run, _ second: RunReport.Run) {
    let old = Dictionary(
      first.inputs.map { ($0.file, $0.sha256) }, uniquingKeysWith: { first, _ in first })
    let new = Dictionary(
      second.inputs.map { ($0.file, $0.sha256) }, uniquingKeysWith: { first, _ in first })
    let (oldContent, newContent) = (Set(old.values), Set(new.values))
    changedFiles = old.keys.filter { new[$0] != nil && new[$0] != old[$0] }.sorted()
    // The same content under another path is the same data.
    onlyFirst = old.filter { new[$0.key] == nil && !newContent.contains($0.value) }.keys.sorted()
    onlySecond = new.filter { old[$0.key] == nil && !oldContent.contains($0.value) }.keys.sorted()
    var program = Self.changed([
      ("trackflow", first.trackflowVersion, second.trackflowVersion),
      ("Swift", first.swiftVersion, second.swiftVersion),
    ])
    let kinds = { (run: RunReport.Run) in
      Dictionary(
        run.stages.map { ($0.uses, $0.version) }, uniquingKeysWith: { first, _ in first })
    }
    let (before, after) = (kinds(first), kinds(second))
    for kind in before.keys.sorted() {
      guard let from = before[kind], let to = after[kind], from != to else { continue }
      program.append("\(kind) version \(from) -> \(to)")
    }
    self.program = program
    machine = Self.changed([
      ("host", first.host, second.host), ("cores", "\(first.cores)", "\(second.cores)"),
      ("instruction set", first.instructionSet ?? "none", second.instructionSet ?? "none"),
      ("operating system", first.operatingSystem, second.operatingSystem),
      ("cluster", first.cluster?.name ?? "none", second.cluster?.name ?? "none"),
    ])
  }

  /// Whether the two read the same data.
  public var isOfSameData: Bool {
    changedFiles.isEmpty && onlyFirst.isEmpty && onlySecond.isEmpty
  }

  private static func changed(_ rows: [(name: String, old: String, new: String)]) -> [String] {
    rows.filter { $0.old != $0.new }.map { "\($0.name) \($0.old) -> \($0.new)" }
  }
}
