import CNumericKernels
import EdgeClassifier
import Foundation
import TestSupport
import Testing

@Suite("The kernels' doublets")
struct DoubletKernelTests {
  /// Pairs of hits: random ones, and those where formulas change or cancel.
  private struct Pairs {
    var records = HitRecords()
    var from: [Int32] = []
    var to: [Int32] = []
    var value: [Float] = []

    init() {
      var random = SeededGenerator(state: 3)
      for _ in 0..<300 {
        let (r, turn) = (random.uniform(20, 900), random.uniform(-0.4, 0.4))
        let azimuth = random.uniform(-.pi, .pi)
        let far = random.uniform(20, 1000)
        add(
          (r * cos(azimuth), r * sin(azimuth), random.uniform(-2900, 2900)),
          (far * cos(azimuth + turn), far * sin(azimuth + turn), random.uniform(-2900, 2900)),
          &random)
      }
      // A straight way from the beam line, along an axis and not.
      add((30, 0, 5), (70, 0, 12), &random)
      add((0, -30, 5), (0, -70, 12), &random)
      add((30, 40, -5), (60, 80, 7), &random)
      // A barely bent one, across azimuth pi.
      add((-50, 1e-4, 5), (-90, -1e-4, 900), &random)
      add((-50, 3, 5), (-90, -3, -30), &random)
      // Equal radii; the same place but for z; the beam line itself.
      add((30, 40, 5), (40, 30, 12), &random)
      add((30, 40, 5), (30, 40, 12), &random)
      add((0, 0, 1), (30, 40, 12), &random)
      add((1e-4, 0, 1), (30, 40, 12), &random)
      // Almost half a turn, and where the series of the arc ends.
      for w in [0.02, 0.0499, 0.0501, 0.49, 0.51, 0.9, 0.999] {
        let helix = ToyHelix(
          origin: SIMD3(0, 0, 3), azimuth: 1, curvature: 2 * w / 500, slope: -0.7)
        let (near, far) = (helix.place(40), helix.place(asin(w) * 500 / w))
        add((near.x, near.y, near.z), (far.x, far.y, far.z), &random)
      }
    }

    private mutating func add(
      _ a: (Double, Double, Double), _ b: (Double, Double, Double), _ random: inout SeededGenerator
    ) {
      from.append(Int32(records.count))
      records.add(a.0, a.1, a.2, &random)
      to.append(Int32(records.count))
      records.add(b.0, b.1, b.2, &random)
      value.append(from.count % 9 == 0 ? 0 : Float(random.logarithmic(1e-10, 1)))
    }

    /// Features [22][stride], and behind them the circles [3][count].
    func compute(
      _ kernels: Kernels, turns: Bool, rows: Range<Int>, stride: Int
    ) -> (features: [Float], circles: [[Float]]) {
      var features = [Float](repeating: -7, count: 22 * stride)
      var (c, z0, slope) = ([Float](), [Float](), [Float]())
      for _ in 0...rows.count {
        c.append(-7)
        z0.append(-7)
        slope.append(-7)
      }
      let (from, to, value) = (Array(from[rows]), Array(to[rows]), Array(value[rows]))
      var doublets = tfk_doublets()
      records.values.withUnsafeBufferPointer { hits in
        from.withUnsafeBufferPointer { from in
          to.withUnsafeBufferPointer { to in
            value.withUnsafeBufferPointer { value in
              doublets = tfk_doublets(
                hits: hits.baseAddress, from: from.baseAddress, to: to.baseAddress,
                value: value.baseAddress, turns: turns ? 1 : 0, places_only: 0)
              kernels.table.pointee.doublet_features(
                &doublets, Int64(rows.count), Int64(stride), &features, &c, &z0, &slope)
            }
          }
        }
      }
      return (features, [c, z0, slope])
    }
  }

