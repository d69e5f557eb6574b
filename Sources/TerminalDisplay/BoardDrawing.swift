/// Draws a run's state as lines for a terminal.
public enum BoardDrawing {
  /// The lines: one a stage, and one for the whole run.
  ///
  /// Where the rows do not suffice, stages at work go before others, and a line tells how many are not shown. Where the
  /// columns do not, a line loses its least important words, then its bar.
  ///
  /// - Parameters:
  ///   - width: columns; no line is wider.
  ///   - height: rows; there are no more lines.
  ///   - colour: whether escape sequences for colours are wanted.
  public static func lines(of board: RunBoard, width: Int, height: Int, colour: Bool) -> [String] {
    guard !board.stages.isEmpty, width > 0, height > 0 else { return [] }
    let shown = shownStages(of: board, rows: height)
    let names = shown.map { TextWidth.columns(of: board.stages[$0].name) } + [totalName.count]
    let layout = Layout(width: width, nameWidth: min(names.max() ?? 0, max(8, width / 3)))
    var lines = shown.map { line(of: board.stages[$0], on: board, layout) }
    if shown.count < board.stages.count, height > 2 {
      let hidden = board.stages.indices.filter { !shown.contains($0) }.map { board.stages[$0] }
      lines.append(summary(of: hidden))
    }
    lines.append(total(of: board, layout))
    return lines.map { $0.text(columns: width, colour: colour) }
  }

  static let totalName = "total"

  /// What all lines of a drawing have in common.
  struct Layout {
    var width: Int
    var nameWidth: Int

    var barWidth: Int {
      switch width {
      case 100...: 24
      case 80...: 20
      case 64...: 12
      case 50...: 8
      default: 0
      }
    }

    /// The mark and the name, filled up to the column where the words begin.
    func head(mark: String, name: String, style: StyledLine.Style) -> StyledLine {
      let name = TextWidth.prefix(of: TextWidth.printable(name), columns: nameWidth)
      let fill = String(repeating: " ", count: max(0, nameWidth - TextWidth.columns(of: name)))
      var line = StyledLine()
      line.add(mark, style == .bold ? .cyan : style)
      line.add(" ")
      line.add(name, style == .green ? .plain : style)
      line.add(fill + "  ")
      return line
    }
  }

  /// The places of the stages that have a line: all, or as many as there are rows, those at work first,
  /// then those next to where the run is.
  private static func shownStages(of board: RunBoard, rows: Int) -> [Int] {
    let count = board.stages.count
    if count + 1 <= rows { return Array(board.stages.indices) }
    let front =
      board.stages.firstIndex { $0.phase == .running && !$0.isQueued }
      ?? board.stages.firstIndex { $0.phase == .running }
      ?? board.stages.firstIndex { $0.phase == .waiting } ?? count - 1
    let ranked = board.stages.indices.sorted { first, second in
      let ranks = [first, second].map { index in
        (rank(of: board.stages[index]), abs(index - front), index)
      }
      return ranks[0] < ranks[1]
    }
    // One row for the total, and one for the stages that are not shown.
    return ranked.prefix(max(0, rows - 2)).sorted()
  }

  /// Stages at work go before those of which all jobs wait, and those before the rest.
  private static func rank(of stage: StageProgress) -> Int {
    stage.phase == .running ? (stage.isQueued ? 1 : 0) : 2
  }

  private static func line(
    of stage: StageProgress, on board: RunBoard, _ layout: Layout
  ) -> StyledLine {
    switch stage.phase {
    case .done:
      let head = layout.head(mark: "✓", name: stage.name, style: .green)
      return fitted(head, stage.summary(at: board.now), between: ", ", .plain, layout)
    case .waiting:
      let head = layout.head(mark: "·", name: stage.name, style: .dim)
      return fitted(head, stage.outlook(at: board.now), between: ", ", .dim, layout)
    case .running where board.isOver:
      let head = layout.head(mark: "■", name: stage.name, style: .yellow)
      return fitted(head, ["stopped", stage.count], between: ", ", .plain, layout)
    case .running where stage.isQueued:
      let head = layout.head(mark: "◦", name: stage.name, style: .cyan)
      return fitted(head, stage.outlook(at: board.now), between: ", ", .plain, layout)
    case .running:
      return running(stage, now: board.now, layout)
    }
  }

