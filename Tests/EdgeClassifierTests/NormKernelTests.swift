import CNumericKernels
import Testing

/// The norms of every instance against plain Swift, and their gradients against its differences.
struct NormKernelTests {
  /// Widths without and with padding.
  static let sizes = [(2, 16), (16, 16), (17, 32), (33, 48), (64, 64), (130, 144)]
  static let rowCount = 9

  /// Rows of a norm without padding, and the kernel's view of it with padding.
  final class Case {
    let real: Int
    let width: Int
    let plain: PlainNorm
    let rows: [Double]
    let slope: [Double]
    private let gain: WalledFloats
    private let shift: WalledFloats
    private let mask: WalledFloats

    init(_ size: (real: Int, width: Int), isRectified: Bool) {
      let (real, width) = size
      self.real = real
      self.width = width
      let gains = TestNumbers.rows(1, real: real, width: width, seed: 21)
      let shifts = TestNumbers.rows(1, real: real, width: width, seed: 22)
      gain = WalledFloats(gains)
      shift = WalledFloats(shifts)
      mask = WalledFloats((0..<width).map { $0 < real ? 1 : 0 })
      plain = PlainNorm(
        gain: Array(gains.doubles[..<real]), shift: Array(shifts.doubles[..<real]),
        isRectified: isRectified)
      rows = TestNumbers.floats(NormKernelTests.rowCount * real, seed: 23).doubles
      slope = TestNumbers.floats(NormKernelTests.rowCount * real, seed: 24).doubles
    }

    var norm: tfk_norm {
      tfk_norm(
        gain: gain.base, shift: shift.base, mask: mask.base, width: Int32(width),
        real: Int32(real), rectified: plain.isRectified ? 1 : 0)
    }

    func padded(_ values: [Double]) -> [Double] {
      (0..<values.count / real * width).map { place in
        place % width < real ? values[place / width * real + place % width] : 0
      }
    }

    func walled(_ values: [Double]) -> WalledFloats {
      WalledFloats(padded(values).map { Float($0) })
    }

    func table(_ values: Int = NormKernelTests.rowCount) -> WalledFloats {
      WalledFloats(count: values * width, value: 3)
    }

    func isZeroInPadding(_ values: WalledFloats) -> Bool {
      values.values.indices.allSatisfy { $0 % width < real || values.base[$0] == 0 }
    }

    /// The scalar whose gradient at the output is `slope`.
    func scalar(_ hat: [Double], _ norm: PlainNorm) -> Double {
      PlainKernels.dot(norm.finish(hat), slope)
    }
  }

  @Test(
    "A layer norm is the plain one and leaves 0 in the padding, in place too",
    arguments: KernelInstances.all, sizes)
  func layerNorm(name: String, size: (Int, Int)) throws {
    let kernels = try KernelInstances.table(name)
    for isRectified in [false, true] {
      let one = Case(size, isRectified: isRectified)
      let hat = one.plain.layerHat(one.rows)
      let inverses = (0..<Self.rowCount).map {
        PlainNorm.moments(Array(one.rows[$0 * one.real..<($0 + 1) * one.real])).inverse
      }
      for isInPlace in [false, true] {
        let rows = one.walled(one.rows)
        let normalised = isInPlace ? rows : one.table()
        let out = one.table()
        let inverse = WalledFloats(count: Self.rowCount)
        var norm = one.norm
        kernels.layer_norm(
          &norm, rows.base, Int64(Self.rowCount), normalised.base, inverse.base, out.base)
        #expect(distance(normalised.values, one.padded(hat)) < 1e-5)
        #expect(distance(inverse.values, inverses) < 1e-5)
        #expect(distance(out.values, one.padded(one.plain.finish(hat))) < 1e-5)
        #expect(one.isZeroInPadding(normalised) && one.isZeroInPadding(out))
        #expect(rows.wallsStand && normalised.wallsStand && inverse.wallsStand && out.wallsStand)
        let again = one.table()
        let source = one.walled(one.rows)
        kernels.layer_norm(&norm, source.base, Int64(Self.rowCount), source.base, nil, again.base)
        #expect(again.values == out.values, "the factors may be left out")
      }
    }
  }

  @Test("A layer norm of equal values is 0, whatever they are", arguments: KernelInstances.all)
  func flatRows(name: String) throws {
    let kernels = try KernelInstances.table(name)
    let one = Case((16, 16), isRectified: false)
    let rows = WalledFloats(count: 16, value: 4)
    var norm = one.norm
    kernels.layer_norm(&norm, rows.base, 1, rows.base, nil, rows.base)
    #expect(distance(rows.values, one.plain.shift) < 2e-6)
  }

