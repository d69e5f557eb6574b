import JSONDocument

/// What the points of a workflow's scans are called in the names of their stages: `tracks[threshold=0.5]`.
struct ScanLabels {
  /// By the name of an axis: the parameter, with its stage where several scan one of that name.
  private var names: [String: String] = [:]
  private var values: [String: [String]] = [:]

  init(of axes: [ScanAxis]) {
    for axis in axes {
      let isAlone = axes.count { $0.parameter == axis.parameter } == 1
      names[axis.name] = isAlone ? axis.parameter : axis.name
      var texts: [String] = []
      for (index, value) in axis.values.enumerated() {
        let text = Self.text(of: value)
        texts.append(texts.contains(text) ? "\(text)-\(index + 1)" : text)
      }
      values[axis.name] = texts
    }
  }

  /// The name of a stage at a point; its own where nothing is scanned.
  func name(of stage: String, at point: [ScanCoordinate]) -> String {
    guard !point.isEmpty else { return stage }
    let words = point.map { coordinate in
      let axis = coordinate.axis.name
      return "\(names[axis] ?? axis)=\(values[axis]?[coordinate.index] ?? "")"
    }
    return "\(stage)[\(words.joined(separator: ","))]"
  }

  /// A value in letters that may stand in the name of a file; of a path its last part.
  private static func text(of value: JSONValue) -> String {
    let text = value.stringValue.map { $0.split(separator: "/").last.map(String.init) ?? "" }
    let plain = (text ?? value.compactText).unicodeScalars.map { scalar -> Character in
      let isPlain =
        scalar.isASCII
        && (scalar.properties.isAlphabetic || "0123456789._-+,[]".unicodeScalars.contains(scalar))
      return isPlain ? Character(scalar) : "-"
    }
    return String(plain.prefix(40))
  }
}
