import CNumericKernels
import Testing

/// Products, rows and sums of every instance against plain Swift in double precision.
struct DenseKernelTests {
  static let widths = Array(stride(from: 16, through: 144, by: 16))

  @Test(
    "A product adds a b to c for every size, either way round, and touches nothing else",
    arguments: KernelInstances.all, widths)
  func multiply(name: String, width: Int) throws {
    let kernels = try KernelInstances.table(name)
    let (most, bRow, cRow) = (25, width + 5, width + 3)
    for depth in 1...40 {
      for isTransposed in [false, true] {
        let seed = UInt64(depth * 1000 + width)
        let (aRow, aStep) = isTransposed ? (1, most + 2) : (depth + 7, 1)
        let a = WalledFloats(
          TestNumbers.floats((most - 1) * aRow + (depth - 1) * aStep + 1, seed: seed))
        let b = WalledFloats(TestNumbers.floats((depth - 1) * bRow + width, seed: seed + 1))
        let start = TestNumbers.floats((most - 1) * cRow + width, seed: seed + 2)
        var expected = start.doubles
        var bound = expected
        for row in 0..<most {
          for column in 0..<width {
            let place = row * cRow + column
            var sum = 0.0
            var magnitude = 0.0
            for k in 0..<depth {
              let term = Double(a.base[row * aRow + k * aStep]) * Double(b.base[k * bRow + column])
              sum += term
              magnitude += abs(term)
            }
            // A sum of n floats is off by n 2^-24 of the sum of their magnitudes at most.
            bound[place] = Double(depth + 2) * 0x1p-24 * (abs(expected[place]) + magnitude)
            expected[place] += sum
          }
        }
        for rows in 1...most {
          let c = WalledFloats(start)
          var product = tfk_product(
            a: a.base, a_row: Int64(aRow), a_step: Int64(aStep), b: b.base, b_row: Int64(bRow),
            c: c.base, c_row: Int64(cRow), rows: Int64(rows), depth: Int64(depth),
            width: Int32(width))
          kernels.multiply(&product)
          let wrong = start.indices.count { place in
            let isPart = place / cRow < rows && place % cRow < width
            return isPart
              ? !(abs(Double(c.base[place]) - expected[place]) <= bound[place])
              : c.base[place] != start[place]
          }
          #expect(
            wrong == 0 && c.wallsStand, "\(rows) rows, depth \(depth), transposed \(isTransposed)")
        }
      }
    }
  }

  @Test("Nothing is added by a product of no depth or of no rows", arguments: KernelInstances.all)
  func emptyProduct(name: String) throws {
    let kernels = try KernelInstances.table(name)
    let a = WalledFloats(count: 1, value: 1)
    let b = WalledFloats(count: 16, value: 1)
    for (rows, depth) in [(3, 0), (0, 3)] {
      let c = WalledFloats(count: 48, value: 2)
      var product = tfk_product(
        a: a.base, a_row: 0, a_step: 0, b: b.base, b_row: 0, c: c.base, c_row: 16,
        rows: Int64(rows), depth: Int64(depth), width: 16)
      kernels.multiply(&product)
      #expect(c.values.allSatisfy { $0 == 2 } && c.wallsStand)
    }
  }

  @Test(
    "Rows are one row, or what they were, and those of up to two tables, by index or in order",
    arguments: KernelInstances.all, widths)
  func combineRows(name: String, width: Int) throws {
    let kernels = try KernelInstances.table(name)
    let row = TestNumbers.floats(width, seed: 1)
    let tables = [TestNumbers.floats(9 * width, seed: 2), TestNumbers.floats(9 * width, seed: 3)]
    let indices: [[Int32]] = [[8, 0, 3, 3, 0, 7], [1, 1, 0, 8, 2, 5]]
    for (hasRow, used) in [(true, 0), (true, 1), (true, 2), (false, 1), (false, 2)] {
      for isIndexed in [true, false] {
        let start = TestNumbers.floats(indices[0].count * width, seed: 4)
        let out = WalledFloats(start)
        kernels.combine_rows(
          hasRow ? row : nil, used > 0 ? tables[0] : nil, isIndexed ? indices[0] : nil,
          used > 1 ? tables[1] : nil, isIndexed ? indices[1] : nil, Int64(indices[0].count),
          Int32(width), out.base)
        let expected = start.indices.map { place in
          var sum = hasRow ? row[place % width] : start[place]
          for table in 0..<used {
            let from = isIndexed ? Int(indices[table][place / width]) : place / width
            sum += tables[table][from * width + place % width]
          }
          return sum
        }
        #expect(out.values == expected && out.wallsStand)
      }
      let none = WalledFloats(count: 0)
      kernels.combine_rows(
        hasRow ? row : nil, used > 0 ? tables[0] : nil, nil, used > 1 ? tables[1] : nil, nil, 0,
        Int32(width), none.base)
      #expect(none.wallsStand)
    }
  }

  @Test("Values below 0 become 0, in place too", arguments: KernelInstances.all)
  func rectify(name: String) throws {
    let kernels = try KernelInstances.table(name)
    for count in [16, 48, 160] {
      let x = WalledFloats(TestNumbers.floats(count, seed: 4))
      let expected = x.values.map { max($0, 0) }
      let out = WalledFloats(count: count, value: 9)
      kernels.rectify(x.base, Int64(count), out.base)
      #expect(out.values == expected && out.wallsStand)
      kernels.rectify(x.base, Int64(count), x.base)
      #expect(x.values == expected && x.wallsStand)
    }
  }

  @Test("Columns' sums and sums of squares are added", arguments: KernelInstances.all, widths)
  func columns(name: String, width: Int) throws {
    let kernels = try KernelInstances.table(name)
    for count in [0, 1, 2, 13, 40] {
      let rows = TestNumbers.floats(count * width, seed: 5)
      let start = TestNumbers.floats(width, seed: 6)
      var sums = start.doubles
      var squares = start.doubles
      for place in rows.indices {
        sums[place % width] += Double(rows[place])
        squares[place % width] += Double(rows[place]) * Double(rows[place])
      }
      let out = WalledFloats(start)
      kernels.column_sums(rows, Int64(count), Int32(width), out.base)
      #expect(distance(out.values, sums) < 2e-6 && out.wallsStand)
      var ownSums = start.doubles
      var ownSquares = start.doubles
      kernels.column_moments(rows, Int64(count), Int32(width), &ownSums, &ownSquares)
      // These are in double precision.
      #expect(zip(ownSums, sums).allSatisfy { abs($0 - $1) < 1e-13 })
      #expect(zip(ownSquares, squares).allSatisfy { abs($0 - $1) < 1e-13 })
    }
  }

  @Test("Columns of any number are standardised", arguments: KernelInstances.all)
  func standardise(name: String) throws {
    let kernels = try KernelInstances.table(name)
    for columns in 1...20 {
      let x = TestNumbers.floats(11 * columns, seed: 7)
      let mean = TestNumbers.floats(columns, seed: 8)
      let scale = TestNumbers.floats(columns, seed: 9)
      let out = WalledFloats(count: x.count)
      kernels.standardise(x, 11, Int32(columns), mean, scale, out.base)
      let expected = x.indices.map {
        (Double(x[$0]) - Double(mean[$0 % columns])) * Double(scale[$0 % columns])
      }
      #expect(distance(out.values, expected) < 2e-6 && out.wallsStand)
    }
  }

  @Test(
    "A node's sum is that of its rows, in any order, with or without factors",
    arguments: KernelInstances.all, [16, 48, 144])
  func sumRows(name: String, width: Int) throws {
    let kernels = try KernelInstances.table(name)
    let first: [Int32] = [0, 0, 3, 4, 4, 9, 9]
    let order: [Int32] = [4, 0, 8, 2, 1, 7, 3, 6, 5]
    let rows = TestNumbers.floats(9 * width, seed: 10)
    let factors = TestNumbers.floats(18, seed: 11)
    for (isOrdered, step) in [(false, 0), (true, 0), (false, 1), (true, 1), (true, 2)] {
      for (low, high) in [(0, 6), (1, 5), (2, 2), (3, 4)] {
        var expected = [Double](repeating: 5, count: 6 * width)
        for node in low..<high {
          for column in 0..<width {
            expected[node * width + column] = (first[node]..<first[node + 1]).reduce(0) { sum, i in
              let row = isOrdered ? Int(order[Int(i)]) : Int(i)
              let factor = step == 0 ? 1 : Double(factors[row * step])
              return sum + factor * Double(rows[row * width + column])
            }
          }
        }
        let out = WalledFloats(count: 6 * width, value: 5)
        factors.withUnsafeBufferPointer { factors in
          order.withUnsafeBufferPointer { order in
            kernels.sum_rows(
              rows, first, isOrdered ? order.baseAddress : nil,
              step == 0 ? nil : factors.baseAddress, Int32(step), Int64(low), Int64(high),
              Int32(width), out.base)
          }
        }
        #expect(distance(out.values, expected) < 2e-6 && out.wallsStand)
      }
    }
  }

  @Test(
    "Gated sums take their gradient back to rows, weights and biases",
    arguments: KernelInstances.all, [(3, 16), (16, 16), (17, 32)])
  func gatesBack(name: String, size: (real: Int, width: Int)) throws {
    let kernels = try KernelInstances.table(name)
    let (real, width) = size
    let a: [Int32] = [0, 0, 2, 3, 3, 3, 1]
    let b: [Int32] = [3, 1, 1, 0, 2, 2, 2]
    let state = TestNumbers.rows(7, real: real, width: width, seed: 12)
    let weight = TestNumbers.rows(2, real: real, width: width, seed: 13)
    let bias = TestNumbers.floats(2, seed: 14)
    let gradientA = TestNumbers.rows(4, real: real, width: width, seed: 15)
    let gradientB = TestNumbers.rows(4, real: real, width: width, seed: 16)
    let plain = PlainKernels.GatedSum(
      width: width, state: state.doubles, weight: weight.doubles, bias: bias.doubles,
      gradientA: gradientA.doubles, gradientB: gradientB.doubles, a: a.map(Int.init),
      b: b.map(Int.init))
    func differences(_ part: WritableKeyPath<PlainKernels.GatedSum, [Double]>) -> [Double] {
      PlainKernels.differences(plain[keyPath: part]) { values in
        var moved = plain
        moved[keyPath: part] = values
        return PlainKernels.gatedSum(moved)
      }
    }
    let gate = (0..<14).map { place in
      let row = Array(plain.state[place / 2 * width..<(place / 2 + 1) * width])
      let gate = Array(plain.weight[place % 2 * width..<(place % 2 + 1) * width])
      return Float(PlainKernels.sigmoid(PlainKernels.dot(row, gate) + plain.bias[place % 2]))
    }
    let start = TestNumbers.rows(7, real: real, width: width, seed: 17)
    let gradient = WalledFloats(start)
    let weightSum = WalledFloats(count: 2 * width, value: 0.5)
    let biasSum = WalledFloats(count: 2, value: 0.25)
    gradientA.withUnsafeBufferPointer { gradientA in
      gradientB.withUnsafeBufferPointer { gradientB in
        weight.withUnsafeBufferPointer { weight in
          var gates = tfk_gates(
            gradient_a: gradientA.baseAddress, gradient_b: gradientB.baseAddress,
            weight: weight.baseAddress, width: Int32(width))
          kernels.gates_back(
            &gates, state, gate, a, b, 7, gradient.base, weightSum.base, biasSum.base)
        }
      }
    }
    #expect(
      distance(gradient.values, zip(start.doubles, differences(\.state)).map(+)) < 1e-5,
      "padding of the gradient included")
    #expect(distance(weightSum.values, differences(\.weight).map { $0 + 0.5 }) < 1e-5)
    #expect(distance(biasSum.values, differences(\.bias).map { $0 + 0.25 }) < 1e-5)
    #expect(gradient.wallsStand && weightSum.wallsStand && biasSum.wallsStand)
  }
}
