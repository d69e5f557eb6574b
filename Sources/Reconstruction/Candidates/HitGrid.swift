import CNumericKernels
import EdgeClassifier

/// The hits of every layer in bins along it, and in each bin by azimuth: barrels along z, disks along r.
final class HitGrid: @unchecked Sendable {
  struct Layer {
    var isBarrel = false
    /// First and behind the last hit in the packed arrays.
    var hits = 0..<0
    /// Lower end and width of the bins.
    var low: Float = 0
    var width: Float = 1
    /// Extent in the other coordinate.
    var inner: Float = 0
    var outer: Float = 0
    var largestRadius: Float = 0
    var isEmpty: Bool { hits.isEmpty }
    /// Middle in r, and in z.
    var middleRadius: Float = 0
    var middleZ: Float = 0
  }

  static let bins = 48
  static let buckets = Int(TFK_BUCKETS)
  private static let turn = 2 * Float.pi

  let layers: [Layer]
  let coordinates: [FloatBuffer]
  /// Hit of each place, with a margin.
  let hit: [Int32]
  /// [layers][bins][buckets + 1], first place of each bucket.
  let bucket: [Int32]

  /// - Parameter used: hits to leave out, [hits]; empty for none.
  init(_ hits: DetectorHits, leavingOut used: [Bool] = []) {
    var members = [[Int32]](repeating: [], count: hits.layerCount)
    for hit in 0..<hits.count where used.isEmpty || !used[hit] {
      members[Int(hits.layer[hit])].append(Int32(hit))
    }
    // The shape of a layer is that of all its hits, so that it does not depend on which are left.
    var isBarrel = [Bool](repeating: false, count: hits.layerCount)
    for hit in 0..<hits.count where hits.value(hit, .barrel) > 0 {
      isBarrel[Int(hits.layer[hit])] = true
    }
    let total = members.reduce(0) { $0 + $1.count }
    let margin = Int(TFK_PACKED_MARGIN)
    let coordinates = (0..<5).map { _ in FloatBuffer(count: total + margin) }
    var order = [Int32](repeating: 0, count: total + margin)
    var bucket = [Int32](
      repeating: 0, count: hits.layerCount * Self.bins * (Self.buckets + 1))
    var layers: [Layer] = []
    var place = 0
    for index in 0..<hits.layerCount {
      let own = members[index]
      var layer = Self.extent(of: own, hits, isBarrel: isBarrel[index])
      layer.hits = place..<place + own.count
      let cells = own.map { Self.cell(of: Int($0), hits, layer) }
      var counts = [Int32](repeating: 0, count: Self.bins * Self.buckets + 1)
      for cell in cells { counts[cell + 1] += 1 }
      for cell in 0..<Self.bins * Self.buckets { counts[cell + 1] += counts[cell] }
      let table = index * Self.bins * (Self.buckets + 1)
      for bin in 0..<Self.bins {
        for slot in 0...Self.buckets {
          bucket[table + bin * (Self.buckets + 1) + slot] =
            Int32(place) + counts[bin * Self.buckets + slot]
        }
      }
      for (hit, cell) in zip(own, cells) {
        order[place + Int(counts[cell])] = hit
        counts[cell] += 1
      }
      place += own.count
      layers.append(layer)
    }
    for at in 0..<total {
      let record = hits.record(Int(order[at]))
      for coordinate in 0..<5 { coordinates[coordinate].base[at] = record[coordinate] }
    }
    self.layers = layers
    self.coordinates = coordinates
    hit = order
    self.bucket = bucket
  }

  private static func extent(of members: [Int32], _ hits: DetectorHits, isBarrel: Bool) -> Layer {
    var layer = Layer()
    layer.isBarrel = isBarrel
    guard let first = members.first else { return layer }
    var z = (hits.value(Int(first), .z), hits.value(Int(first), .z))
    var r = (hits.value(Int(first), .r), hits.value(Int(first), .r))
    for hit in members {
      let (ownZ, ownR) = (hits.value(Int(hit), .z), hits.value(Int(hit), .r))
      z = (min(z.0, ownZ), max(z.1, ownZ))
      r = (min(r.0, ownR), max(r.1, ownR))
    }
    let (along, across) = isBarrel ? (z, r) : (r, z)
    layer.low = along.0 - 0.1
    layer.width = (along.1 - along.0 + 0.2) / Float(bins)
    (layer.inner, layer.outer) = across
    layer.largestRadius = r.1
    layer.middleRadius = (r.0 + r.1) / 2
    layer.middleZ = (z.0 + z.1) / 2
    return layer
  }

  /// Bin and bucket of a hit as one number.
  private static func cell(of hit: Int, _ hits: DetectorHits, _ layer: Layer) -> Int {
    bin(layer.isBarrel ? hits.value(hit, .z) : hits.value(hit, .r), layer) * buckets
      + min(max(bucket(hits.value(hit, .phi)), 0), buckets - 1)
  }

  private static func bin(_ along: Float, _ layer: Layer) -> Int {
    min(max(Int((along - layer.low) / layer.width), 0), bins - 1)
  }

  /// Bucket of an azimuth; below 0 or from `buckets` on beyond a full turn.
  private static func bucket(_ phi: Float) -> Int {
    Int(((phi + .pi) * (Float(buckets) / turn)).rounded(.down))
  }

  /// Calls the body with every hit of a layer in a window, and some around it.
  ///
  /// - Parameter along: range of z on a barrel, of r on a disk.
  @inline(__always)
  func visit(
    _ index: Int, along: (Float, Float), azimuth: (Float, Float), _ body: (Int) -> Void
  ) {
    let layer = layers[index]
    guard !layer.isEmpty, along.1 >= layer.low,
      along.0 <= layer.low + layer.width * Float(Self.bins)
    else { return }
    var low = Self.bucket(azimuth.0)
    var high = Self.bucket(azimuth.1)
    if high - low + 1 >= Self.buckets { (low, high) = (0, Self.buckets - 1) }
    for bin in Self.bin(along.0, layer)...Self.bin(along.1, layer) {
      let table = (index * Self.bins + bin) * (Self.buckets + 1)
      func run(_ from: Int, _ to: Int) {
        for at in Int(bucket[table + from])..<Int(bucket[table + to]) { body(Int(hit[at])) }
      }
      if low < 0 { run(low + Self.buckets, Self.buckets) }
      if high >= Self.buckets {
        run(max(low, 0), Self.buckets)
        run(0, high - Self.buckets + 1)
      } else {
        run(max(low, 0), high + 1)
      }
    }
  }

  /// A layer's hits as the kernels take them.
  func packed(_ index: Int, hit: UnsafePointer<Int32>) -> tfk_packed {
    let start = layers[index].hits.lowerBound
    return tfk_packed(
      x: coordinates[0].base + start, y: coordinates[1].base + start,
      z: coordinates[2].base + start, r: coordinates[3].base + start,
      phi: coordinates[4].base + start, hit: hit + start, count: Int64(layers[index].hits.count))
  }
}
