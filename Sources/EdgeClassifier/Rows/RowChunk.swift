/// A fixed number of a table's rows; memory that was not written yet costs nothing.
final class RowChunk: @unchecked Sendable {
  /// Rows of a chunk are 2 to the power of this.
  static let bits = 15
  static let rows = 1 << bits

  let inputs: Int
  /// [rows][inputs].
  let features: FloatBuffer
  /// [rows].
  let weight: FloatBuffer
  /// [rows].
  let label: UnsafeMutablePointer<UInt8>

  init(inputs: Int) {
    self.inputs = inputs
    features = FloatBuffer(count: Self.rows * inputs)
    weight = FloatBuffer(count: Self.rows)
    label = .allocate(capacity: Self.rows)
    label.initialize(repeating: 0, count: Self.rows)
  }

  deinit { label.deallocate() }

  /// Takes another chunk's rows with their first features.
  func writeFirst(_ width: Int, of other: RowChunk, count: Int) {
    for row in 0..<count {
      (features.base + row * inputs).update(
        from: other.features.base + row * other.inputs, count: width)
    }
    weight.base.update(from: other.weight.base, count: count)
    label.update(from: other.label, count: count)
  }

  /// Takes some of another chunk's rows.
  func write(_ other: RowChunk, from: Int, at place: Int, count: Int) {
    (features.base + place * inputs).update(
      from: other.features.base + from * inputs, count: count * inputs)
    (weight.base + place).update(from: other.weight.base + from, count: count)
    (label + place).update(from: other.label + from, count: count)
  }
}
