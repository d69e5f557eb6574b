import Foundation

extension FidelityTable {
  /// The table for a terminal: every figure, by section, then what disagrees and what was left out.
  public var text: String {
    var lines = [heading]
    let nameWidth = (rows.map(\.name.count).max() ?? 0) + 2
    for section in Section.allCases {
      let rows = rows(of: section)
      guard !rows.isEmpty else { continue }
      lines.append("")
      lines.append(
        Self.left(section.rawValue, 62)
          + (rows.allSatisfy(\.agrees)
            ? "" : "  \(rows.count { !$0.agrees }) of \(rows.count) differ"))
      for row in rows {
        lines.append(
          "  " + Self.left(row.name, nameWidth) + Self.right(Self.figure(row.ours), 10)
            + Self.right(Self.figure(row.reference), 10) + "  " + Self.left(row.unit, 9)
            + Self.right(row.difference, 9) + Self.right("of " + row.limit, 10)
            + (row.agrees ? "" : row.agreesWithinNoise ? "  differs (perhaps chance)" : "  differs")
        )
      }
    }
    lines += omissions.isEmpty ? [] : ["", "left out"] + omissions.map { "  " + $0 }
    lines += ["", summary]
    return lines.joined(separator: "\n") + "\n"
  }

  /// The table in Markdown, one line a section: how many figures agree, and the one that is farthest off.
  public var markdown: String {
    var lines = [
      "| figures | tolerance | agree | farthest off | ours | reference |",
      "|---|---|---|---|---|---|",
    ]
    for section in Section.allCases {
      let rows = rows(of: section)
      guard let worst = rows.max(by: { $0.deviation < $1.deviation }) else { continue }
      let unit = worst.unit.isEmpty ? "" : " " + worst.unit
      let cells = [
        section.rawValue, worst.limit, "\(rows.count(where: \.agrees)) of \(rows.count)",
        worst.name, Self.figure(worst.ours) + unit, Self.figure(worst.reference) + unit,
      ]
      // A bar ends a cell; those of |eta| do not.
      let escaped = cells.map { $0.replacingOccurrences(of: "|", with: "\\|") }
      lines.append("| " + escaped.joined(separator: " | ") + " |")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// How much of the table agrees, in a sentence.
  public var summary: String { "\(agreements) of \(rows.count) figures agree" }

  private var heading: String {
    "\(events.ours) events of ours beside \(events.reference): ours, reference, difference"
  }

  private func rows(of section: Section) -> [Row] { rows.filter { $0.section == section } }

  /// Four digits that count, and thousands whole.
  static func figure(_ value: Double) -> String {
    guard value != 0 else { return "0" }
    let magnitude = Int(log10(abs(value)).rounded(.down))
    return String(format: "%.\(min(max(3 - magnitude, 0), 4))f", value)
  }

  private static func left(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private static func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}

extension FidelityTable.Row {
  /// The difference as the tolerance is given: a share of the reference, or in its unit.
  var difference: String {
    switch tolerance {
    case .relative:
      reference == 0 ? "-" : String(format: "%+.1f %%", 100 * (ours / reference - 1))
    case .absolute: String(format: "%+.3f", ours - reference)
    case .atLeast: String(format: "%.3f", ours)
    }
  }

  var limit: String {
    switch tolerance {
    case .relative(let share): String(format: "%.0f %%", 100 * share)
    case .absolute(let distance): String(format: "%.3f", distance)
    case .atLeast(let bound): String(format: "≥ %.2f", bound)
    }
  }
}