  private static func running(_ stage: StageProgress, now: Double, _ layout: Layout) -> StyledLine {
    var line = layout.head(mark: "▸", name: stage.name, style: .bold)
    if layout.barWidth > 0 {
      let filled = Int(stage.share * Double(layout.barWidth))
      line.add(String(repeating: "█", count: filled), .cyan)
      line.add(String(repeating: "░", count: layout.barWidth - filled), .dim)
      line.add("  ")
    }
    let note = stage.longTask.map { TextWidth.printable($0.note) } ?? ""
    let workers = stage.jobs == nil && stage.tasksAtWork > 1 ? "\(stage.tasksAtWork) at work" : nil
    let jobs = stage.jobs.flatMap(\.words).map { TextWidth.printable($0) }
    // The order is that of the line; the numbers say what goes first where there is no room.
    func text(_ last: Int, jobs: String?) -> String {
      let words: [(String?, Int)] = [
        (stage.count, 0), (stage.pace, 3), (stage.timeLeft(at: now), 1), (jobs, 2),
        (note.isEmpty ? nil : note, 4), (stage.hits, 5), (workers, 6),
      ]
      return words.compactMap { $1 <= last ? $0 : nil }.joined(separator: "  ")
    }
    for last in stride(from: 6, through: 0, by: -1) {
      // Why jobs wait is left out before the jobs are, and after what has less weight.
      let fitting = [jobs, last <= 3 ? stage.jobs?.shortWords : jobs].map { text(last, jobs: $0) }
        .first { line.columns + TextWidth.columns(of: $0) <= layout.width }
      if fitting != nil || last == 0 {
        line.add(fitting ?? text(0, jobs: nil))
        break
      }
    }
    return line
  }

  /// Adds as many of the words as fit; the first stay longest, and the last, a time, longer than those between.
  private static func fitted(
    _ head: StyledLine, _ words: [String], between separator: String, _ style: StyledLine.Style,
    _ layout: Layout
  ) -> StyledLine {
    var words = words
    func text() -> String { words.joined(separator: separator) }
    while words.count > 1, head.columns + TextWidth.columns(of: text()) > layout.width {
      words.remove(at: words.count > 2 ? words.count - 2 : words.count - 1)
    }
    var line = head
    line.add(text(), style)
    return line
  }

  private static func summary(of hidden: [StageProgress]) -> StyledLine {
    func count(_ words: String, _ isSo: (StageProgress) -> Bool) -> String? {
      let count = hidden.count(where: isSo)
      return count > 0 ? "\(count) \(words)" : nil
    }
    let counts = [
      count("done") { $0.phase == .done },
      count("at work") { $0.phase == .running && !$0.isQueued },
      count("in the queue", \.isQueued), count("waiting") { $0.phase == .waiting },
    ].compactMap { $0 }
    var line = StyledLine()
    line.add("  and \(hidden.count) more: \(counts.joined(separator: ", "))", .dim)
    return line
  }

  private static func total(of board: RunBoard, _ layout: Layout) -> StyledLine {
    let ended = board.stages.reduce(0) { $0 + $1.ended }
    let all = ended + board.stages.reduce(0) { $0 + $1.left }
    let elapsed = board.isOver ? DurationText.text(board.now) : DurationText.whole(board.now)
    var words = [elapsed]
    if all > 0 { words.append(ended < all ? "\(ended)/\(all) tasks" : "\(all) tasks") }
    if !board.isOver, ended < all, let left = board.timeLeft {
      let time = DurationText.whole(max(1, left.seconds))
      words.append(left.isWhole ? "about \(time) left" : "at least \(time) left")
    }
    let head = layout.head(mark: " ", name: totalName, style: .bold)
    return fitted(head, words, between: "  ", .plain, layout)
  }
}
