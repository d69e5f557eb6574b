import EdgeClassifier
import Testing

/// Tables of training rows.
struct RowTableTests {
  /// Features, label and weight follow from a row's number.
  static func tile(_ rows: Range<Int>, stride: Int) -> (
    features: [Float], labels: [UInt8], weights: [Float]
  ) {
    let features = (0..<3).flatMap { input in
      (0..<stride).map { $0 < rows.count ? Float(10 * (rows.lowerBound + $0) + input) : .nan }
    }
    return (features, rows.map { UInt8($0 % 3 == 0 ? 1 : 0) }, rows.map { Float($0) / 2 })
  }

  static func table(_ rows: Range<Int>) -> RowTable {
    var table = RowTable(inputs: 3)
    var first = rows.lowerBound
    while first < rows.upperBound {
      let part = first..<min(first + 61, rows.upperBound)
      let tile = tile(part, stride: 64)
      table.append(
        features: tile.features, stride: 64, count: part.count, labels: tile.labels,
        weights: tile.weights)
      first = part.upperBound
    }
    return table
  }

  static func holds(_ table: RowTable, _ rows: Range<Int>) -> Bool {
    table.count == rows.count && table.trueCount == rows.count { $0 % 3 == 0 }
      && rows.enumerated().allSatisfy { place, row in
        table.features(ofRow: place) == (0..<3).map { Float(10 * row + $0) }
          && table.label(ofRow: place) == (row % 3 == 0 ? 1 : 0)
          && table.weight(ofRow: place) == Float(row) / 2
      }
  }

  @Test("Tiles are appended over the chunks' ends")
  func tiles() { #expect(Self.holds(Self.table(0..<70_000), 0..<70_000)) }

  @Test("Tables that were made apart stand in the order in which they are put together")
  func parts() {
    var whole = RowTable(inputs: 3)
    for part in [0..<40_000, 40_000..<40_000, 40_000..<40_001, 40_001..<110_000] {
      whole.append(Self.table(part))
    }
    #expect(Self.holds(whole, 0..<110_000))
  }

  @Test("A copy does not see what is appended to the other")
  func copies() {
    let table = Self.table(0..<33_000)
    var longer = table
    longer.append(Self.table(33_000..<33_100))
    var other = table
    other.append(features: [1, 2, 3], label: 0)
    #expect(Self.holds(table, 0..<33_000) && Self.holds(longer, 0..<33_100))
    #expect(other.features(ofRow: 33_000) == [1, 2, 3] && other.weight(ofRow: 33_000) == 1)
  }

  @Test("The same rows with their first features only")
  func firstFeatures() {
    let narrow = Self.table(0..<70_000).first(2)
    #expect(narrow.inputs == 2 && narrow.count == 70_000 && narrow.trueCount == 23_334)
    for row in [0, 32_767, 32_768, 69_999] {
      #expect(narrow.features(ofRow: row) == [Float(10 * row), Float(10 * row + 1)])
      #expect(narrow.weight(ofRow: row) == Float(row) / 2)
      #expect(narrow.label(ofRow: row) == (row % 3 == 0 ? 1 : 0))
    }
  }

  @Test("Without weights they are 1")
  func plainRows() {
    var table = RowTable(inputs: 1)
    table.append(features: [1, 2, 3], stride: 3, count: 3, labels: [0, 1, 0])
    #expect(table.count == 3 && table.trueCount == 1)
    #expect(table.weight(ofRow: 2) == 1)
  }
}
