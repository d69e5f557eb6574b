import CNumericKernels
import Foundation

/// Reads the two halves of a large text at the same time, each row to its own place.
///
/// Only what is plain throughout goes this way: at the first trouble all is read again in one go,
/// which finds the words for it. The values are the same either way.
enum CSVHalves {
  /// Smaller texts are not worth a thread.
  private static let minimumSize = 1 << 20

  /// - Parameter whole: the reading of the whole text, not yet begun; it is not changed.
  /// - Returns: the number of rows; nil where the text is to be read in one go.
  static func read(_ whole: CSVRows, of bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    guard bytes.count >= minimumSize, ProcessInfo.processInfo.activeProcessorCount > 1,
      let feed = bytes[(whole.start + bytes.count) / 2..<bytes.count].firstIndex(
        of: CSVByte.lineFeed)
    else { return nil }
    let middle = feed + 1
    let firstRows = Int(
      TextKernels.best.pointee.count_byte(
        bytes.baseAddress! + whole.start, Int64(middle - whole.start), CSVByte.lineFeed))
    guard firstRows < whole.capacity else { return nil }
    let halves = [
      CSVRows(
        part: UnsafeBufferPointer(rebasing: bytes[..<middle]), of: whole, start: whole.start,
        row: 0, limit: firstRows),
      CSVRows(
        part: bytes, of: whole, start: middle, row: firstRows, limit: whole.capacity),
    ]
    nonisolated(unsafe) let found = UnsafeMutablePointer<Int>.allocate(capacity: 2)
    defer { found.deallocate() }
    nonisolated(unsafe) let parts = halves
    DispatchQueue.concurrentPerform(iterations: 2) { half in
      var rows = parts[half]
      defer { rows.ends.deallocate() }
      let isComplete = (try? rows.read()) ?? false
      (found + half).initialize(to: isComplete ? rows.count : -1)
    }
    // Blank lines and cut-off ends count differently, and are for the careful way.
    guard found[0] == firstRows, found[1] >= firstRows else { return nil }
    return found[1]
  }
}
