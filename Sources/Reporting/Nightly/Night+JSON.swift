import JSONDocument

extension Night {
  public static let format = "trackflow-night"
  public static let version = 1

  /// The night as its file in the history holds it.
  public var json: JSONValue {
    .object([
      "format": .string(Self.format),
      "version": .integer(Self.version),
      "id": .string(id),
      "workflow": .string(workflow),
      "started": .number(started),
      "ended": .measured(ended),
      "state": .string(state.rawValue),
      "reason": .optional(reason),
      "accepted": .optional(accepted),
      "report": .optional(report),
      "programDigest": .optional(programDigest),
      "numbers": .array(numbers.map(\.json)),
      "judgement": judgement?.json ?? .null,
      "run": run?.json ?? .null,
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
      throw .unexpected(
        path: "format", expected: "\"\(Self.format)\", version \(Self.version)",
        found: "\"\(format)\", version \(version)")
    }
    id = try fields.string("id")
    workflow = try fields.string("workflow")
    started = try fields.number("started")
    ended = try fields.optionalNumber("ended")
    let name = try fields.string("state")
    guard let known = State(rawValue: name) else {
      throw .unexpected(path: "state", expected: "the state of a night", found: "\"\(name)\"")
    }
    state = known
    reason = try fields.optionalString("reason")
    accepted = try fields.optionalString("accepted")
    report = try fields.optionalString("report")
    programDigest = try fields.optionalString("programDigest")
    numbers = try fields.objects("numbers", Number.init)
    judgement = try NightJudgement(optional: fields.optionalObject("judgement"))
    run = try fields.optionalObject("run").map { run throws(ReportError) in
      try RunReport.Run(run)
    }
  }
}

extension Night.Number {
  var json: JSONValue {
    .object([
      "name": .string(name), "stage": .optional(stage), "value": .measured(value),
      "uncertainty": .measured(uncertainty),
      "byEvent": .array(
        byEvent.sorted { $0.key < $1.key }.map {
          .object(["event": .integer($0.key), "value": .measured($0.value)])
        }),
    ])
  }

  init(_ fields: ReportFields) throws(ReportError) {
    name = try fields.string("name")
    stage = try fields.optionalString("stage")
    value = try fields.number("value")
    uncertainty = try fields.optionalNumber("uncertainty")
    let pairs = try fields.objects("byEvent") { event throws(ReportError) in
      (try event.integer("event"), try event.number("value"))
    }
    byEvent = Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }
}

extension NightJudgement {
  var json: JSONValue {
    .object([
      "comparedWith": .string(comparedWith),
      "differences": .array(differences.map(\.json)),
      "changes": .array(changes.map { .string($0) }),
    ])
  }

  init?(optional fields: ReportFields?) throws(ReportError) {
    guard let fields else { return nil }
    comparedWith = try fields.string("comparedWith")
    differences = try fields.objects("differences", Difference.init)
    changes = try fields.any("changes").arrayValue?.compactMap(\.stringValue) ?? []
  }
}

extension NightJudgement.Difference {
  var json: JSONValue {
    .object([
      "number": .string(name), "before": .measured(before), "now": .measured(now),
      "difference": .measured(mean), "standardError": .measured(standardError),
      "events": .integer(events), "tolerated": .measured(tolerated),
      "isMarked": .bool(isMarked), "isRegression": .bool(isRegression),
    ])
  }

  init(_ fields: ReportFields) throws(ReportError) {
    name = try fields.string("number")
    before = try fields.number("before")
    now = try fields.number("now")
    mean = try fields.number("difference")
    standardError = try fields.optionalNumber("standardError")
    events = try fields.integer("events")
    tolerated = try fields.optionalNumber("tolerated")
  }
}
