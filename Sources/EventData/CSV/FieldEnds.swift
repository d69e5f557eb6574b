import CNumericKernels

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
    written += Int(
      TextKernels.best.pointee.field_ends(
        bytes.assumingMemoryBound(to: UInt8.self), Int64(scanned), Int64(end), written))
    scanned = end
    limit = written - places
  }
}
