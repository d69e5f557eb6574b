/// A run as JUnit XML, the format in which CI systems show tests.
///
/// A suite for each kind of check: the stages, the held-out events, and of a night its thresholds. The
/// attributes are those that Jenkins' and Ant's readers know; a time that was not measured is left out.
public enum JUnitReport {
  /// The file of a finished run.
  ///
  /// - Parameter night: adds the numbers' thresholds, and what was compared with.
  public static func text(of report: RunReport, night: Night? = nil) -> String {
    var suites = [stageSuite(report), eventSuite(report)]
    if let night { suites.append(thresholdSuite(night)) }
    for index in suites.indices {
      suites[index].timestamp = report.run.started
      suites[index].host = report.run.host
    }
    return text(name: report.workflow, suites: suites.filter { !$0.cases.isEmpty })
  }

  /// The file of a night that came to no results: one case, in error.
  public static func text(ofFailed night: Night) -> String {
    var suite = Suite(name: "\(night.workflow).nightly")
    suite.timestamp = NightText.time(night.started)
    suite.cases = [
      Case(
        name: "run", outcome: .error("the night \(night.verdict): \(night.reason ?? "")"),
        seconds: night.ended.map { $0 - night.started })
    ]
    return text(name: night.workflow, suites: [suite])
  }

  // MARK: - Suites

  /// Each stage: whether it has a result of every task.
  private static func stageSuite(_ report: RunReport) -> Suite {
    let reasons = SetAsideGroup.groups(of: report.results.headline.setAside)
    var suite = Suite(name: "\(report.workflow).stages")
    suite.cases = report.run.stages.map { stage in
      let words = reasons.filter { $0.stage == stage.name }.map(\.words)
      let message =
        "\(stage.setAside) of \(HTMLReport.plural(stage.tasks, "task")) set aside"
      return Case(
        name: stage.name,
        outcome: stage.setAside > 0 || !words.isEmpty
          ? .failure(message, details: words.joined(separator: "\n")) : .passed,
        seconds: stage.seconds,
        output:
          "\(stage.uses): \(HTMLReport.plural(stage.tasks, "task")), \(stage.cached) from the cache"
      )
    }
    return suite
  }

  /// Each held-out event: whether it was scored, or its edges classified.
  private static func eventSuite(_ report: RunReport) -> Suite {
    let headline = report.results.headline
    let (done, asked, verb) = outcome(of: report)
    var suite = Suite(name: "\(report.workflow).events")
    suite.cases = done.map { event, output in
      Case(
        name: "event \(event)", outcome: .passed, seconds: seconds(of: event, in: report),
        output: output)
    }
    let missing = asked - done.count
    guard missing > 0 else { return suite }
    let known = Set(done.map(\.event))
    let groups = SetAsideGroup.groups(of: headline.setAside)
    let candidates = Set(groups.flatMap(\.events)).subtracting(known).sorted()
    if candidates.count == missing {
      suite.cases += candidates.map { event in
        let words = groups.filter { $0.events.contains(event) }.map { "\($0.stage): \($0.reason)" }
        return Case(
          name: "event \(event)",
          outcome: .failure("not \(verb)", details: words.joined(separator: "\n")))
      }
    } else {
      // Events of the training were set aside as well, and nothing tells them apart here.
      suite.cases.append(
        Case(
          name: "events without a result",
          outcome: .failure(
            "\(missing) of \(asked) events were not \(verb)",
            details: groups.map(\.words).joined(separator: "\n"))))
    }
    return suite
  }

  /// The events that came to a result, each with a word on it; how many were asked for; what was done with them.
  private static func outcome(of report: RunReport) -> (
    done: [(event: Int, output: String)], asked: Int, verb: String
  ) {
    if let means = report.edgeHeadline {
      let edges = report.results.edges.first { $0.stage == means.stage }?.events ?? []
      return (
        edges.map { ($0.event, "edge AUC \(NumberText.score($0.auc))") }, means.eventsAsked,
        "classified"
      )
    }
    let headline = report.results.headline
    let tracks = report.results.tracks.first { $0.stage == headline.trackBuilder }?.events ?? []
    return (
      tracks.map { ($0.event, "score \(NumberText.score($0.score))") }, headline.eventsAsked,
      "scored"
    )
  }

  /// The time of all tasks of an event; nil where none ran.
  private static func seconds(of event: Int, in report: RunReport) -> Double? {
    let tasks = report.run.timeline.filter { $0.event == event }
    return tasks.isEmpty ? nil : tasks.reduce(0) { $0 + $1.end - $1.start }
  }

  /// Each number with a threshold: whether it held.
  private static func thresholdSuite(_ night: Night) -> Suite {
    var suite = Suite(name: "\(night.workflow).thresholds")
    let judgement = night.judgement
    suite.cases = night.numbers.compactMap { number in
      guard let headline = HeadlineNumber.named(number.name) else { return nil }
      let output = headline.text(number.value, uncertainty: number.uncertainty)
      guard let judgement else {
        return Case(
          name: number.name, outcome: .skipped("no earlier good night to compare with"),
          output: output)
      }
      guard let difference = judgement.differences.first(where: { $0.name == number.name }) else {
        return Case(
          name: number.name, outcome: .skipped("not comparable with \(judgement.comparedWith)"),
          output: output)
      }
      let words = NightSummary.words(of: difference, headline)
      guard difference.tolerated != nil else {
        return Case(
          name: number.name, outcome: .skipped("without a threshold"),
          output: "\(output), \(words)")
      }
      return Case(
        name: number.name,
        outcome: difference.isRegression
          ? .failure(
            "\(words), against \(judgement.comparedWith)",
            details: judgement.changes.joined(separator: "\n")) : .passed,
        output: "\(output), \(words)")
    }
    return suite
  }
}
