import Compression
import Crypto
import Foundation
import JSONDocument

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The bytes of an artifact file (`.tfz`), which describes and checks itself.
///
/// ```
/// offset  bytes
///      0      8  "TRKFLOW\n"
///      8      4  format version, little-endian
///     12      4  H, length of the header
///     16     32  SHA-256 of the header
///     48      H  JSON header: kind, key, keyText, summary, arrays (name, type, shape, frame, filter)
///   48+H         one zstd frame an array, in the header's order, `frame` bytes each, checksums on
/// ```
/// The bytes are a function of the artifact alone. Version 1 knew no filters (`ArrayFilter`).
enum ArtifactFile {
  static let magic = Array("TRKFLOW\n".utf8)
  static let version = 2
  static let prefixSize = 48
  static let maximumHeader = 64 << 20
  /// The most bytes that an array may have.
  static let maximumArray = 16 << 30

  static func encode(_ artifact: Artifact) throws -> [UInt8] {
    let coded = try Concurrently.map(artifact.arrays, block: block(of: artifact.arrays)) { array in
      Result { try code(array) }
    }.map { try $0.get() }
    let header: JSONValue = [
      "kind": .string(artifact.kind), "key": .string(artifact.key.hex),
      "keyText": artifact.keyText, "summary": artifact.summary,
      "arrays": .array(coded.map(\.entry)),
    ]
    let text = Array(header.compactText.utf8)
    var bytes = magic
    for number in [UInt32(version), UInt32(text.count)] {
      withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }
    bytes.append(contentsOf: SHA256.hash(data: text))
    bytes.append(contentsOf: text)
    for array in coded { bytes.append(contentsOf: array.frame) }
    return bytes
  }

  /// What the header of a file says.
  struct Header {
    struct Array {
      var name: String
      var type: String
      var shape: [Int]
      var frame: Range<Int>
      /// How its bytes were laid out before they were compressed; nil for as they are, as in version 1.
      var filter: ArrayFilter?
    }

    var kind: String
    var key: ArtifactKey
    var keyText: JSONValue
    var summary: JSONValue
    var arrays: [Array]
  }

  /// The bytes of a file up to the end of its header, and the size of the whole.
  static func leadingBytes(of path: String) throws(ArtifactError) -> (Data, size: Int) {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else {
      if errno == ENOENT { throw .notFound(path: path) }
      throw FileSystem.failure("it could not be read", path)
    }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw FileSystem.failure("it could not be read", path) }
    let size = Int(status.st_size)
    func read(_ count: Int) throws(ArtifactError) -> Data {
      var data = Data(count: min(count, size))
      let found = data.withUnsafeMutableBytes { pread(file, $0.baseAddress, $0.count, 0) }
      guard found >= 0 else { throw FileSystem.failure("it could not be read", path) }
      return data.prefix(found)
    }
    // Most headers are shorter than this.
    let start = try read(8192)
    guard start.count >= prefixSize else { return (start, size) }
    let length = start.withUnsafeBytes {
      Int(UInt32(littleEndian: $0.loadUnaligned(fromByteOffset: 12, as: UInt32.self)))
    }
    guard length <= maximumHeader, prefixSize + length > start.count else { return (start, size) }
    return (try read(prefixSize + length), size)
  }

  /// Reads and checks the header; the frames are only measured.
  ///
  /// - Parameters:
  ///   - bytes: the file, at least up to the end of the header.
  ///   - fileSize: the size of the file.
  static func header(
    of bytes: UnsafeRawBufferPointer, fileSize: Int, path: String
  ) throws(ArtifactError) -> Header {
    guard bytes.count >= prefixSize, bytes.prefix(magic.count).elementsEqual(magic) else {
      throw .damaged(path: path, reason: "it does not start as an artifact does")
    }
    let found = Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt32.self)))
    guard found <= version else {
      throw .newerFormat(path: path, found: found, known: version)
    }
    let length = Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 12, as: UInt32.self)))
    guard length <= maximumHeader, prefixSize + length <= bytes.count else {
      throw .damaged(path: path, reason: "its header is cut off")
    }
    let text = Swift.Array(bytes[prefixSize..<prefixSize + length])
    guard SHA256.hash(data: text).elementsEqual(bytes[16..<prefixSize]) else {
      throw .damaged(path: path, reason: "its header does not match its checksum")
    }
    guard let json = try? JSONDocument(parsing: text, file: path).root,
      let kind = json["kind"]?.stringValue,
      let key = json["key"]?.stringValue.flatMap(ArtifactKey.init(hex:)),
      let keyText = json["keyText"], let summary = json["summary"],
      let entries = json["arrays"]?.arrayValue, ArtifactKey(of: keyText) == key
    else { throw .damaged(path: path, reason: "its header is not that of an artifact") }
    var offset = prefixSize + length
    var arrays: [Header.Array] = []
    for entry in entries {
      guard let name = entry["name"]?.stringValue, let type = entry["type"]?.stringValue,
        let shape = entry["shape"]?.arrayValue?.compactMap(\.intValue),
        let frame = entry["frame"]?.intValue, frame >= 0, frame <= fileSize - offset,
        shape.allSatisfy({ $0 >= 0 })
      else { throw .damaged(path: path, reason: "an array is cut off or not described") }
      let filter = entry["filter"]?.stringValue
      guard filter == nil || ArrayFilter(rawValue: filter!) != nil else {
        throw .damaged(path: path, reason: "array \(name) has the unknown filter \(filter!)")
      }
      arrays.append(
        .init(
          name: name, type: type, shape: shape, frame: offset..<offset + frame,
          filter: filter.flatMap(ArrayFilter.init)))
      offset += frame
    }
    guard offset == fileSize else {
      throw .damaged(path: path, reason: "\(fileSize - offset) bytes too many at its end")
    }
    return Header(kind: kind, key: key, keyText: keyText, summary: summary, arrays: arrays)
  }

  /// Reads and checks all of a file.
  static func decode(_ bytes: UnsafeRawBufferPointer, path: String) throws(ArtifactError)
    -> Artifact
  {
    let header = try header(of: bytes, fileSize: bytes.count, path: path)
    // Read by several threads at once, and by nobody after this.
    nonisolated(unsafe) let bytes = bytes
    let found = Concurrently.map(header.arrays, block: block(of: header.arrays)) { entry in
      Result { () throws(ArtifactError) in try array(entry, of: bytes, path: path) }
    }
    var arrays: [ArtifactArray] = []
    for result in found { arrays.append(try result.get()) }
    return Artifact(
      kind: header.kind, keyText: header.keyText, summary: header.summary, arrays: arrays)
  }

  /// Checks all of a file and keeps no more than one array at a time.
  static func check(_ bytes: UnsafeRawBufferPointer, path: String) throws(ArtifactError) -> Header {
    let header = try header(of: bytes, fileSize: bytes.count, path: path)
    for entry in header.arrays { _ = try array(entry, of: bytes, path: path) }
    return header
  }
}
