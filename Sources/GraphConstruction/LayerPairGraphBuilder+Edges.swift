extension LayerPairGraphBuilder {
  /// Compressed rows of the edges from each layer to the next.
  ///
  /// The next layer's hits are sorted by azimuth; a start's candidates are then a window or two of
  /// that order, and each is put to the exact comparison. Those that pass set a bit at their
  /// place in the layer, so that reading the bits gives the ends in increasing order.
  func edges(
    phi: [Double], z: [Double], layer: [Int32]
  ) throws(GraphConstructionError) -> (first: [Int32], end: [Int32]) {
    var first = [Int32](repeating: 0, count: phi.count + 1)
    var end: [Int32] = []
    var current = Self.run(of: layer, from: 0)
    while !current.isEmpty {
      let next = Self.run(of: layer, from: current.upperBound)
      let outer = LayerByAzimuth(phi: phi, z: z, nodes: next)
      var passed = [UInt64](repeating: 0, count: (next.count + 63) / 64)
      for start in current {
        for window in outer.windows(around: phi[start], within: maxDeltaPhi) {
          for candidate in window {
            var deltaPhi = abs(outer.phi[candidate] - phi[start])
            if deltaPhi > .pi { deltaPhi = 2 * .pi - deltaPhi }
            guard deltaPhi < maxDeltaPhi, abs(outer.z[candidate] - z[start]) < maxDeltaZ else {
              continue
            }
            let place = Int(outer.place[candidate])
            passed[place >> 6] |= 1 << UInt64(place & 63)
          }
        }
        for word in passed.indices where passed[word] != 0 {
          var bits = passed[word]
          passed[word] = 0
          while bits != 0 {
            end.append(Int32(next.lowerBound + word << 6 + bits.trailingZeroBitCount))
            bits &= bits - 1
          }
        }
        guard end.count <= Int(Int32.max) else { throw .tooManyEdges(limit: Int(Int32.max)) }
        first[start + 1] = Int32(end.count)
      }
      current = next
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

/// The hits of one layer in order of azimuth.
private struct LayerByAzimuth {
  /// Increasing, [hits].
  let phi: [Double]
  /// In the order of `phi`.
  let z: [Double]
  /// Where the hit stands among the layer's nodes, in the order of `phi`.
  let place: [Int32]

  init(phi: [Double], z: [Double], nodes: Range<Int>) {
    let order = nodes.sorted { (phi[$0], $0) < (phi[$1], $1) }
    self.phi = order.map { phi[$0] }
    self.z = order.map { z[$0] }
    place = order.map { Int32($0 - nodes.lowerBound) }
  }

  /// Ranges of the order that hold every hit within a distance of an azimuth, and few others.
  func windows(around centre: Double, within distance: Double) -> [Range<Int>] {
    // Rounding moves a difference by far less than this; the exact comparison is the caller's.
    let reach = distance + 1e-9
    guard reach < .pi else { return [phi.indices] }
    let low = centre - reach
    let high = centre + reach
    var windows = [lowerBound(low)..<lowerBound(high)]
    if low < -.pi { windows.append(lowerBound(low + 2 * .pi)..<phi.count) }
    if high > .pi { windows.append(0..<lowerBound(high - 2 * .pi)) }
    return windows
  }

  /// How many hits have a smaller azimuth.
  private func lowerBound(_ value: Double) -> Int {
    var low = 0
    var high = phi.count
    while low < high {
      let middle = (low + high) / 2
      if phi[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
