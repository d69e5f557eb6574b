/// Floats on a cache line's boundary, for the kernels.
///
/// Threads write to disjoint parts of one, which the compiler cannot see; who hands a buffer to
/// several threads sees to that.
final class FloatBuffer: @unchecked Sendable {
  let count: Int
  let base: UnsafeMutablePointer<Float>

  init(count: Int) {
    self.count = count
    let bytes = UnsafeMutableRawPointer.allocate(
      byteCount: max(count, 1) * MemoryLayout<Float>.stride, alignment: 64)
    base = bytes.bindMemory(to: Float.self, capacity: max(count, 1))
    base.initialize(repeating: 0, count: count)
  }

  convenience init(_ values: [Float]) {
    self.init(count: values.count)
    values.withUnsafeBufferPointer { source in
      if let from = source.baseAddress { base.update(from: from, count: values.count) }
    }
  }

  deinit { UnsafeMutableRawPointer(base).deallocate() }

  var array: [Float] { Array(UnsafeBufferPointer(start: base, count: count)) }
}
