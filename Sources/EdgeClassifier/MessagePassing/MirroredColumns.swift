/// The columns of a graph's features that change their sign when the event is mirrored in z.
package struct MirroredColumns: Sendable, Equatable {
  package var node: [Int]
  package var edge: [Int]

  package init(node: [Int], edge: [Int]) {
    self.node = node
    self.edge = edge
  }
}

extension FloatBuffer {
  /// A copy of a table in which some columns have the other sign.
  func negating(_ columns: [Int], of width: Int) -> FloatBuffer {
    let copy = FloatBuffer(count: count)
    copy.base.update(from: base, count: count)
    for row in stride(from: 0, to: count, by: max(width, 1)) {
      for column in columns { copy.base[row + column] = -copy.base[row + column] }
    }
    return copy
  }
}
