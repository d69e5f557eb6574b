import JSONDocument

/// One night of a nightly evaluation: when it was, how it ended, its headline numbers, and how they were judged.
///
/// It holds the numbers event by event, so that later nights can be compared with it when its report is gone.
public struct Night: Sendable, Equatable {
  public enum State: String, Sendable {
    case running
    /// Everything that was asked for is there.
    case done
    /// Done over fewer events than asked for.
    case incomplete
    case failed
    case interrupted
  }

  public var id: String
  public var workflow: String
  /// Seconds since 1970.
  public var started: Double
  public var ended: Double?
  public var state: State
  /// Why there are no numbers, or what was set aside.
  public var reason: String?
  /// Digest of the program's file, 64 hexadecimal digits; nil where it was not told.
  public var programDigest: String?
  /// How the results came about, without the timeline; nil of a night that came to none.
  public var run: RunReport.Run?
  public var numbers: [Number]
  public var judgement: NightJudgement?
  /// Why a person took the night for good in spite of a regression; nil where nobody did.
  public var accepted: String?
  /// The night's pages, from the folder of the history; nil where there is none.
  public var report: String?

  public init(
    id: String, workflow: String, started: Double, ended: Double? = nil, state: State = .running,
    reason: String? = nil, programDigest: String? = nil, run: RunReport.Run? = nil,
    numbers: [Number] = [], judgement: NightJudgement? = nil, accepted: String? = nil,
    report: String? = nil
  ) {
    self.id = id
    self.workflow = workflow
    self.started = started
    self.ended = ended
    self.state = state
    self.reason = reason
    self.programDigest = programDigest
    self.run = run
    self.numbers = numbers
    self.judgement = judgement
    self.accepted = accepted
    self.report = report
  }

  /// A headline number of the night.
  public struct Number: Sendable, Equatable {
    /// As `HeadlineNumber` names it.
    public var name: String
    /// The stage that it is of; nil of the whole run.
    public var stage: String?
    /// The mean over events, or the one value of the run.
    public var value: Double
    /// The standard error of the mean; nil with fewer than two events.
    public var uncertainty: Double?
    /// Empty for a number of the whole run.
    public var byEvent: [Int: Double]

    public init(
      name: String, stage: String? = nil, value: Double, uncertainty: Double? = nil,
      byEvent: [Int: Double] = [:]
    ) {
      self.name = name
      self.stage = stage
      self.value = value
      self.uncertainty = uncertainty
      self.byEvent = byEvent
    }
  }
}

extension Night {
  /// Takes what a finished run came to.
  public mutating func take(_ report: RunReport) {
    var run = report.run
    run.timeline = []
    self.run = run
    numbers = HeadlineNumber.all.compactMap { number in
      switch number.values(report) {
      case .byEvent(let values, let stage):
        let spread = Spread(values.sorted { $0.key < $1.key }.map(\.value))
        return spread.mean.map {
          Number(
            name: number.name, stage: stage, value: $0, uncertainty: spread.standardError,
            byEvent: values)
        }
      case .whole(let value): return Number(name: number.name, value: value)
      case .none: return nil
      }
    }
    let groups = SetAsideGroup.groups(of: report.results.headline.setAside)
    state = groups.isEmpty ? .done : .incomplete
    reason = groups.isEmpty ? nil : groups.map { "set aside: \($0.words)" }.joined(separator: "; ")
  }

  public func number(_ name: String) -> Number? { numbers.first { $0.name == name } }

  /// Whether it came to numbers.
  public var isFinished: Bool { state == .done || state == .incomplete }

  /// Whether a number was worse than its threshold allows, and nobody has accepted that.
  public var isRegression: Bool { judgement?.hasRegression == true && accepted == nil }

  /// Whether later nights are compared with it.
  public var isGood: Bool { isFinished && !isRegression }

  /// How it ended, in a word or two.
  public var verdict: String {
    switch state {
    case .running: "running"
    case .failed: "failed"
    case .interrupted: "interrupted"
    case .done, .incomplete:
      isRegression
        ? "regression"
        : accepted != nil ? "accepted" : state == .incomplete ? "events set aside" : "good"
    }
  }
}
