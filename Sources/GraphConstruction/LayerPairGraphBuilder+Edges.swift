extension LayerPairGraphBuilder {
  /// Compressed rows of the edges from each layer to the next.
  ///
  /// `LayerPair` finds the near hits of each start as a set of bits over the next layer's places, so
  /// that reading the bits gives the ends in increasing order.
  func edges(
    phi: [Double], z: [Double], layer: [Int32]
  ) throws(GraphConstructionError) -> (first: [Int32], end: [Int32]) {
    var first = [Int32](repeating: 0, count: phi.count + 1)
    var end: [Int32] = []
    // Also false for limits that are not numbers.
    guard maxDeltaPhi > 0, maxDeltaZ > 0 else { return (first, end) }
    var current = Self.run(of: layer, from: 0)
    var starts = LayerPair.Orders(phi: phi[current], z: z[current])
    while !current.isEmpty {
      let next = Self.run(of: layer, from: current.upperBound)
      let ends = LayerPair.Orders(phi: phi[next], z: z[next])
      let pair = LayerPair(
        starts: starts, ends: ends, maxDeltaPhi: maxDeltaPhi, maxDeltaZ: maxDeltaZ)
      var near = PlaceSet(places: next.count)
      var nearInZ = near
      var row = [Int32](repeating: 0, count: next.count)
      for start in current {
        pair.findNear(start - current.lowerBound, &near, scratch: &nearInZ)
        let count = near.list(into: &row, adding: Int32(next.lowerBound))
        end += row[..<count]
        guard end.count <= Int(Int32.max) else { throw .tooManyEdges(limit: Int(Int32.max)) }
        first[start + 1] = Int32(end.count)
      }
      current = next
      starts = ends
    }
    return (first, end)
  }

  /// The nodes from one on that share its layer.
  private static func run(of layer: [Int32], from start: Int) -> Range<Int> {
    var end = start
    while end < layer.count && layer[end] == layer[start] { end += 1 }
    return start..<end
  }
}
