/// Rows of words with their columns under each other.
enum TextTable {
  /// A line a row; columns are to the left but for those named, and nothing fills the last one.
  static func lines(_ rows: [[String]], rightAligned: Set<Int>) -> [String] {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
      let cells = row.enumerated().map { column, cell in
        let space = String(repeating: " ", count: widths[column] - cell.count)
        if rightAligned.contains(column) { return space + cell }
        return column == columns - 1 ? cell : cell + space
      }
      return cells.joined(separator: "  ")
    }
  }
}
