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
    let top = Int(hitID.max() ?? 0)
    // Hits are numbered almost without gaps; a table is the fastest way to their rows.
    var rows = [Int32](repeating: -1, count: top + 1)
    for (row, hit) in hitID.enumerated() where hit >= 0 { rows[Int(hit)] = Int32(row) }
    for cell in 0..<cells.hitID.count {
      let hit = Int(cells.hitID[cell])
      guard hit >= 0, hit <= top, rows[hit] >= 0 else { continue }
      let row = Int(rows[hit])
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
      sizeU[row] = Float(high[row].x &- low[row].x) + 1
      sizeV[row] = Float(high[row].y &- low[row].y) + 1
      charge[row] = Float(sums[row].w)
      // Channels are whole numbers, so a row of cells gives exactly 0.
      let scaled = products[row] * sums[row].x - sums[row].y * sums[row].z
      lean[row] = Float(scaled / sums[row].x)
    }
    self.charge = charge
  }
}
