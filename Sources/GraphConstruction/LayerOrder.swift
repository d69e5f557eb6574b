/// The hits of a layer in order of one coordinate, with the sets that its first hits make.
///
/// A run of the order is the symmetric difference of two such prefixes. They are kept at every
/// `stride`-th hit, all of them where the layer is small; hits between are toggled one by one.
struct LayerOrder {
  /// Increasing, [hits].
  private let values: [Double]
  /// Where the hit stands in the layer, in the order of `values`.
  private let places: [Int32]
  /// The first 0, stride, 2 stride, … hits as sets, [count / stride + 1][words].
  private let prefixes: [UInt64]
  private let words: Int
  private let stride: Int

  /// Words of all prefixes together that stay in a core's cache.
  private static let wordLimit = 1 << 15

  var count: Int { values.count }

  /// - Parameter coordinates: of the layer's hits in their order, finite.
  init(of coordinates: ArraySlice<Double>) {
    let sorted = coordinates.enumerated()
      .map { (value: $0.element, place: Int32($0.offset)) }
      .sorted { $0.value < $1.value }
    values = sorted.map(\.value)
    places = sorted.map(\.place)
    words = PlaceSet.words(places: sorted.count)
    var stride = 1
    while (sorted.count / stride + 1) * words > Self.wordLimit { stride *= 2 }
    self.stride = stride
    var prefix = PlaceSet(places: sorted.count)
    var prefixes: [UInt64] = []
    prefixes.reserveCapacity((sorted.count / stride + 1) * words)
    for rank in 0...sorted.count {
      if rank % stride == 0 { prefixes += prefix.words }
      if rank < sorted.count { prefix.toggle(Int(sorted[rank].place)) }
    }
    self.prefixes = prefixes
  }

  /// Of each hit of another layer, the place in this order from which on a condition holds.
  ///
  /// - Parameter holds: of a coordinate here and one there; false up to some coordinate here and
  ///   true from it on, which must not decrease with the coordinate there.
  @inline(__always)
  func firstPlaces(for others: LayerOrder, where holds: (Double, Double) -> Bool) -> [Int32] {
    var first = [Int32](repeating: 0, count: others.count)
    var place = 0
    for (rank, other) in others.values.enumerated() {
      while place < values.count && !holds(values[place], other) { place += 1 }
      first[Int(others.places[rank])] = Int32(place)
    }
    return first
  }

  /// Takes the hits of a run out of a set that holds them, and into one that does not.
  func toggle(_ run: Range<Int>, in set: inout PlaceSet) {
    let (low, high) = (run.lowerBound / stride, run.upperBound / stride)
    prefixes.withUnsafeBufferPointer { prefixes in
      let (from, to) = (prefixes[(low * words)...], prefixes[(high * words)...])
      set.toggle(UnsafeBufferPointer(rebasing: from), UnsafeBufferPointer(rebasing: to))
    }
    for rank in low * stride..<run.lowerBound { set.toggle(Int(places[rank])) }
    for rank in high * stride..<run.upperBound { set.toggle(Int(places[rank])) }
  }
}
