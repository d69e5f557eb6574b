import EventData

/// What the cells of each hit look like.
struct ClusterShapes {
  /// Extent in cells along u (channel 0) and v (channel 1), [hits]; 1 for a hit without cells.
  var sizeU: [Float]
  var sizeV: [Float]
  /// Sum of the cells' values, [hits].
  var charge: [Float]
  /// Sum over the cells of the product of their distances from the middle in u and v, [hits].
  var lean: [Float]

  /// - Parameter cells: rows in any order; those of hits that are not there count nothing.
  init(hitID: [Int32], cells: CellTable) {
    let count = hitID.count
    var low = [SIMD2<Int32>](repeating: SIMD2(repeating: .max), count: count)
    var high = [SIMD2<Int32>](repeating: SIMD2(repeating: .min), count: count)
    var sums = [SIMD4<Double>](repeating: .zero, count: count)
    var products = [Double](repeating: 0, count: count)
    var charge = [Float](repeating: 0, count: count)
    let rows = RowOfHit(hitID)
    for cell in 0..<cells.hitID.count {
      guard let row = rows[cells.hitID[cell]] else { continue }
      let place = SIMD2(cells.channel0[cell], cells.channel1[cell])
      low[row] = pointwiseMin(low[row], place)
      high[row] = pointwiseMax(high[row], place)
      let (u, v) = (Double(place.x), Double(place.y))
      sums[row] += SIMD4(1, u, v, cells.value[cell])
      products[row] += u * v
    }
    sizeU = Array(repeating: 1, count: count)
    sizeV = sizeU
    lean = Array(repeating: 0, count: count)
    for row in 0..<count where sums[row].x > 0 {
      sizeU[row] = Float(Int(high[row].x) - Int(low[row].x)) + 1
      sizeV[row] = Float(Int(high[row].y) - Int(low[row].y)) + 1
      charge[row] = Float(max(0, sums[row].w))
      // Channels are whole numbers, so a row of cells gives exactly 0.
      let scaled = products[row] * sums[row].x - sums[row].y * sums[row].z
      lean[row] = Float(scaled / sums[row].x)
    }
    self.charge = charge
  }
}

/// The row of each hit by its number.
private struct RowOfHit {
  /// -1 for numbers that no hit has.
  private var table: [Int32] = []
  private var others: [Int32: Int32] = [:]

  /// Hits are numbered almost without gaps; a table is the fastest way to their rows.
  init(_ hitID: [Int32]) {
    let limit = 16 * hitID.count + 1024
    let top = hitID.reduce(-1) { Int($1) < limit ? max($0, Int($1)) : $0 }
    table = Array(repeating: -1, count: top + 1)
    for (row, hit) in hitID.enumerated() {
      if table.indices.contains(Int(hit)) {
        table[Int(hit)] = Int32(row)
      } else {
        others[hit] = Int32(row)
      }
    }
  }

  @inline(__always)
  subscript(hit: Int32) -> Int? {
    if table.indices.contains(Int(hit)) {
      let row = table[Int(hit)]
      return row < 0 ? nil : Int(row)
    }
    return others.isEmpty ? nil : others[hit].map(Int.init)
  }
}
