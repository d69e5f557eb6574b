/// Writes a ZIP file whose members are stored as they are; the same members give the same bytes.
///
/// Source: PKWARE's APPNOTE 6.3, sections 4.3 and 4.4. Every member has the date 1 January 1980, as NumPy writes it.
public struct ZipWriter {
  private var file: [UInt8] = []
  private var directory: [UInt8] = []
  private var count = 0

  public init() {}

  /// Adds a member behind those that are there.
  ///
  /// - Throws: `CompressionError.unsupported` where the file would be one of 4 GiB or more, or of more than 65,535 members.
  public mutating func add(_ name: String, _ content: [UInt8]) throws(CompressionError) {
    let whole = file.count + directory.count + content.count + 1024 + 2 * name.utf8.count
    guard whole < 0xFFFF_FFFF, count < 0xFFFE, name.utf8.count <= 0xFFFF else {
      throw .unsupported("with \(name) the ZIP file would have 4 GiB or too many members")
    }
    let checksum = content.withUnsafeBytes { CRC32.checksum(of: $0) }
    var common: [UInt8] = []
    common.append(20, bytes: 2)  // the version of the format that a reader needs
    common.append(0x0800, bytes: 2)  // the name is UTF-8
    common.append(0, bytes: 2)  // stored
    common.append(0, bytes: 2)  // time
    common.append(0x21, bytes: 2)  // date
    common.append(Int(checksum), bytes: 4)
    common.append(content.count, bytes: 4)
    common.append(content.count, bytes: 4)
    common.append(name.utf8.count, bytes: 2)
    common.append(0, bytes: 2)
    directory += [0x50, 0x4B, 1, 2]
    directory.append(20, bytes: 2)
    directory += common
    directory += [UInt8](repeating: 0, count: 10)  // comment, part, attributes
    directory.append(file.count, bytes: 4)
    directory += Array(name.utf8)
    file += [0x50, 0x4B, 3, 4] + common + Array(name.utf8)
    file += content
    count += 1
  }

  /// The whole file.
  public var bytes: [UInt8] {
    var end: [UInt8] = [0x50, 0x4B, 5, 6, 0, 0, 0, 0]
    end.append(count, bytes: 2)
    end.append(count, bytes: 2)
    end.append(directory.count, bytes: 4)
    end.append(file.count, bytes: 4)
    end.append(0, bytes: 2)
    return file + directory + end
  }
}

extension [UInt8] {
  /// Adds a whole number, its lowest byte first.
  fileprivate mutating func append(_ value: Int, bytes: Int) {
    for place in 0..<bytes { append(UInt8(truncatingIfNeeded: value >> (8 * place))) }
  }
}
