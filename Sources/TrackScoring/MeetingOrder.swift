/// Numbers in the order in which a column first meets them, with the place of every row's number.
struct MeetingOrder {
  /// Distinct.
  let numbers: [Int64]
  /// Of each row the place of its number in `numbers`, -1 where it is left out, [rows].
  let places: [Int32]

  /// - Parameter leavesOutNegative: gives rows of negative numbers no place.
  /// - Complexity: O(rows).
  init(of column: [Int64], leavesOutNegative: Bool = false) {
    // No number is above this, seen as one without sign, as all its bits are among these.
    let bits = column.reduce(0) { bits, number in
      bits | UInt64(bitPattern: leavesOutNegative ? number & ~(number >> 63) : number)
    }
    if bits < 4 * UInt64(column.count) + 1024 {
      (numbers, places) = Self.low(column, count: Int(bits) + 1)
      return
    }
    var index = NumberIndex(capacity: column.count / 8)
    if leavesOutNegative && column.contains(where: { $0 < 0 }) {
      let kept = index.places(of: column.filter { $0 >= 0 })
      var next = 0
      places = column.map { number in
        guard number >= 0 else { return -1 }
        next += 1
        return kept[next - 1]
      }
    } else {
      places = index.places(of: column)
    }
    numbers = index.numbers
  }

  /// By a table over all numbers below `count`; negative ones have no place.
  private static func low(
    _ column: [Int64], count: Int
  ) -> (numbers: [Int64], places: [Int32]) {
    var numbers: [Int64] = []
    var placeOf = [Int32](repeating: -1, count: count)
    let places = [Int32](unsafeUninitializedCapacity: column.count) { places, filled in
      placeOf.withUnsafeMutableBufferPointer { placeOf in
        for row in column.indices {
          let number = column[row]
          var place: Int32 = -1
          if number >= 0 {
            place = placeOf[Int(number)]
            if place < 0 {
              place = Int32(numbers.count)
              placeOf[Int(number)] = place
              numbers.append(number)
            }
          }
          places[row] = place
        }
      }
      filled = column.count
    }
    return (numbers, places)
  }
}
