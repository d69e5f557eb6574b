extension HitGraph {
  /// Start node of each edge, [edges]; never decreasing.
  public var start: [Int32] {
    var start: [Int32] = []
    start.reserveCapacity(edgeCount)
    for node in 0..<nodeCount {
      start.append(contentsOf: repeatElement(Int32(node), count: edges(from: node).count))
    }
    return start
  }
}
