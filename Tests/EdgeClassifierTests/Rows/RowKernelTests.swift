import CNumericKernels
import Testing

/// The kernels of row networks against plain Swift in double precision.
struct RowKernelTests {
  @Test(
    "A layer is a b and its bias, rectified or not, or a b behind a gate, and touches nothing else",
    arguments: KernelInstances.all, [16, 32, 48, 64, 96, 144])
  func layer(name: String, width: Int) throws {
    let kernels = try KernelInstances.table(name)
    let (most, bRow, cRow) = (15, width + 5, width + 3)
    for depth in [0, 1, 7, 40] {
      let seed = UInt64(depth * 1000 + width)
      let a = WalledFloats(TestNumbers.floats(most * (depth + 2), seed: seed))
      let b = WalledFloats(TestNumbers.floats((depth + 1) * bRow, seed: seed + 1))
      let bias = WalledFloats(TestNumbers.floats(max(most, width), seed: seed + 2))
      let gate = WalledFloats(TestNumbers.floats(most * cRow, seed: seed + 3))
      for (isGated, ofRow, isRectified) in [
        (false, true, true), (false, true, false), (false, false, true), (true, false, false),
      ] {
        for rows in 1...most {
          let c = WalledFloats(count: most * cRow, value: 3)
          let expected = (0..<most * cRow).map { place -> Double in
            let (row, column) = (place / cRow, place % cRow)
            guard row < rows, column < width else { return 3 }
            let product = (0..<depth).reduce(0.0) {
              $0 + Double(a.base[row * (depth + 2) + $1]) * Double(b.base[$1 * bRow + column])
            }
            if isGated { return gate.base[place] > 0 ? product : 0 }
            let sum = product + Double(bias.base[ofRow ? row : column])
            return isRectified ? max(0, sum) : sum
          }
          var call = tfk_layer(
            product: tfk_product(
              a: a.base, a_row: Int64(depth + 2), a_step: 1, b: b.base, b_row: Int64(bRow),
              c: c.base, c_row: Int64(cRow), rows: Int64(rows), depth: Int64(depth),
              width: Int32(width)),
            bias: bias.base, gate: isGated ? UnsafePointer(gate.base) : nil,
            has_row_bias: ofRow ? 1 : 0, rectified: isRectified ? 1 : 0)
          kernels.layer(&call)
          #expect(
            distance(c.values, expected) < 2e-6 && c.wallsStand, "\(rows) rows, depth \(depth)")
        }
      }
    }
  }

  @Test("A logit's slope goes to its rows and its weight", arguments: KernelInstances.all)
  func logitBack(name: String) throws {
    let kernels = try KernelInstances.table(name)
    let (count, width) = (9, 32)
    let slope = TestNumbers.floats(count, seed: 1)
    let weight = TestNumbers.floats(width, seed: 2)
    let rows = TestNumbers.floats(count * width, seed: 3).map { max(0, $0) }
    let start = TestNumbers.floats(width, seed: 4)
    let gradient = WalledFloats(count: count * width, value: 5)
    let sums = WalledFloats(start)
    kernels.logit_back(
      slope, weight, rows, Int64(count), Int32(width), gradient.base, sums.base)
    #expect(gradient.wallsStand && sums.wallsStand)
    #expect(
      gradient.values
        == rows.indices.map { rows[$0] > 0 ? slope[$0 / width] * weight[$0 % width] : 0 })
    let expected = (0..<width).map { column in
      (0..<count).reduce(Double(start[column])) {
        $0 + Double(slope[$1]) * Double(rows[$1 * width + column])
      }
    }
    #expect(distance(sums.values, expected) < 2e-6)
  }

  @Test(
    "Rows are gathered from their chunks and standardised, whatever their width",
    arguments: KernelInstances.all)
  func gatherRows(name: String) throws {
    let kernels = try KernelInstances.table(name)
    let order: [UInt32] = (0..<29).map { $0 * 11 % 24 }
    for columns in 1...50 {
      // Three chunks of eight rows.
      let chunks = (0..<3).map {
        WalledFloats(TestNumbers.floats(8 * columns, seed: UInt64($0 + columns)))
      }
      let labels: [[UInt8]] = (0..<3).map { chunk in (0..<8).map { UInt8(chunk * 8 + $0) } }
      let weights = (0..<3).map { WalledFloats(TestNumbers.floats(8, seed: UInt64($0 + 7))) }
      let mean = WalledFloats(TestNumbers.floats(columns, seed: 1))
      let scale = WalledFloats(TestNumbers.floats(columns, seed: 2))
      let out = WalledFloats(count: order.count * columns)
      let weight = WalledFloats(count: order.count)
      var label = [UInt8](repeating: 0, count: order.count)
      labels.flatMap(\.self).withUnsafeBufferPointer { flat in
        let features = chunks.map { UnsafePointer($0.base) as UnsafePointer<Float>? }
        let weightRows = weights.map { UnsafePointer($0.base) as UnsafePointer<Float>? }
        let labelRows = (0..<3).map { chunk in flat.baseAddress.map { $0 + 8 * chunk } }
        features.withUnsafeBufferPointer { features in
          weightRows.withUnsafeBufferPointer { weightRows in
            labelRows.withUnsafeBufferPointer { labelRows in
              var table = tfk_row_table(
                features: features.baseAddress, label: labelRows.baseAddress,
                weight: weightRows.baseAddress, columns: Int32(columns), chunk_bits: 3)
              kernels.gather_rows(
                &table, order, Int64(order.count), mean.base, scale.base, out.base, &label,
                weight.base)
            }
          }
        }
      }
      let expected = order.flatMap { row in
        (0..<columns).map {
          (chunks[Int(row) / 8].base[Int(row) % 8 * columns + $0] - mean.base[$0]) * scale.base[$0]
        }
      }
      #expect(out.values == expected && out.wallsStand && weight.wallsStand, "\(columns) columns")
      #expect(label == order.map { UInt8($0) })
      #expect(weight.values == order.map { weights[Int($0) / 8].base[Int($0) % 8] })
    }
  }
}
