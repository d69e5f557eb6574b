/// The nights of a workflow as one HTML page that needs nothing else: what changed, the trend of every number, all nights.
public enum NightlyPage {
  /// The page of a history; the same history always gives the same text.
  public static func page(of history: NightHistory) -> String {
    let finished = history.nights.filter(\.isFinished)
    let newest = finished.last
    var sections: [SectionView] = []
    if let newest { sections.append(newestSection(newest, in: history)) }
    if !finished.isEmpty { sections.append(trendsSection(history)) }
    let changes = changesSection(history)
    if !changes.blocks.isEmpty { sections.append(changes) }
    sections.append(nightsSection(history))
    return HTMLReport.render(
      PageView(
        eyebrow: Markup("trackflow nightly"), title: Markup(history.workflow),
        subtitle: Markup(subtitle(of: history)), banner: banner(of: history),
        cards: cards(of: newest, in: history), sections: sections))
  }

  private static func subtitle(of history: NightHistory) -> String {
    guard let last = history.nights.last else { return "no nights yet" }
    let count = HTMLReport.plural(history.nights.count, "night")
    let host = last.run.map { " on \($0.host)" } ?? ""
    return "\(count), the last on \(NightText.minute(last.started)) UTC\(host)"
  }

  /// The warning that the last night was bad; empty after a good one.
  private static func banner(of history: NightHistory) -> [BannerView] {
    let unreadable = history.unreadable.map { Markup("passed over: \($0)") }
    guard let last = history.nights.last else { return [] }
    if last.isRegression, let judgement = last.judgement {
      let worse = judgement.differences.filter(\.isRegression).compactMap { difference in
        difference.number.map {
          Markup("\($0.words): \(NightSummary.words(of: difference, $0))")
        }
      }
      return [
        BannerView(
          message: Markup("The last night is a regression against \(judgement.comparedWith)."),
          reasons: worse + (last.reason.map { [Markup($0)] } ?? []) + unreadable)
      ]
    }
    if last.state == .failed || last.state == .interrupted {
      let reason = last.reason ?? "no reason is known"
      return [
        BannerView(
          message: Markup(
            "The last night \(last.state == .failed ? "failed" : "was interrupted")."),
          reasons: [Markup(reason)] + unreadable)
      ]
    }
    if let reason = last.reason {
      return [
        BannerView(
          message: Markup("The last night left events out."), reasons: [Markup(reason)] + unreadable
        )
      ]
    }
    guard !unreadable.isEmpty else { return [] }
    return [
      BannerView(
        message: Markup("Files of the history cannot be read."), reasons: unreadable)
    ]
  }

  /// The first of the newest numbers large, and those that changed; the table below has them all.
  private static func cards(of newest: Night?, in history: NightHistory) -> [CardView] {
    var cards: [CardView] = []
    if let newest {
      for (place, number) in newest.numbers.enumerated() {
        guard let headline = HeadlineNumber.named(number.name) else { continue }
        let difference = newest.judgement?.differences.first { $0.name == number.name }
        guard place == 0 || difference?.isMarked == true || difference?.isRegression == true else {
          continue
        }
        let isAlarm = difference?.isRegression == true && newest.isRegression
        let note =
          difference.map { NightSummary.words(of: $0, headline) }
          ?? (newest.judgement == nil ? "no earlier night to compare with" : "not compared")
        let since = difference == nil ? "" : " since \(newest.judgement?.comparedWith ?? "")"
        cards.append(
          CardView(
            kind: Markup(isAlarm ? "alarm" : place == 0 ? "main" : "plain"),
            label: Markup(headline.words),
            value: Markup(headline.text(number.value, uncertainty: number.uncertainty)),
            note: Markup(note + (place == 0 ? since : ""))))
      }
    }
    let failed = history.nights.count { !$0.isFinished && $0.state != .running }
    let bad = history.nights.count(where: \.isRegression)
    cards.append(
      CardView(
        label: Markup("Nights"), value: Markup(NumberText.grouped(history.nights.count)),
        note: Markup(
          "\(failed) failed or interrupted, \(HTMLReport.plural(bad, "regression"))")))
    return cards
  }
}
