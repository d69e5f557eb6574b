extension NightlyPage {
  /// The newest night that came to numbers, held against the one that it was compared with.
  static func newestSection(_ night: Night, in history: NightHistory) -> SectionView {
    var block = BlockView()
    guard let judgement = night.judgement else {
      block.paragraphs = [Markup("There is no earlier good night to compare \(night.id) with.")]
      return SectionView(
        id: Markup("newest"), heading: Markup("The newest night"), blocks: [block])
    }
    block.paragraphs = [
      Markup(
        "Night \(night.id) against \(judgement.comparedWith), the last good night before it, in means over the events that both have. ± is the standard error of the mean of the differences event by event; a change of more than 2 of them is marked."
      )
    ]
    if let accepted = night.accepted {
      block.paragraphs.append(Markup("Accepted: \(accepted)"))
    }
    block.tables = [table(of: judgement)]
    block.details = [changes(judgement.changes)]
    return SectionView(id: Markup("newest"), heading: Markup("The newest night"), blocks: [block])
  }

  private static func table(of judgement: NightJudgement) -> TableView {
    let rows = judgement.differences.compactMap { difference in
      difference.number.map { (difference: difference, number: $0) }
    }
    var table = TableView(
      "What the numbers were, and are.",
      columns: [
        .words("Number") { $0.number.words },
        Column(
          name: "Before", unit: "", number: { $0.difference.before },
          text: { $0.number.text($0.difference.before) }),
        Column(
          name: "Now", unit: "", number: { $0.difference.now },
          text: { $0.number.text($0.difference.now) }),
        Column(
          name: "Change", unit: "± standard error", number: { $0.difference.mean },
          text: {
            $0.number.differenceText(
              $0.difference.mean, uncertainty: $0.difference.standardError)
          }),
        Column(
          name: "Tolerated", unit: "worse by", number: { $0.difference.tolerated },
          text: { $0.number.text($0.difference.tolerated) }),
        Column(
          name: "Events", unit: "in both",
          number: { $0.difference.events > 0 ? Double($0.difference.events) : nil },
          text: {
            $0.difference.events > 0
              ? NumberText.grouped($0.difference.events) : NumberText.none
          }),
        .words("Verdict") { $0.difference.verdict },
      ], of: rows, isMarked: { $0.difference.isMarked })
    for (place, row) in rows.enumerated() where row.difference.isRegression {
      table.rows[place].kind = Markup("alarm")
    }
    return table
  }

  /// What two nights did differently.
  private static func changes(_ changes: [String]) -> DetailsView {
    DetailsView(
      summary: Markup("What was changed"), code: [Markup(changes.joined(separator: "\n"))])
  }

  static func trendsSection(_ history: NightHistory) -> SectionView {
    var block = BlockView()
    block.paragraphs = [
      Markup(
        "Means over the held-out events with the standard error of the mean, which says how much the choice of events matters; the paired uncertainty of a change is far smaller. The ring is the newest night, a cross at the foot is a night without the number."
      )
    ]
    block.figureRows = [
      FigureRowView(
        figures: history.numbers.map { number in
          FigureView(number.words, plot(of: number, in: history))
        })
    ]
    return SectionView(id: Markup("trends"), heading: Markup("Trends"), blocks: [block])
  }

  static func plot(of number: HeadlineNumber, in history: NightHistory) -> TrendPlot {
    let scale = number.axisScale
    return TrendPlot(
      title: "\(number.words) by night", verticalLabel: number.axisLabel,
      nights: history.nights.filter { $0.state != .running }.map { night in
        let value = night.number(number.name)
        let difference = night.judgement?.differences.first { $0.name == number.name }
        return TrendPlot.Night(
          time: night.started, value: value.map { $0.value * scale },
          uncertainty: value?.uncertainty.map { $0 * scale },
          isMarked: difference?.isMarked ?? false,
          isRegression: difference?.isRegression == true && night.isRegression)
      })
  }

  /// Every marked change and regression, the newest first; without blocks where there is none.
  static func changesSection(_ history: NightHistory) -> SectionView {
    struct Row {
      var night: Night
      var judgement: NightJudgement
      var difference: NightJudgement.Difference
      var number: HeadlineNumber
    }
    let rows = history.nights.reversed().flatMap { night -> [Row] in
      guard let judgement = night.judgement else { return [] }
      return judgement.differences.filter { $0.isMarked || $0.isRegression }
        .compactMap { difference in
          difference.number.map {
            Row(night: night, judgement: judgement, difference: difference, number: $0)
          }
        }
    }
    var section = SectionView(id: Markup("changes"), heading: Markup("Changes"))
    guard !rows.isEmpty else { return section }
    var table = TableView(
      "Changes beyond ± 2 σ of their paired uncertainty, and regressions; the newest first.",
      columns: [
        Column(
          name: "Night", unit: "", isText: true, number: { _ in nil }, text: { $0.night.id },
          link: { $0.night.report }),
        Column(
          name: "Compared with", unit: "", isText: true, number: { _ in nil },
          text: { $0.judgement.comparedWith },
          link: { history.night($0.judgement.comparedWith)?.report }),
        .words("Number") { $0.number.words },
        Column(
          name: "Change", unit: "± standard error", number: { $0.difference.mean },
          text: {
            $0.number.differenceText(
              $0.difference.mean, uncertainty: $0.difference.standardError)
          }),
        .words("Verdict") {
          $0.difference.isRegression && $0.night.accepted != nil
            ? "accepted" : $0.difference.verdict
        },
        .words("What was changed") {
          $0.judgement.changes.joined(separator: "; ").replacing(" -> ", with: " → ")
        },
      ], of: rows)
    for (place, row) in rows.enumerated()
    where row.difference.isRegression && row.night.isRegression {
      table.rows[place].kind = Markup("alarm")
    }
    section.blocks = [BlockView(tables: [table])]
    return section
  }

  /// All nights, the newest first.
  static func nightsSection(_ history: NightHistory) -> SectionView {
    let nights = Array(history.nights.reversed())
    let lastFinished = nights.first(where: \.isFinished)?.id
    var columns: [Column<Night>] = [
      Column(
        name: "Night", unit: "", isText: true, number: { _ in nil }, text: { $0.id },
        link: { $0.report }),
      Column(
        name: "Started", unit: "UTC", number: { $0.started },
        text: { NightText.minute($0.started) }),
      .words("Verdict") { $0.verdict },
    ]
    columns += history.numbers.map { number in
      Column(
        name: number.words, unit: number.unit, number: { $0.number(number.name)?.value },
        text: { night in
          let value = night.number(number.name)
          return number.text(value?.value, uncertainty: value?.uncertainty)
        })
    }
    columns += [
      .words("Version") { $0.run?.trackflowVersion ?? NumberText.none },
      .words("Program") { $0.programDigest.map { String($0.prefix(8)) } ?? NumberText.none },
      .words("Host") { $0.run?.host ?? NumberText.none },
    ]
    var table = TableView(
      "All nights; a name leads to the night's report.", columns: columns, of: nights,
      isMarked: { $0.id == lastFinished })
    for (place, night) in nights.enumerated()
    where night.isRegression || night.state == .failed || night.state == .interrupted {
      table.rows[place].kind = Markup("alarm")
    }
    var tables = [table]
    let withReason = nights.filter { $0.reason != nil || $0.accepted != nil }
    if !withReason.isEmpty {
      tables.append(
        TableView(
          "Nights that failed, left events out, or were accepted.",
          columns: [
            Column(
              name: "Night", unit: "", isText: true, number: { _ in nil }, text: { $0.id },
              link: { $0.report }),
            .words("Verdict") { $0.verdict },
            .words("Reason") { $0.accepted ?? $0.reason ?? "" },
          ], of: withReason))
    }
    return SectionView(
      id: Markup("nights"), heading: Markup("Nights"), blocks: [BlockView(tables: tables)])
  }
}
