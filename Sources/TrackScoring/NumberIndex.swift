/// Gives numbers from anywhere in Int64 places 0, 1, 2, … in the order in which they are first met.
///
/// An open-addressing hash table with linear probing: particle numbers go to 1e18, and Swift's
/// Dictionary with its keyed hash takes several times as long.
struct NumberIndex {
  /// The numbers met, by place.
  private(set) var numbers: [Int64] = []
  /// Place of the number that hashes here or before, -1: free.
  private var slots: [Int32]
  private var shift: UInt64

  init(capacity: Int = 0) {
    var bits: UInt64 = 4
    while 1 << bits < 2 * capacity { bits += 1 }
    shift = 64 - bits
    slots = [Int32](repeating: -1, count: 1 << Int(bits))
    numbers.reserveCapacity(capacity)
  }

  /// The place of a number, a new one if it was never met.
  mutating func place(of number: Int64) -> Int {
    let slot = slot(of: number)
    if slots[slot] >= 0 { return Int(slots[slot]) }
    slots[slot] = Int32(numbers.count)
    numbers.append(number)
    if 2 * numbers.count > slots.count { grow() }
    return numbers.count - 1
  }

  /// The place of a number if it was met.
  func find(_ number: Int64) -> Int? {
    let place = slots[slot(of: number)]
    return place >= 0 ? Int(place) : nil
  }

  /// Where the number stands, or where it would.
  private func slot(of number: Int64) -> Int {
    // Multiplication by 2^64 over the golden ratio spreads neighbours over the table's top bits.
    var slot = Int((UInt64(bitPattern: number) &* 0x9E37_79B9_7F4A_7C15) >> shift)
    while slots[slot] >= 0 && numbers[Int(slots[slot])] != number {
      slot = (slot + 1) & (slots.count - 1)
    }
    return slot
  }

  private mutating func grow() {
    shift -= 1
    slots = [Int32](repeating: -1, count: 2 * slots.count)
    for (place, number) in numbers.enumerated() { slots[slot(of: number)] = Int32(place) }
  }
}
