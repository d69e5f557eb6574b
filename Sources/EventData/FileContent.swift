import Compression
import Foundation
import Synchronization

/// The whole of a file in memory, unpacked where it is compressed.
struct FileContent: ~Copyable {
  private let memory: UnsafeMutableRawBufferPointer?
  private let unpacked: [UInt8]

  /// The largest content that is read.
  static let sizeLimit = 1 << 32 - 1
  /// A file may unpack to this many times its size, beyond a first mebibyte.
  static let expansionLimit = 512

  /// Reads a file; gzip and Zstandard are told by their first bytes, and expected by the suffixes
  /// .gz and .zst.
  ///
  /// - Throws: `EventDataError`.
  init(path: String) throws {
    let content = try Self.read(path)
    let prefix = content.prefix(4)
    let isGzip = prefix.starts(with: [0x1F, 0x8B])
    let isZstandard = prefix.starts(with: [0x28, 0xB5, 0x2F, 0xFD])
    guard isGzip || isZstandard || path.hasSuffix(".gz") || path.hasSuffix(".zst") else {
      memory = content
      unpacked = []
      return
    }
    defer { content.deallocate() }
    let limit = min(Self.sizeLimit, 1 << 20 + content.count * Self.expansionLimit)
    do throws(CompressionError) {
      if isGzip {
        unpacked = try Gzip.decompress(fileAt: path, limit: limit)
      } else if isZstandard {
        unpacked = try Zstandard.decompress(UnsafeRawBufferPointer(content), limit: limit)
      } else {
        throw .damaged("it is not a \(path.hasSuffix(".gz") ? "gzip" : "Zstandard") file")
      }
    } catch {
      throw EventDataError.compressed(file: path, error)
    }
    memory = nil
  }

  deinit { memory?.deallocate() }

  borrowing func withBytes<Result>(
    _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
  ) rethrows -> Result {
    if let memory {
      return try body(UnsafeBufferPointer(memory.assumingMemoryBound(to: UInt8.self)))
    }
    return try unpacked.withUnsafeBufferPointer(body)
  }

  /// The bytes of a regular file, to be deallocated by the caller.
  private static func read(_ path: String) throws -> UnsafeMutableRawBufferPointer {
    func unreadable(_ reason: String) -> EventDataError { .unreadable(file: path, reason: reason) }
    func systemError() -> EventDataError { unreadable(String(cString: strerror(errno))) }
    guard !path.utf8.contains(0) else { throw unreadable("the name holds a NUL character") }
    // A pipe without a writer must not block.
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { throw systemError() }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw systemError() }
    let kind = status.st_mode & S_IFMT
    guard kind == S_IFREG else {
      throw unreadable(kind == S_IFDIR ? "it is a folder, not a file" : "it is not a regular file")
    }
    let size = Int(status.st_size)
    guard size <= sizeLimit else { throw unreadable("it is larger than 4 GiB") }
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: max(size, 1), alignment: 64)
    // Large files are copied by two threads, half each.
    let cut = size >= 1 << 20 ? size / 2 : size
    let errors = Mutex<[EventDataError]>([])
    nonisolated(unsafe) let base = buffer.baseAddress!
    DispatchQueue.concurrentPerform(iterations: cut < size ? 2 : 1) { half in
      do throws(EventDataError) {
        try fill(base, half == 0 ? 0..<cut : cut..<size, from: file, path)
      } catch {
        errors.withLock { $0.append(error) }
      }
    }
    if let error = errors.withLock({ $0.first }) {
      buffer.deallocate()
      throw error
    }
    return UnsafeMutableRawBufferPointer(start: buffer.baseAddress, count: size)
  }

  /// Copies a part of a file to its place.
  private static func fill(
    _ base: UnsafeMutableRawPointer, _ range: Range<Int>, from file: Int32, _ path: String
  ) throws(EventDataError) {
    var done = range.lowerBound
    while done < range.upperBound {
      let count = pread(file, base + done, range.upperBound - done, off_t(done))
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let reason =
          count < 0 ? String(cString: strerror(errno)) : "it became shorter while it was read"
        throw .unreadable(file: path, reason: reason)
      }
      done += count
    }
  }
}
