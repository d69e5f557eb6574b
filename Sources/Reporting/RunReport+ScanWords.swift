import JSONDocument

extension RunReport.Scan {
  /// What the points are compared by, with the unit of a table's heading.
  var measureName: String { measure == .score ? "Score" : "AUC" }

  /// The parameters' names; without their stages where all are of one.
  var parameterNames: [String] {
    let stages = Set(parameters.map { $0.name.split(separator: ".").dropLast().joined() })
    return parameters.map { parameter in
      stages.count == 1
        ? parameter.name.split(separator: ".").last.map(String.init) ?? parameter.name
        : parameter.name
    }
  }

  /// A value as people write it.
  static func text(of value: JSONValue) -> String {
    value.stringValue ?? value.compactText
  }

  /// The numbers of the one parameter that was scanned; nil where there are several, or it takes no numbers.
  var numbers: [Double]? {
    guard parameters.count == 1 else { return nil }
    let numbers = points.compactMap { $0.values.first?.doubleValue }
    return numbers.count == points.count ? numbers : nil
  }

  /// Such as "-0.0031 ± 0.0004", or "best".
  func differenceText(of index: Int) -> String {
    guard index != best else { return "best" }
    let point = points[index]
    guard let difference = point.difference, difference.isFinite else { return NumberText.none }
    let text = NumberText.score(difference, uncertainty: point.differenceUncertainty)
    return difference > 0 ? "+\(text)" : text
  }

  /// Lines for the end of a run: the points in columns, the best ones of many.
  var lines: [String] {
    let most = 20
    let measured = measure == .score ? "the score" : "the AUC of the edges"
    var shown = Array(points.indices)
    if points.count > most {
      shown = Array(
        shown.sorted { (points[$0].mean ?? -1) > (points[$1].mean ?? -1) }.prefix(most)
      ).sorted()
    }
    var heads = parameterNames + [measureName.lowercased(), "to the best, by event", "efficiency"]
    heads.append(measure == .score ? "fakes" : "purity")
    let rows = shown.map { index in
      let point = points[index]
      return point.values.map(Self.text(of:)) + [
        NumberText.score(point.mean, uncertainty: point.uncertainty),
        differenceText(of: index), percent(point.efficiency),
        percent(measure == .score ? point.fakeRate : point.purity),
      ]
    }
    let widths = heads.indices.map { column in
      ([heads] + rows).map { $0[column].count }.max() ?? 0
    }
    let table = ([heads] + rows).map { row in
      let cells = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
      return "  " + String(cells.joined(separator: "   ").reversed().drop { $0 == " " }.reversed())
    }
    let left = points.count - shown.count
    return ["scan at stage \(stage), \(points.count) points, by \(measured):"] + table
      + (left > 0 ? ["  and \(left) points of a lower one in the report"] : [])
  }

  private func percent(_ value: Double?) -> String {
    let text = NumberText.percent(value)
    return text == NumberText.none ? text : "\(text) %"
  }
}
