import Foundation
import JSONDocument

/// Files of named F32 tensors, as PyTorch and others exchange weights.
///
/// A file is the header's length (8 bytes, little endian), the header in JSON, and the data; the
/// header gives each tensor's type, shape and place in the data.
/// Source: https://github.com/huggingface/safetensors, section "Format".
public enum Safetensors {
  /// The format's own limit on a header, in bytes.
  static let maximumHeader = 100_000_000

  /// Reads a file.
  ///
  /// - Throws: `EdgeClassifierError.invalidSafetensors`, or Foundation's error where the file
  ///   cannot be read.
  public static func read(path: String) throws -> [NamedTensor] {
    try read(bytes: [UInt8](Data(contentsOf: URL(filePath: path))), file: path)
  }

  /// The tensors in the order of their data.
  ///
  /// - Parameter file: the name that errors quote.
  /// - Throws: `EdgeClassifierError.invalidSafetensors` for anything but a well-formed file of F32
  ///   tensors that fill its data without holes or overlaps.
  public static func read(
    bytes: [UInt8], file: String = "data"
  ) throws(EdgeClassifierError) -> [NamedTensor] {
    try SafetensorsReader(bytes: bytes, file: file).tensors()
  }

  /// The bytes of a file that holds the tensors in their order.
  ///
  /// Equal tensors give equal bytes; the data stands at a multiple of 8 bytes.
  public static func write(_ tensors: [NamedTensor]) -> [UInt8] {
    var members: [JSONMember] = []
    var data: [UInt8] = []
    for tensor in tensors {
      let start = data.count
      for value in tensor.values {
        withUnsafeBytes(of: value.bitPattern.littleEndian) { data.append(contentsOf: $0) }
      }
      let entry: JSONValue = .object([
        "dtype": "F32", "shape": .array(tensor.shape.map { .integer($0) }),
        "data_offsets": .array([.integer(start), .integer(data.count)]),
      ])
      members.append(JSONMember(name: tensor.name, value: entry))
    }
    var header = [UInt8](JSONValue.object(members).compactText.utf8)
    while header.count % 8 != 0 { header.append(UInt8(ascii: " ")) }
    return withUnsafeBytes(of: UInt64(header.count).littleEndian) { [UInt8]($0) } + header + data
  }

  /// Writes a file, whole or not at all.
  public static func write(_ tensors: [NamedTensor], to path: String) throws {
    try Data(write(tensors)).write(to: URL(filePath: path), options: .atomic)
  }
}
