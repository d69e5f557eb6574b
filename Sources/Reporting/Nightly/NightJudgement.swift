/// A night held against the last good one before it: every number's difference, and what had changed.
public struct NightJudgement: Sendable, Equatable {
  /// The id of the night that it was compared with.
  public var comparedWith: String
  public var differences: [Difference]
  /// What the two nights did differently, a line each.
  public var changes: [String]

  public init(comparedWith: String, differences: [Difference], changes: [String]) {
    self.comparedWith = comparedWith
    self.differences = differences
    self.changes = changes
  }

  /// By how much a number may worsen.
  public enum Tolerance: Sendable, Equatable {
    /// In the unit of the number.
    case absolute(Double)
    /// In per cent of the earlier value.
    case percent(Double)

    /// In the unit of the number.
    func limit(of earlier: Double) -> Double {
      switch self {
      case .absolute(let value): value
      case .percent(let share): abs(earlier) * share / 100
      }
    }
  }

  /// How a number differs from that of the earlier night.
  public struct Difference: Sendable, Equatable {
    public var name: String
    /// The means over the events that both nights have, or the one value of each.
    public var before: Double
    public var now: Double
    /// Now less before.
    public var mean: Double
    /// The standard error of the mean of the differences by event; nil of one event, and of a number of the whole run.
    public var standardError: Double?
    /// How many events both have; 0 for a number of the whole run.
    public var events: Int
    /// How much worse it may be, in the unit of the number; nil where nothing is said.
    public var tolerated: Double?

    public init(
      name: String, before: Double, now: Double, mean: Double, standardError: Double? = nil,
      events: Int, tolerated: Double? = nil
    ) {
      self.name = name
      self.before = before
      self.now = now
      self.mean = mean
      self.standardError = standardError
      self.events = events
      self.tolerated = tolerated
    }
  }
}

extension NightJudgement.Difference {
  /// How many standard errors of the paired difference are a change to be marked.
  public static let markedFrom = 2.0

  public var number: HeadlineNumber? { .named(name) }

  /// By how much it is worse; negative where it is better.
  public var worsening: Double { number?.isLargerBetter == false ? mean : -mean }

  /// Whether the change is beyond its paired uncertainty.
  ///
  /// Where every event changed by the same amount, the uncertainty is 0 and any change is beyond it.
  public var isMarked: Bool {
    guard let standardError else { return false }
    return abs(mean) > Self.markedFrom * standardError
  }

  /// Whether it is worse than its threshold allows.
  public var isRegression: Bool { tolerated.map { worsening > $0 } ?? false }

  /// What is to be said of it, in a word or two.
  public var verdict: String {
    if isRegression { return "regression" }
    if mean == 0 { return "the same" }
    guard isMarked else { return standardError == nil && events == 0 ? "other" : "within ± 2 σ" }
    return worsening > 0 ? "worse" : "better"
  }
}

extension NightJudgement {
  public var hasRegression: Bool { differences.contains(where: \.isRegression) }

  /// Holds a night against an earlier one.
  ///
  /// - Parameters:
  ///   - thresholds: by how much numbers may worsen, by name.
  ///   - changes: what the two did differently.
  public init(
    of night: Night, against earlier: Night, thresholds: [(name: String, tolerance: Tolerance)],
    changes: [String]
  ) {
    let isSameMachine =
      night.run?.host == earlier.run?.host && night.run?.cores == earlier.run?.cores
      && night.run?.workers == earlier.run?.workers
    comparedWith = earlier.id
    self.changes = changes
    differences = HeadlineNumber.all.compactMap { number in
      guard let now = night.number(number.name), let before = earlier.number(number.name) else {
        return nil
      }
      // Times of other machines, or with other workers, say nothing of the program.
      if number.form == .seconds, !isSameMachine { return nil }
      let tolerance = thresholds.first { $0.name == number.name }?.tolerance
      guard !now.byEvent.isEmpty || !before.byEvent.isEmpty else {
        return Difference(
          name: number.name, before: before.value, now: now.value, mean: now.value - before.value,
          events: 0, tolerated: tolerance?.limit(of: before.value))
      }
      let paired = PairedDifference(before.byEvent, now.byEvent)
      guard let mean = paired.mean, let old = paired.firstMean, let new = paired.secondMean else {
        return nil
      }
      return Difference(
        name: number.name, before: old, now: new, mean: mean, standardError: paired.standardError,
        events: paired.events.count, tolerated: tolerance?.limit(of: old))
    }
  }
}