  @Test(
    "A layer norm's gradient is the plain formula's and that of differences",
    arguments: KernelInstances.all, sizes)
  func layerNormBack(name: String, size: (Int, Int)) throws {
    let kernels = try KernelInstances.table(name)
    for isRectified in [false, true] {
      let one = Case(size, isRectified: isRectified)
      let rows = one.walled(one.rows)
      let inverse = WalledFloats(count: Self.rowCount)
      let out = one.table()
      var norm = one.norm
      kernels.layer_norm(
        &norm, rows.base, Int64(Self.rowCount), rows.base, inverse.base, out.base)
      let gradient = one.walled(one.slope)
      let gains = WalledFloats(count: one.width, value: 0.5)
      let shifts = WalledFloats(count: one.width, value: 0.25)
      kernels.layer_norm_back(
        &norm, gradient.base, rows.base, inverse.base, Int64(Self.rowCount), gains.base,
        shifts.base)
      let plain = one.plain.layerBack(one.slope, rows: one.rows)
      // Two values become 1 and -1 nearly whatever they are: the gradient is what cancellation leaves.
      let tolerance = one.real == 2 ? 1e-4 : 1e-5
      #expect(distance(gradient.values, one.padded(plain.rows)) < tolerance)
      #expect(distance(gains.values, one.padded(plain.gain).map { $0 + 0.5 }) < 1e-5)
      #expect(distance(shifts.values, one.padded(plain.shift).map { $0 + 0.25 }) < 1e-5)
      #expect(one.isZeroInPadding(gradient))
      #expect(gradient.wallsStand && gains.wallsStand && shifts.wallsStand)

      let byDifferences = PlainKernels.differences(one.rows) {
        one.scalar(one.plain.layerHat($0), one.plain)
      }
      #expect(distance(gradient.values, one.padded(byDifferences)) < tolerance)
      expect(gains, shifts, areDifferencesOf: one, hat: one.plain.layerHat(one.rows))
    }
  }

  @Test(
    "A batch norm is the plain one and leaves 0 in the padding, in place too",
    arguments: KernelInstances.all, sizes)
  func batchNorm(name: String, size: (Int, Int)) throws {
    let kernels = try KernelInstances.table(name)
    for isRectified in [false, true] {
      let one = Case(size, isRectified: isRectified)
      let hat = one.plain.batchHat(one.rows)
      let (mean, inverse) = try moments(one, kernels)
      for isInPlace in [false, true] {
        let rows = one.walled(one.rows)
        let normalised = isInPlace ? rows : one.table()
        let out = one.table()
        var norm = one.norm
        kernels.batch_norm(
          &norm, mean.base, inverse.base, rows.base, Int64(Self.rowCount), normalised.base,
          out.base)
        #expect(distance(normalised.values, one.padded(hat)) < 1e-5)
        #expect(distance(out.values, one.padded(one.plain.finish(hat))) < 1e-5)
        #expect(one.isZeroInPadding(normalised) && one.isZeroInPadding(out))
        #expect(rows.wallsStand && normalised.wallsStand && out.wallsStand)
      }
    }
  }

  @Test(
    "A batch norm's gradient counts what each row does to mean and deviation",
    arguments: KernelInstances.all, sizes)
  func batchNormBack(name: String, size: (Int, Int)) throws {
    let kernels = try KernelInstances.table(name)
    let count = Int64(Self.rowCount)
    for isRectified in [false, true] {
      let one = Case(size, isRectified: isRectified)
      let (mean, inverse) = try moments(one, kernels)
      let rows = one.walled(one.rows)
      let out = one.table()
      var norm = one.norm
      kernels.batch_norm(&norm, mean.base, inverse.base, rows.base, count, rows.base, out.base)
      let gradient = one.walled(one.slope)
      let gains = WalledFloats(count: one.width, value: 0.5)
      let shifts = WalledFloats(count: one.width, value: 0.25)
      kernels.batch_norm_sums(&norm, gradient.base, rows.base, count, gains.base, shifts.base)
      let gainMean = WalledFloats(gains.values.map { ($0 - 0.5) / Float(count) })
      let shiftMean = WalledFloats(shifts.values.map { ($0 - 0.25) / Float(count) })
      kernels.batch_norm_back(
        &norm, inverse.base, gainMean.base, shiftMean.base, gradient.base, rows.base, count)
      let byDifferences = PlainKernels.differences(one.rows) {
        one.scalar(one.plain.batchHat($0), one.plain)
      }
      #expect(distance(gradient.values, one.padded(byDifferences)) < 1e-5)
      #expect(one.isZeroInPadding(gradient))
      expect(gains, shifts, areDifferencesOf: one, hat: one.plain.batchHat(one.rows))
      #expect(gradient.wallsStand && gains.wallsStand && shifts.wallsStand)
    }
  }

  /// Mean and inverse deviation of the columns by the kernel's sums, 0 in the padding.
  private func moments(
    _ one: Case, _ kernels: tfk_kernels
  ) throws -> (mean: WalledFloats, inverse: WalledFloats) {
    let rows = one.walled(one.rows)
    var sums = [Double](repeating: 0, count: one.width)
    var squares = sums
    kernels.column_moments(rows.base, Int64(Self.rowCount), Int32(one.width), &sums, &squares)
    let count = Double(Self.rowCount)
    let mean = sums.map { $0 / count }
    let inverse = (0..<one.width).map { k in
      k < one.real ? 1 / (squares[k] / count - mean[k] * mean[k] + 1e-5).squareRoot() : 0
    }
    return (WalledFloats(mean.map { Float($0) }), WalledFloats(inverse.map { Float($0) }))
  }

  /// The sums began at 0.5 and 0.25.
  private func expect(
    _ gains: WalledFloats, _ shifts: WalledFloats, areDifferencesOf one: Case, hat: [Double]
  ) {
    let byGain = PlainKernels.differences(one.plain.gain) { gain in
      one.scalar(
        hat, PlainNorm(gain: gain, shift: one.plain.shift, isRectified: one.plain.isRectified))
    }
    let byShift = PlainKernels.differences(one.plain.shift) { shift in
      one.scalar(
        hat, PlainNorm(gain: one.plain.gain, shift: shift, isRectified: one.plain.isRectified))
    }
    #expect(distance(gains.values, one.padded(byGain).map { $0 + 0.5 }) < 1e-5)
    #expect(distance(shifts.values, one.padded(byShift).map { $0 + 0.25 }) < 1e-5)
  }
}
