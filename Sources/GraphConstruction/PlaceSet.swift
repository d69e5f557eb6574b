/// A set of the places of a layer's hits, one bit a place.
struct PlaceSet {
  private(set) var words: [UInt64]

  /// The empty set.
  init(places: Int) { words = [UInt64](repeating: 0, count: Self.words(places: places)) }

  static func words(places: Int) -> Int { (places + 63) / 64 }

  mutating func removeAll() {
    for word in words.indices { words[word] = 0 }
  }

  mutating func toggle(_ place: Int) { words[place >> 6] ^= 1 << UInt64(place & 63) }

  /// Toggles the places that are in one of two sets and not in the other.
  mutating func toggle(_ a: UnsafeBufferPointer<UInt64>, _ b: UnsafeBufferPointer<UInt64>) {
    words.withUnsafeMutableBufferPointer { words in
      for word in 0..<words.count { words[word] ^= a[word] ^ b[word] }
    }
  }

  mutating func formIntersection(_ other: PlaceSet) {
    for word in words.indices { words[word] &= other.words[word] }
  }

  /// Writes the places in increasing order, each with the same number added; gives how many.
  func list(into numbers: inout [Int32], adding base: Int32) -> Int {
    numbers.withUnsafeMutableBufferPointer { numbers in
      var count = 0
      for index in words.indices {
        var bits = words[index]
        let base = base &+ Int32(truncatingIfNeeded: 64 &* index)
        while bits != 0 {
          numbers[count] = base &+ Int32(truncatingIfNeeded: bits.trailingZeroBitCount)
          count &+= 1
          bits &= bits &- 1
        }
      }
      return count
    }
  }
}
