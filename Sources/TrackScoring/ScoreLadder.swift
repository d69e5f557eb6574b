/// Distinct scores in increasing order, with a table that finds a score's place among them at once.
///
/// Scores are compared as keys: whole numbers that order as they do. The keys' range is cut into
/// bins, some times as many as keys, so that nearly every bin holds a few keys at most.
struct ScoreLadder {
  /// Distinct, increasing; then `margin` keys above all scores.
  private let keys: [UInt32]
  /// How often each key was given.
  let multiplicity: [Int]
  /// First key of each bin, and one more.
  private let firstInBin: [UInt32]
  private let shift: UInt32

  /// Keys that a place is found from without search.
  private static let margin = 4

  var count: Int { multiplicity.count }

  init(of keys: [UInt32]) {
    let sorted = RadixSort.sorted(keys)
    var distinct: [UInt32] = []
    var multiplicity: [Int] = []
    for key in sorted {
      if distinct.last == key {
        multiplicity[multiplicity.count - 1] += 1
      } else {
        distinct.append(key)
        multiplicity.append(1)
      }
    }
    let lowest = distinct.first ?? 0
    let range = (distinct.last ?? 0) - lowest
    let bins = 8 * max(distinct.count, 32)
    var shift: UInt32 = 0
    while Int(range >> shift) >= bins { shift += 1 }
    var first = [UInt32](repeating: 0, count: Int(range >> shift) + 2)
    for key in distinct { first[Int((key - lowest) >> shift) + 1] += 1 }
    for bin in 1..<first.count { first[bin] += first[bin - 1] }
    self.keys = distinct + [UInt32](repeating: .max, count: Self.margin)
    self.multiplicity = multiplicity
    self.shift = shift
    firstInBin = first
  }

  /// A number that orders as the score does; -0 and 0 are equal.
  @inline(__always)
  static func key(_ score: Float) -> UInt32 {
    let bits = (score + 0).bitPattern
    return bits ^ (UInt32(bitPattern: Int32(bitPattern: bits) >> 31) | 1 << 31)
  }

  /// Gives the body a function from a key to its place: 2 i + 1 at key i, 2 i between keys i - 1 and i.
  @inline(__always)
  func withPlaces<Result>(_ body: ((UInt32) -> Int) -> Result) -> Result {
    let lowest = keys[0]
    let highest = count == 0 ? lowest : keys[count - 1]
    return keys.withUnsafeBufferPointer { keys in
      firstInBin.withUnsafeBufferPointer { first in
        body { key in
          let bin = Int((min(max(key, lowest), highest) &- lowest) >> shift)
          let low = Int(first[bin])
          let high = Int(first[bin &+ 1])
          var below = low
          if high &- low <= Self.margin {
            // Keys of bins above are higher than this one and count nothing.
            for place in 0..<Self.margin { below &+= keys[low &+ place] < key ? 1 : 0 }
          } else {
            below = Self.firstPlace(in: keys, low..<high, notBelow: key)
          }
          return 2 &* below &+ (keys[below] == key ? 1 : 0)
        }
      }
    }
  }

  /// The first place of a range whose key is not below another; the range's end if there is none.
  private static func firstPlace(
    in keys: UnsafeBufferPointer<UInt32>, _ range: Range<Int>, notBelow key: UInt32
  ) -> Int {
    var low = range.lowerBound
    var high = range.upperBound
    while low < high {
      let middle = (low + high) / 2
      if keys[middle] < key { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
