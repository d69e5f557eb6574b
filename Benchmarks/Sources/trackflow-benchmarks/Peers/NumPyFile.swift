import Foundation

/// A number that NumPy's files can hold as it stands in memory.
protocol NumPyNumber: BitwiseCopyable {
  /// NumPy's name of the type, little endian.
  static var numPyType: String { get }
}

extension Float: NumPyNumber { static let numPyType = "<f4" }
extension Double: NumPyNumber { static let numPyType = "<f8" }
extension Int32: NumPyNumber { static let numPyType = "<i4" }
extension Int64: NumPyNumber { static let numPyType = "<i8" }
extension UInt8: NumPyNumber { static let numPyType = "|u1" }

/// Writes arrays as NumPy's .npy files, version 1.0.
///
/// Source: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
enum NumPyFile {
  /// - Parameter shape: sizes of the axes, the last one contiguous; nil for one axis.
  static func write<Number: NumPyNumber>(
    _ values: [Number], shape: [Int]? = nil, to path: String
  ) throws {
    let sizes = (shape ?? [values.count]).map { "\($0)," }.joined()
    var header = "{'descr': '\(Number.numPyType)', 'fortran_order': False, 'shape': (\(sizes)), }"
    // Ten bytes stand before the header; the data begins at a multiple of 64.
    header += String(repeating: " ", count: 63 - (header.utf8.count + 10) % 64) + "\n"
    var data = Data([0x93] + "NUMPY".utf8 + [1, 0])
    data.append(UInt8(header.utf8.count & 255))
    data.append(UInt8(header.utf8.count >> 8))
    data.append(contentsOf: header.utf8)
    values.withUnsafeBytes { data.append(contentsOf: $0) }
    try data.write(to: URL(filePath: path))
  }
}
