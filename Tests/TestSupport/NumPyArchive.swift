import Foundation

/// The arrays of a NumPy archive (.npz), read for comparison with what other software made.
///
/// A ZIP file of .npy members, stored or deflated, without ZIP64. Source: numpy.lib.format, APPNOTE 6.3.
public struct NumPyArchive: Sendable {
  /// Contents of the .npy members by name without the suffix.
  private var members: [String: Data] = [:]

  /// Reads a whole archive.
  public init(path: String) throws {
    let bytes = try Data(contentsOf: URL(filePath: path))
    let signature = Data([0x50, 0x4B, 5, 6])
    guard let end = bytes.range(of: signature, options: .backwards)?.lowerBound else {
      throw NumPyError("\(path): not a ZIP file")
    }
    var entry = Int(bytes.integer(UInt32.self, at: end + 16))
    for _ in 0..<bytes.integer(UInt16.self, at: end + 10) {
      let method = bytes.integer(UInt16.self, at: entry + 10)
      let crc = bytes.integer(UInt32.self, at: entry + 16)
      let packed = Int(bytes.integer(UInt32.self, at: entry + 20))
      let size = bytes.integer(UInt32.self, at: entry + 24)
      let nameLength = Int(bytes.integer(UInt16.self, at: entry + 28))
      let name = String(decoding: bytes[entry + 46..<entry + 46 + nameLength], as: UTF8.self)
      let local = Int(bytes.integer(UInt32.self, at: entry + 42))
      let start =
        local + 30 + Int(bytes.integer(UInt16.self, at: local + 26))
        + Int(bytes.integer(UInt16.self, at: local + 28))
      let stream = Data(bytes[start..<start + packed])
      let key = name.hasSuffix(".npy") ? String(name.dropLast(4)) : name
      switch method {
      case 0: members[key] = stream
      case 8: members[key] = try Self.inflate(stream, crc: crc, size: size)
      default: throw NumPyError("\(path): \(name) is compressed by method \(method)")
      }
      entry +=
        46 + nameLength + Int(bytes.integer(UInt16.self, at: entry + 30))
        + Int(bytes.integer(UInt16.self, at: entry + 32))
    }
  }

  public var names: [String] { members.keys.sorted() }

  public func int32(_ name: String) throws -> [Int32] { try array(name, "<i4") }
  public func int64(_ name: String) throws -> [Int64] { try array(name, "<i8") }
  public func float(_ name: String) throws -> [Float] { try array(name, "<f4") }
  public func double(_ name: String) throws -> [Double] { try array(name, "<f8") }
  public func uint8(_ name: String) throws -> [UInt8] { try array(name, "|u1") }

  /// The element type of a member, as NumPy writes it, and its shape.
  public func layout(_ name: String) throws -> (type: String, shape: [Int]) {
    let header = try header(name).text
    guard let type = header.firstMatch(of: /'descr': '([^']*)'/)?.1,
      let shape = header.firstMatch(of: /'shape': \(([^)]*)\)/)?.1,
      header.contains("'fortran_order': False")
    else { throw NumPyError("\(name): header not understood: \(header)") }
    return (String(type), shape.split(whereSeparator: { !$0.isNumber }).compactMap { Int($0) })
  }

  private func header(_ name: String) throws -> (text: String, end: Int) {
    guard let data = members[name] else { throw NumPyError("no array \(name) among \(names)") }
    guard data.starts(with: [0x93] + Array("NUMPY".utf8)), data[6] == 1 else {
      throw NumPyError("\(name): not an .npy array of version 1")
    }
    let end = 10 + Int(data.integer(UInt16.self, at: 8))
    return (String(decoding: data[10..<end], as: UTF8.self), end)
  }

  private func array<Element: BitwiseCopyable>(
    _ name: String, _ type: String
  ) throws -> [Element] {
    let layout = try layout(name)
    guard layout.type == type else { throw NumPyError("\(name) holds \(layout.type), not \(type)") }
    let start = try header(name).end
    let count = layout.shape.reduce(1, *)
    return try members[name, default: Data()].withUnsafeBytes { bytes in
      guard bytes.count == start + count * MemoryLayout<Element>.stride else {
        throw NumPyError("\(name): \(bytes.count) bytes for \(count) elements")
      }
      return (0..<count).map {
        bytes.loadUnaligned(
          fromByteOffset: start + $0 * MemoryLayout<Element>.stride, as: Element.self)
      }
    }
  }

  /// Unpacks a raw deflate stream with the system's gzip, as the body of a gzip file (RFC 1952).
  private static func inflate(_ stream: Data, crc: UInt32, size: UInt32) throws -> Data {
    var file = Data([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF])
    file.append(stream)
    for word in [crc, size] {
      withUnsafeBytes(of: word.littleEndian) { file.append(contentsOf: $0) }
    }
    let folder = try TemporaryFolder()
    let packed = folder.appending("member.gz")
    try file.write(to: URL(filePath: packed))
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["gzip", "-d", packed]
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw NumPyError("gzip -d failed") }
    return try Data(contentsOf: URL(filePath: folder.appending("member")))
  }
}

/// Why an archive could not be read.
public struct NumPyError: Error, CustomStringConvertible {
  public let description: String
  init(_ description: String) { self.description = description }
}

extension Data {
  /// A little-endian integer at an offset from the start.
  fileprivate func integer<Value: FixedWidthInteger>(_: Value.Type, at offset: Int) -> Value {
    (0..<MemoryLayout<Value>.size).reversed().reduce(0) {
      $0 << 8 | Value(self[startIndex + offset + $1])
    }
  }
}
