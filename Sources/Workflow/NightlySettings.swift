import JSONDocument

/// What a workflow says of its nightly evaluation: by how much each headline number may worsen.
///
/// It decides no result and is in no key; `trackflow nightly run` alone reads it.
public struct NightlySettings: Sendable, Equatable {
  /// A headline number and how much worse than on the last good night it may be.
  public struct Threshold: Sendable, Equatable {
    /// As the report's stage kind names it, such as `score`.
    public var number: String
    public var tolerance: Tolerance

    public init(number: String, tolerance: Tolerance) {
      self.number = number
      self.tolerance = tolerance
    }
  }

  public enum Tolerance: Sendable, Equatable {
    /// In the unit of the number.
    case absolute(Double)
    /// In per cent of the earlier value: `20%`.
    case percent(Double)
  }

  public var thresholds: [Threshold]

  public init(thresholds: [Threshold]) { self.thresholds = thresholds }

  var json: JSONValue {
    [
      "thresholds": .object(
        thresholds.map { JSONMember(name: $0.number, value: $0.tolerance.json) })
    ]
  }
}

extension NightlySettings.Tolerance {
  static let pattern = "^[0-9]+(\\.[0-9]+)?%$"

  /// Nil for what is neither a number from 0 on nor such a text as `20%`.
  init?(json: JSONValue) {
    if let value = json.doubleValue {
      guard value >= 0, value.isFinite else { return nil }
      self = .absolute(value)
    } else {
      guard let text = json.stringValue, text.wholeMatch(of: /[0-9]+(\.[0-9]+)?%/) != nil,
        let value = Double(text.dropLast())
      else { return nil }
      self = .percent(value)
    }
  }

  var json: JSONValue {
    switch self {
    case .absolute(let value): .number(value)
    case .percent(let value):
      .string((Int(exactly: value).map(String.init) ?? "\(value)") + "%")
    }
  }

  /// The schema of one threshold.
  static func schema(_ description: String) -> JSONValue {
    [
      "type": ["number", "string"], "minimum": 0, "pattern": .string(pattern),
      "description": .string(description),
    ]
  }
}

/// A number of a run's report that a nightly evaluation can hold to a threshold.
public struct WatchedNumber: Sendable, Equatable {
  /// As a workflow's `nightly.thresholds` names it.
  public var name: String
  /// What it is, with its unit and whether more or less of it is better.
  public var description: String

  public init(name: String, description: String) {
    self.name = name
    self.description = description
  }
}
