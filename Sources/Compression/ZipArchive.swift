/// The members of a ZIP file, stored or deflated.
///
/// The directory at the file's end says where everything lies (PKWARE's APPNOTE 6.3, sections 4.3 and 4.4):
///
///     [header, data] … [directory: one entry a member] [end record, comment]
///
/// Nothing in the file is trusted: places are checked against its size, contents against their
/// checksums. ZIP64, encryption and archives in parts are refused.
public struct ZipArchive: Sendable {
  /// Names of the members, in the directory's order.
  public private(set) var names: [String] = []
  private var entries: [String: Entry] = [:]
  private let bytes: [UInt8]

  private struct Entry {
    var method: Int
    var checksum: UInt32
    var packed: Range<Int>
    /// Bytes of the content.
    var size: Int
  }

  /// Reads the directory of an archive in memory; contents are unpacked as they are asked for.
  ///
  /// - Parameters:
  ///   - bytes: the whole file.
  ///   - limit: the most bytes that all members together may unpack to.
  /// - Throws: `CompressionError`: not a ZIP file, damaged, too large, or a form that is not read.
  public init(_ bytes: [UInt8], limit: Int) throws(CompressionError) {
    self.bytes = bytes
    guard bytes.count >= 22, let end = Self.endRecord(of: bytes) else {
      throw .damaged("it is not a ZIP file, or it is truncated: its end record is missing")
    }
    let count = try integer(end + 10, 2)
    let size = try integer(end + 12, 4)
    let start = try integer(end + 16, 4)
    guard count != 0xFFFF, size != 0xFFFF_FFFF, start != 0xFFFF_FFFF else {
      throw .unsupported("it is a ZIP64 archive; one of less than 4 GiB was expected")
    }
    guard try integer(end + 4, 2) == 0, try integer(end + 8, 2) == count else {
      throw .unsupported("it is one part of a ZIP archive in several")
    }
    guard start + size <= end else { throw .damaged("its directory does not end before its end") }
    var place = start
    var total = 0
    for _ in 0..<count {
      let (name, entry, next) = try self.entry(at: place, directory: start..<start + size)
      guard entries.updateValue(entry, forKey: name) == nil else {
        throw .damaged("two members have the name \(name)")
      }
      names.append(name)
      total += entry.size
      guard total <= limit else { throw .tooLarge(limit: limit) }
      place = next
    }
    guard place == start + size else {
      throw .damaged("its directory has another size than its \(count) entries")
    }
  }

  /// The unpacked content of a member, checked against its checksum.
  ///
  /// - Returns: nil where there is no such member.
  public func content(of name: String) throws(CompressionError) -> [UInt8]? {
    guard let entry = entries[name] else { return nil }
    if entry.method == 0 {
      let content = Array(bytes[entry.packed])
      guard content.withUnsafeBytes({ CRC32.checksum(of: $0) }) == entry.checksum else {
        throw .damaged("member \(name): its checksum is wrong")
      }
      return content
    }
    do throws(CompressionError) {
      return try Gzip.inflate(bytes[entry.packed], checksum: entry.checksum, size: entry.size)
    } catch .damaged(let reason) {
      throw .damaged("member \(name): \(reason)")
    } catch .tooLarge {
      throw .damaged("member \(name): it unpacks to more than the \(entry.size) bytes it says")
    }
  }

  /// Where the end record starts: the last one whose comment ends with the file.
  private static func endRecord(of bytes: [UInt8]) -> Int? {
    let last = bytes.count - 22
    for place in stride(from: last, through: max(0, last - 0xFFFF), by: -1)
    where bytes[place..<place + 4].elementsEqual([0x50, 0x4B, 5, 6]) {
      if Int(bytes[place + 20]) | Int(bytes[place + 21]) << 8 == last - place { return place }
    }
    return nil
  }

  private func entry(
    at place: Int, directory: Range<Int>
  ) throws(CompressionError) -> (name: String, entry: Entry, next: Int) {
    guard place + 46 <= directory.upperBound, try integer(place, 4) == 0x0201_4B50 else {
      throw .damaged("its directory is broken at byte \(place)")
    }
    let nameEnd = place + 46 + (try integer(place + 28, 2))
    let next = nameEnd + (try integer(place + 30, 2)) + (try integer(place + 32, 2))
    guard next <= directory.upperBound else {
      throw .damaged("its directory is broken at byte \(place)")
    }
    let name = String(decoding: bytes[place + 46..<nameEnd], as: UTF8.self)
    let method = try integer(place + 10, 2)
    let (packed, size) = (try integer(place + 20, 4), try integer(place + 24, 4))
    let header = try integer(place + 42, 4)
    guard packed != 0xFFFF_FFFF, size != 0xFFFF_FFFF, header != 0xFFFF_FFFF else {
      throw .unsupported("member \(name) has ZIP64 sizes; less than 4 GiB were expected")
    }
    guard try integer(place + 8, 2) & 1 == 0 else {
      throw .unsupported("member \(name) is encrypted")
    }
    guard method == 0 || method == 8 else {
      throw .unsupported(
        "member \(name) is compressed by method \(method); stored (0) or deflated (8) was expected")
    }
    guard header + 30 <= directory.lowerBound, try integer(header, 4) == 0x0403_4B50 else {
      throw .damaged("member \(name): its header is not where the directory says")
    }
    let start = header + 30 + (try integer(header + 26, 2)) + (try integer(header + 28, 2))
    guard start + packed <= directory.lowerBound, method != 0 || packed == size else {
      throw .damaged("member \(name): its size is wrong")
    }
    let checksum = UInt32(truncatingIfNeeded: try integer(place + 16, 4))
    return (
      name, Entry(method: method, checksum: checksum, packed: start..<start + packed, size: size),
      next
    )
  }

  /// A little-endian integer of 2 or 4 bytes.
  private func integer(_ place: Int, _ size: Int) throws(CompressionError) -> Int {
    guard place >= 0, place + size <= bytes.count else {
      throw .damaged("it is truncated: byte \(place) is missing")
    }
    return (0..<size).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) }
  }
}
