import Crypto
import Foundation

/// SHA-256 digests in hexadecimal digits.
public enum FileDigest {
  /// The digest of a file's bytes as they lie on disk, read in blocks of 1 MiB.
  ///
  /// - Throws: `EventDataError.unreadable`.
  public static func sha256(ofFile path: String) throws -> String {
    func unreadable() -> EventDataError {
      .unreadable(file: path, reason: String(cString: strerror(errno)))
    }
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw unreadable() }
    defer { close(file) }
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
    defer { block.deallocate() }
    var hash = SHA256()
    while true {
      let count = read(file, block.baseAddress, block.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw unreadable() }
      if count == 0 { return text(hash.finalize()) }
      hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: block[..<count]))
    }
  }

  /// The digest of bytes in memory.
  public static func sha256(of bytes: some Sequence<UInt8>) -> String {
    text(SHA256.hash(data: Array(bytes)))
  }

  private static func text(_ digest: SHA256.Digest) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for byte in digest { text += [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
    return String(decoding: text, as: UTF8.self)
  }
}
