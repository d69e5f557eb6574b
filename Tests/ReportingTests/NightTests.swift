import JSONDocument
import Reporting
import TestSupport
import Testing

@Suite struct NightTests {
  @Test func aNightIsReadBackAsItWasWritten() throws {
    for night in SampleNights.history.nights {
      let text = night.json.prettyText
      let document = try JSONDocument(parsing: Array(text.utf8), file: "night.json")
      #expect(try Night(json: document.root) == night)
    }
    #expect(throws: ReportError.self) { try Night(json: SampleReport.report.json) }
    #expect(throws: ReportError.self) { try Night(json: []) }
  }

  @Test func numbersAreThoseOfTheReport() throws {
    let report = SampleNights.report()
    let night = SampleNights.night(1, report)
    let score = try #require(night.number("score"))
    #expect(abs(score.value - report.results.headline.score!) < 1e-12)
    #expect(score.stage == "greedy")
    #expect(score.byEvent.count == 3)
    #expect(night.number("edgeAUC")?.stage == "train")
    // One event has no duplicate rate, and counts in no mean of it.
    #expect(night.number("duplicateRate")?.value == 0.03125)
    #expect(night.number("duplicateRate")?.byEvent.count == 2)
    #expect(night.number("events")?.value == 3)
    #expect(night.number("time")?.value == 200)
    #expect(night.number("processorTime")?.value == 708.75)
    #expect(night.state == .done)
  }

  @Test func aTimeWithResultsFromTheCacheIsNoTime() {
    let night = SampleNights.night(1, SampleReport.report)
    #expect(night.number("time") == nil && night.number("processorTime") == nil)
    #expect(night.state == .incomplete)
    #expect(night.reason?.contains("events 1003, 1004 at graphs") == true)
  }

  private func difference(_ name: String, from old: RunReport, to new: RunReport)
    -> NightJudgement.Difference?
  {
    let nights = [SampleNights.night(1, old)]
    let judged = SampleNights.judged(SampleNights.night(2, new), after: nights)
    return judged.judgement?.differences.first { $0.name == name }
  }

  @Test func aChangeIsMarkedBeyondTwiceItsPairedUncertainty() throws {
    let before = SampleNights.report()
    let better = try #require(
      difference("score", from: before, to: SampleNights.report(shift: 0.01)))
    #expect(abs(better.mean - 0.011) < 1e-12)
    #expect(better.events == 3)
    // The events scatter by 0.0156 and the differences by 0.001 only.
    #expect(abs(better.standardError! - 0.001 / 3.0.squareRoot()) < 1e-12)
    #expect(better.isMarked && !better.isRegression && better.verdict == "better")
    var uneven = before
    uneven.results.tracks[0].events[0].score! += 0.03
    uneven.results.tracks[0].events[1].score! -= 0.02
    let unsure = try #require(difference("score", from: before, to: uneven))
    #expect(!unsure.isMarked && unsure.verdict == "within ± 2 σ")
    let same = try #require(difference("score", from: before, to: before))
    #expect(!same.isMarked && same.verdict == "the same")
  }

  @Test func aRegressionIsAWorseningBeyondTheThreshold() throws {
    let before = SampleNights.report()
    let within = try #require(
      difference("score", from: before, to: SampleNights.report(shift: -0.004)))
    #expect(within.isMarked && !within.isRegression && within.verdict == "worse")
    let beyond = try #require(
      difference("score", from: before, to: SampleNights.report(shift: -0.005)))
    #expect(beyond.isRegression)
    // Of a fake rate more is worse, of a time as well.
    var fakes = before
    for index in fakes.results.tracks[0].events.indices {
      fakes.results.tracks[0].events[index].fakeRate = 0.14
    }
    #expect(difference("fakeRate", from: before, to: fakes)?.isRegression == true)
    #expect(difference("fakeRate", from: fakes, to: before)?.isRegression == false)
    var slow = before
    slow.run.seconds = 240
    #expect(difference("time", from: before, to: slow)?.isRegression == false)
    slow.run.seconds = 241
    #expect(difference("time", from: before, to: slow)?.isRegression == true)
    slow.run.host = "node2"
    #expect(difference("time", from: before, to: slow) == nil)
    var fewer = before
    fewer.results.headline.eventsScored = 2
    #expect(difference("events", from: before, to: fewer)?.isRegression == true)
    // A number without a threshold is never a regression.
    #expect(difference("efficiency", from: before, to: SampleNights.report())?.tolerated == nil)
  }

  @Test func onlyEventsThatBothNightsHaveAreCompared() throws {
    var other = SampleNights.report(shift: 0.01)
    other.results.tracks[0].events.removeFirst()
    let two = try #require(difference("score", from: SampleNights.report(), to: other))
    #expect(two.events == 2)
    other.results.tracks[0].events.removeFirst()
    let one = try #require(difference("score", from: SampleNights.report(), to: other))
    #expect(one.standardError == nil && !one.isMarked)
    other.results.tracks[0].events[0].event = 77
    #expect(difference("score", from: SampleNights.report(), to: other) == nil)
  }

  @Test func aBadNightIsNotWhatTheNextIsMeasuredBy() throws {
    var nights = SampleNights.history.nights
    #expect(nights.map(\.verdict) == ["good", "good", "failed", "regression"])
    #expect(nights[3].judgement?.comparedWith == nights[1].id)
    let next = SampleNights.night(5)
    var history = NightHistory(workflow: "sample", nights: nights)
    #expect(history.lastGood(before: next)?.id == nights[1].id)
    #expect(history.lastGood(before: nights[0]) == nil)
    nights[3].accepted = "half the time"
    history = NightHistory(workflow: "sample", nights: nights)
    #expect(history.lastGood(before: next)?.id == nights[3].id)
    #expect(nights[3].verdict == "accepted" && !nights[3].isRegression)
  }

  @Test func theTerminalSaysWhatChanged() throws {
    let history = SampleNights.history
    let lines = NightSummary.lines(of: history.nights[3], in: history)
    #expect(lines[0] == "sample: night 20250104T025000Z: regression")
    #expect(
      lines[1]
        == "  Score: 0.4155 ± 0.0079, -0.0330 ± 0.0017, REGRESSION: at most 0.0050 worse is tolerated"
    )
    #expect(lines.contains("compared with the night 20250102T025000Z"))
    #expect(lines.last == "  program: another build, 0a0a0a0a -> 1b1b1b1b")
    #expect(
      NightSummary.lines(of: history.nights[2], in: history) == [
        "sample: night 20250103T025000Z: failed", "the workflow <b>small</b> can't be read",
      ])
    #expect(
      NightSummary.lines(of: history.nights[0], in: history).last?.contains("no earlier") == true)
  }

  @Test func theIndexKeepsItsForm() throws {
    try Golden.expect(SampleNights.history.json.prettyText + "\n", is: "nightly-index.json")
  }
}
