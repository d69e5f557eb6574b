import JSONDocument

extension PairedDifference {
  public var json: JSONValue {
    .object([
      "events": .integer(events.count),
      "firstMean": .measured(firstMean), "secondMean": .measured(secondMean),
      "mean": .measured(mean), "standardError": .measured(standardError), "t": .measured(t),
      "onlyFirst": .list(onlyFirst), "onlySecond": .list(onlySecond),
      "byEvent": .array(
        events.map {
          .object([
            "event": .integer($0.event), "first": .number($0.first), "second": .number($0.second),
            "difference": .measured($0.difference),
          ])
        }),
    ])
  }
}

extension ReportComparison {
  public var json: JSONValue {
    .object([
      "figures": .array(
        figures.map { figure in
          .object(
            [
              JSONMember(name: "stage", value: .string(figure.stage)),
              JSONMember(name: "figure", value: .string(figure.name)),
              JSONMember(name: "isLargerBetter", value: .bool(figure.isLargerBetter)),
              JSONMember(name: "better", value: .integer(figure.better)),
              JSONMember(name: "worse", value: .integer(figure.worse)),
            ] + (figure.difference.json.members ?? []))
        }),
      "onlyFirst": .array(onlyFirst.map { .string($0) }),
      "onlySecond": .array(onlySecond.map { .string($0) }),
    ])
  }
}

extension ProvenanceDifference {
  public var json: JSONValue {
    func list(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }
    return .object([
      "changedFiles": list(changedFiles), "onlyFirst": list(onlyFirst),
      "onlySecond": list(onlySecond), "program": list(program), "machine": list(machine),
    ])
  }
}
