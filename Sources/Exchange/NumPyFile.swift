import Compression

/// Arrays on their way into a NumPy archive (.npz), as `numpy.savez` lays it out; the same arrays give the same bytes.
///
/// Source: `numpy.lib.format`, version 1.0: little-endian elements in C order behind a header of a
/// multiple of 64 bytes.
public struct NumPyFile {
  private var zip = ZipWriter()

  public init() {}

  /// Adds an array under a name.
  ///
  /// - Throws: `CompressionError.unsupported` where the archive would have 4 GiB or more.
  public mutating func add(_ name: String, _ values: [Float], shape: [Int]? = nil)
    throws(CompressionError)
  {
    try add(name, "<f4", values, shape)
  }

  public mutating func add(_ name: String, _ values: [Int64], shape: [Int]? = nil)
    throws(CompressionError)
  {
    try add(name, "<i8", values, shape)
  }

  /// The whole archive.
  public var bytes: [UInt8] { zip.bytes }

  private mutating func add<Value: BitwiseCopyable>(
    _ name: String, _ type: String, _ values: [Value], _ shape: [Int]?
  ) throws(CompressionError) {
    let shape = shape ?? [values.count]
    precondition(
      shape.reduce(1, *) == values.count, "the shape of \(name) is not that of its values")
    try zip.add(
      name + ".npy", Self.header(type, shape) + values.withUnsafeBytes { Array($0) })
  }

  private static func header(_ type: String, _ shape: [Int]) -> [UInt8] {
    let axes = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
    var text = "{'descr': '\(type)', 'fortran_order': False, 'shape': (\(axes)), }"
    text += String(repeating: " ", count: 63 - (10 + text.utf8.count) % 64) + "\n"
    let length = [UInt8(text.utf8.count & 0xFF), UInt8(text.utf8.count >> 8)]
    return [0x93] + Array("NUMPY".utf8) + [1, 0] + length + Array(text.utf8)
  }
}
