import Foundation

extension Gzip {
  /// Unpacks a raw deflate stream (RFC 1951), such as the members of ZIP files are.
  ///
  /// The stream goes to gzip as the body of a gzip file (RFC 1952), from a file without a name.
  /// - Parameters:
  ///   - stream: the whole stream.
  ///   - checksum: CRC-32 of the content.
  ///   - size: bytes of the content, less than 4 GiB.
  /// - Throws: `CompressionError` where the stream is damaged or its content is not as announced.
  static func inflate(
    _ stream: ArraySlice<UInt8>, checksum: UInt32, size: Int
  ) throws(CompressionError) -> [UInt8] {
    var file: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF]
    file += stream
    for word in [checksum, UInt32(truncatingIfNeeded: size)] {
      withUnsafeBytes(of: word.littleEndian) { file += $0 }
    }
    let input = try unnamedFile(holding: file)
    defer { close(input) }
    let content = try decompress(input: input, limit: size)
    guard content.count == size else {
      throw .damaged("it unpacks to \(content.count) bytes, not to the \(size) it says")
    }
    return content
  }

  /// A temporary file that has lost its name, open at its start.
  private static func unnamedFile(holding bytes: [UInt8]) throws(CompressionError) -> Int32 {
    let folder = FileManager.default.temporaryDirectory.path
    var name = Array("\(folder)/trackflow-XXXXXX".utf8CString)
    let file = mkstemp(&name)
    guard file >= 0 else { throw .noTemporaryFile(String(cString: strerror(errno))) }
    unlink(name)
    _ = fcntl(file, F_SETFD, FD_CLOEXEC)
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes {
        write(file, $0.baseAddress! + written, $0.count - written)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let reason = String(cString: strerror(errno))
        close(file)
        throw .noTemporaryFile(reason)
      }
      written += count
    }
    lseek(file, 0, SEEK_SET)
    return file
  }
}
