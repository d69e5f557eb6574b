/// The places of the bytes that can end a field, found a block of text at a time.
///
/// A byte below "-" counts: comma, line feed, carriage return, but also quotes, spaces, control
/// characters and "+". Rows in which one of these turns up where it should not are left to
/// `CSVRowReader`.
struct FieldEnds {
  /// `places[first]` is the byte before the next row; the ends that follow it are at `first +
  /// 1..<limit`.
  private(set) var first = 0
  private(set) var limit = 1
  let places: UnsafeMutablePointer<UInt32>

  private let bytes: UnsafeRawPointer
  private let count: Int
  private(set) var scanned: Int
  private static let blockSize = 1 << 14

  /// - Parameters:
  ///   - bytes: a text of less than 4 GiB.
  ///   - start: where the first row starts, above 0.
  ///   - fieldCount: the most ends that are left over from one block to the next.
  init(bytes: UnsafeRawPointer, count: Int, start: Int, fieldCount: Int) {
    self.bytes = bytes
    self.count = count
    scanned = start
    places = .allocate(capacity: Self.blockSize + fieldCount + 256)
    places[0] = UInt32(truncatingIfNeeded: start - 1)
  }

  func deallocate() { places.deallocate() }

  /// The number of ends that are known and not yet used.
  var available: Int { limit - first - 1 }

  /// Forgets the ends of rows that have been read.
  mutating func advance(by ends: Int) { first += ends }

  /// Forgets every end before a place, at which the next row starts.
  mutating func skip(to start: Int) {
    while first + 1 < limit, places[first + 1] < start { first += 1 }
    places[first] = UInt32(truncatingIfNeeded: start - 1)
    scanned = max(scanned, start)
  }

  /// Looks through the next block of text; the ends left over come first.
  mutating func fill() {
    let kept = limit - first
    places.update(from: places + first, count: kept)
    first = 0
    var written = places + kept
    let end = min(scanned + Self.blockSize, count)
    var place = scanned
    while place + 64 <= end {
      let mask = Self.mask(bytes + place)
      Self.write(mask, place, &written)
      place += 64
    }
    if place < end {
      withUnsafeTemporaryAllocation(byteCount: 64, alignment: 8) { block in
        _ = block.initializeMemory(as: UInt8.self, repeating: 0x7F)
        block.copyMemory(from: UnsafeRawBufferPointer(start: bytes + place, count: end - place))
        Self.write(Self.mask(UnsafeRawPointer(block.baseAddress!)), place, &written)
      }
      place = end
    }
    scanned = place
    limit = written - places
  }

  /// A bit for each of 64 bytes: 1 where it is below "-".
  @inline(__always)
  private static func mask(_ block: UnsafeRawPointer) -> UInt64 {
    var mask: UInt64 = 0
    for word in 0..<8 {
      let text = UInt64(
        littleEndian: block.loadUnaligned(fromByteOffset: word &* 8, as: UInt64.self))
      let above = ((text & 0x7F7F_7F7F_7F7F_7F7F) &+ 0x5353_5353_5353_5353) | text
      let flags = ~above & 0x8080_8080_8080_8080
      mask |= ((flags &* 0x0002_0408_1020_4081) >> 56) &<< UInt64(word &* 8)
    }
    return mask
  }

  /// Appends the places of a mask's bits, eight at a time: what is written too much is overwritten
  /// later.
  @inline(__always)
  private static func write(
    _ mask: UInt64, _ place: Int, _ written: inout UnsafeMutablePointer<UInt32>
  ) {
    var mask = mask
    let count = mask.nonzeroBitCount
    var done = 0
    repeat {
      for index in 0..<8 {
        written[done &+ index] = UInt32(truncatingIfNeeded: place &+ mask.trailingZeroBitCount)
        mask &= mask &- 1
      }
      done &+= 8
    } while done < count
    written += count
  }
}
