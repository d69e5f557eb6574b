/// A night in a few plain lines, for the terminal and for mail.
public enum NightSummary {
  /// The lines: how it ended, its numbers with their change, and what was changed.
  public static func lines(of night: Night, in history: NightHistory) -> [String] {
    var lines = ["\(night.workflow): night \(night.id): \(night.verdict)"]
    if let reason = night.reason { lines.append(reason) }
    guard night.isFinished else { return lines.map(ReportSummary.plain) }
    let judgement = night.judgement
    for number in night.numbers {
      guard let headline = HeadlineNumber.named(number.name) else { continue }
      var line = "  \(headline.words): "
      line += headline.text(number.value, uncertainty: number.uncertainty)
      if let difference = judgement?.differences.first(where: { $0.name == number.name }) {
        line += ", \(words(of: difference, headline))"
      }
      lines.append(line)
    }
    guard let judgement else {
      return (lines + ["there is no earlier good night to compare with"]).map(ReportSummary.plain)
    }
    lines.append("compared with the night \(judgement.comparedWith)")
    lines += judgement.changes.map { "  \($0)" }
    return lines.map(ReportSummary.plain)
  }

  /// `-0.0120 ± 0.0011, REGRESSION: at most 0.0020 worse is tolerated`
  static func words(of difference: NightJudgement.Difference, _ number: HeadlineNumber) -> String {
    let change = number.differenceText(difference.mean, uncertainty: difference.standardError)
    if difference.isRegression, let tolerated = difference.tolerated {
      return "\(change), REGRESSION: at most \(number.text(tolerated)) worse is tolerated"
    }
    if difference.mean == 0 { return "unchanged" }
    guard difference.isMarked else { return change }
    return "\(change), \(difference.verdict)"
  }
}