  @Test("have the formulas' features and circles", arguments: [true, false])
  func formulas(turns: Bool) {
    let pairs = Pairs()
    let stride = (pairs.from.count + 15) / 16 * 16
    var random = SeededGenerator(state: 8)
    for kernels in Kernels.available {
      let (features, circles) = pairs.compute(
        kernels, turns: turns, rows: pairs.from.indices, stride: stride)
      for row in pairs.from.indices {
        let (a, b) = (pairs.records.plain(pairs.from[row]), pairs.records.plain(pairs.to[row]))
        let value = Double(pairs.value[row])
        let exact = PlainDoublet(a, b)
        let moved = (0..<12).map { _ in PlainDoublet(a.moved(&random), b.moved(&random)) }
        let allowed = Allowance(
          exact.features(value: value, turns: turns),
          moved: moved.map { $0.features(value: value, turns: turns) })
        let broken = allowed.broken((0..<22).map { features[$0 * stride + row] })
        #expect(broken.isEmpty, "\(kernels.name), row \(row)")
        let circle = Allowance(exact.circle, moved: moved.map(\.circle))
        #expect(
          circle.broken(circles.map { $0[row] }, floor: 3e-6).isEmpty, "\(kernels.name), \(row)")
        #expect(
          abs(Double(circles[0][row]) - exact.curvature) < 1e-6 * max(1e-3, abs(exact.curvature))
            + 6 * circle.spread[0])
      }
      #expect(circles.allSatisfy { $0.last == -7 })
    }
  }

  @Test("know the helix that two exact hits are on")
  func helices() {
    var random = SeededGenerator(state: 4)
    for _ in 0..<500 {
      let helix = ToyHelix(
        origin: SIMD3(0, 0, random.uniform(-100, 100)), azimuth: random.uniform(-.pi, .pi),
        curvature: random.sign() * random.logarithmic(1e-9, 0.012), slope: random.uniform(-5, 5))
      let end = min(900, 0.95 * .pi / abs(helix.curvature))
      let (near, far) = (helix.place(random.uniform(0.05, 0.4) * end), helix.place(end * 0.5))
      var records = HitRecords()
      records.add(near.x, near.y, near.z, &random)
      records.add(far.x, far.y, far.z, &random)
      // The plain formulas agree with the geometry to what floats lose of the places.
      let plain = PlainDoublet(records.plain(0), records.plain(1))
      #expect(abs(plain.curvature - helix.curvature) < 1e-5 * (1e-2 + abs(helix.curvature)))
      #expect(abs(plain.slope - helix.slope) < 1e-4 * (1 + abs(helix.slope)))
      #expect(abs(plain.z0 - helix.origin.z) < 0.05)
    }
  }

  @Test("do not depend on their place among others")
  func places() {
    let pairs = Pairs()
    for kernels in Kernels.available {
      let (whole, circles) = pairs.compute(kernels, turns: true, rows: 0..<64, stride: 64)
      for count in 1...20 {
        for first in [0, 1, 5, 31] {
          let (part, own) = pairs.compute(
            kernels, turns: true, rows: first..<first + count, stride: 32)
          for feature in 0..<22 {
            #expect(
              part[feature * 32..<feature * 32 + count].map(\.bitPattern)
                == whole[feature * 64 + first..<feature * 64 + first + count].map(\.bitPattern))
          }
          for number in 0..<3 {
            #expect(own[number].dropLast().elementsEqual(circles[number][first..<first + count]))
          }
        }
      }
    }
  }

  @Test("fall into the table's cells")
  func cells() {
    let pairs = Pairs()
    let most: Float = 0.012
    for kernels in Kernels.available {
      var cells = [Int32](repeating: -9, count: pairs.from.count + 1)
      kernels.table.pointee.candidate_cells(
        pairs.records.values, pairs.from, pairs.to, Int64(pairs.from.count), most, &cells)
      var close = 0
      for row in pairs.from.indices {
        let plain = PlainDoublet(
          pairs.records.plain(pairs.from[row]), pairs.records.plain(pairs.to[row]))
        guard let cell = PlainCell(plain, most: Double(most)).only else {
          close += 1
          continue
        }
        #expect(Int(cells[row]) == cell, "\(kernels.name), row \(row)")
      }
      #expect(close < pairs.from.count / 10)
      #expect(cells.last == -9)
    }
  }
}
