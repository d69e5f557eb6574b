/// Numbers in the order in which a column first meets them, with the place of every row's number.
struct MeetingOrder {
  /// Distinct.
  let numbers: [Int64]
  /// Of each row the place of its number in `numbers`, -1 where it is left out, [rows].
  let places: [Int32]

  /// - Parameter lowest: rows with lower numbers are left out.
  /// - Complexity: O(rows).
  init(of column: [Int64], from lowest: Int64 = .min) {
    var (low, high) = (Int64.max, Int64.min)
    var leftOut = 0
    for number in column {
      if number < lowest {
        leftOut += 1
      } else {
        low = min(low, number)
        high = max(high, number)
      }
    }
    guard low <= high else {
      numbers = []
      places = [Int32](repeating: -1, count: column.count)
      return
    }
    let span = UInt64(bitPattern: high &- low)
    if span < 4 * UInt64(column.count) + 1024 {
      (numbers, places) = Self.close(column, from: lowest, low: low, span: Int(span) + 1)
    } else if leftOut == 0 {
      var index = NumberIndex(capacity: column.count / 8)
      places = index.places(of: column)
      numbers = index.numbers
    } else {
      var index = NumberIndex(capacity: column.count / 8)
      let kept = index.places(of: column.filter { $0 >= lowest })
      var next = 0
      places = column.map { number in
        guard number >= lowest else { return -1 }
        next += 1
        return kept[next - 1]
      }
      numbers = index.numbers
    }
  }

  /// By a table over all numbers, which lie close together.
  private static func close(
    _ column: [Int64], from lowest: Int64, low: Int64, span: Int
  ) -> (numbers: [Int64], places: [Int32]) {
    var numbers: [Int64] = []
    var placeOf = [Int32](repeating: -1, count: span)
    let places = [Int32](unsafeUninitializedCapacity: column.count) { places, filled in
      placeOf.withUnsafeMutableBufferPointer { placeOf in
        for number in column {
          if number < lowest {
            places[filled] = -1
          } else {
            let slot = Int(number &- low)
            if placeOf[slot] < 0 {
              placeOf[slot] = Int32(numbers.count)
              numbers.append(number)
            }
            places[filled] = placeOf[slot]
          }
          filled += 1
        }
      }
    }
    return (numbers, places)
  }
}
