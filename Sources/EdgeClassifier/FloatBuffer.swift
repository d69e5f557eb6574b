#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Floats on a cache line's boundary, for the kernels.
///
/// Threads write to disjoint parts of one, which the compiler cannot see; who hands a buffer to
/// several threads sees to that.
package final class FloatBuffer: @unchecked Sendable {
  package let count: Int
  package let base: UnsafeMutablePointer<Float>
  private let allocation: UnsafeMutableRawPointer

  /// All zeros; the system gives large ones as pages that cost nothing before they are used.
  package init(count: Int) {
    self.count = count
    let line = 64
    guard let bytes = calloc(max(count, 1) * MemoryLayout<Float>.stride + line, 1) else {
      fatalError("out of memory: \(count * MemoryLayout<Float>.stride) bytes are not to be had")
    }
    allocation = bytes
    Self.preferLargePages(bytes, count: count * MemoryLayout<Float>.stride)
    base = bytes.alignedUp(toMultipleOf: line)
      .bindMemory(to: Float.self, capacity: max(count, 1))
  }

  /// Asks the system for large pages: tables that are read all over come faster and are found faster.
  private static func preferLargePages(_ start: UnsafeMutableRawPointer, count: Int) {
    #if os(Linux)
      let page = 1 << 21
      guard count >= 2 * page else { return }
      // A wish, whose refusal changes nothing.
      _ = madvise(start.alignedUp(toMultipleOf: page), count / page * page - page, MADV_HUGEPAGE)
    #endif
  }

  /// Takes the memory of a large buffer away at once: an allocator may keep it for a later one that never
  /// comes.
  private static func giveBack(_ start: UnsafeMutableRawPointer, count: Int) {
    #if os(Linux)
      let page = 4096
      guard count >= 1 << 20 else { return }
      _ = madvise(start.alignedUp(toMultipleOf: page), count / page * page - page, MADV_DONTNEED)
    #endif
  }

  package convenience init(_ values: [Float]) {
    self.init(count: values.count)
    values.withUnsafeBufferPointer { source in
      if let from = source.baseAddress { base.update(from: from, count: values.count) }
    }
  }

  deinit {
    Self.giveBack(allocation, count: count * MemoryLayout<Float>.stride)
    free(allocation)
  }

  /// The first values; a buffer of a workspace may be longer than what is in it.
  package func array(first count: Int) -> [Float] {
    Array(UnsafeBufferPointer(start: base, count: count))
  }

  /// Puts value i in place order[i], for as many as the order has.
  func scattered(to order: [Int32]) -> [Float] {
    var result = [Float](repeating: 0, count: order.count)
    for (place, target) in order.enumerated() { result[Int(target)] = base[place] }
    return result
  }
}
