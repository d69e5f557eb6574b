/// Sorting of whole numbers by their digits.
enum RadixSort {
  /// The keys in increasing order: least digit first, 11, 11 and 10 bits.
  static func sorted(_ keys: [UInt32]) -> [UInt32] {
    var from = keys
    var to = [UInt32](repeating: 0, count: keys.count)
    for shift in [UInt32(0), 11, 22] {
      var next = [Int](repeating: 0, count: 2049)
      from.withUnsafeBufferPointer { from in
        to.withUnsafeMutableBufferPointer { to in
          next.withUnsafeMutableBufferPointer { next in
            for key in from { next[Int(key >> shift & 2047) + 1] += 1 }
            for digit in 0..<2048 { next[digit + 1] += next[digit] }
            for key in from {
              let digit = Int(key >> shift & 2047)
              to[next[digit]] = key
              next[digit] += 1
            }
          }
        }
      }
      swap(&from, &to)
    }
    return from
  }
}
