import Compression
import Foundation

/// Small NumPy archives (.npz) for tests, written byte by byte.
public enum NumPyFile {
  /// An array as `numpy.save` writes it: `descr` such as `<f4`, the shape, the elements' bytes.
  public static func array(
    _ descr: String, shape: [Int], fortranOrder: Bool = false, bytes: [UInt8]
  ) -> [UInt8] {
    let axes = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
    var header =
      "{'descr': '\(descr)', 'fortran_order': \(fortranOrder ? "True" : "False"), 'shape': (\(axes)), }"
    header += String(repeating: " ", count: 63 - (10 + header.utf8.count) % 64) + "\n"
    let size = littleEndian(UInt16(header.utf8.count))
    return [0x93] + Array("NUMPY".utf8) + [1, 0] + size + Array(header.utf8) + bytes
  }

  public static func array<Value: BitwiseCopyable>(
    _ descr: String, _ values: [Value], shape: [Int]? = nil, fortranOrder: Bool = false
  ) -> [UInt8] {
    array(
      descr, shape: shape ?? [values.count], fortranOrder: fortranOrder,
      bytes: values.withUnsafeBytes { Array($0) })
  }

  /// A ZIP file of members, stored, or deflated by the system's gzip.
  public static func zip(
    _ members: [(name: String, content: [UInt8])], isDeflated: Bool = false
  ) throws -> [UInt8] {
    var file: [UInt8] = []
    var directory: [UInt8] = []
    for (name, content) in members {
      let packed = isDeflated ? try deflated(content) : content
      let checksum = content.withUnsafeBytes { CRC32.checksum(of: $0) }
      let common =
        littleEndian(UInt16(20)) + [0, 0] + littleEndian(UInt16(isDeflated ? 8 : 0)) + [
          0, 0, 0x21, 0,
        ]
        + littleEndian(checksum) + littleEndian(UInt32(packed.count))
        + littleEndian(UInt32(content.count)) + littleEndian(UInt16(name.utf8.count)) + [0, 0]
      directory += [0x50, 0x4B, 1, 2, 20, 0] + common
      directory += [UInt8](repeating: 0, count: 10) + littleEndian(UInt32(file.count))
      directory += Array(name.utf8)
      file += [0x50, 0x4B, 3, 4] + common + Array(name.utf8) + packed
    }
    let count = littleEndian(UInt16(members.count))
    return file + directory + [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + count + count
      + littleEndian(UInt32(directory.count)) + littleEndian(UInt32(file.count)) + [0, 0]
  }

  /// The deflate stream inside of what gzip makes.
  private static func deflated(_ content: [UInt8]) throws -> [UInt8] {
    let folder = try TemporaryFolder()
    let path = folder.appending("content")
    try Data(content).write(to: URL(filePath: path))
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["gzip", "-n", path]
    try process.run()
    process.waitUntilExit()
    return try Array(Data(contentsOf: URL(filePath: path + ".gz"))[10...].dropLast(8))
  }

  private static func littleEndian(_ value: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian) { Array($0) }
  }
}
