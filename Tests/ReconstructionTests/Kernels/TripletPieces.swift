import CNumericKernels
import EdgeClassifier
import Foundation
import TestSupport

/// Triplets of three hits each: doublets 2 i and 2 i + 1 share hit 3 i + 1.
struct TripletPieces {
  private(set) var records = HitRecords()
  private(set) var from: [Int32] = []
  private(set) var to: [Int32] = []
  private(set) var circles: [[Float]] = [[], [], []]
  private(set) var score: [Float] = []
  /// Features of the doublets, [doublets][22].
  private(set) var rows: [Float] = []

  var count: Int { from.count / 2 }

  init(random count: Int = 250) {
    var random = SeededGenerator(state: 6)
    for number in 0..<count {
      // On a helix, displaced ones among them, and a hit more or less moved away.
      let helix = ToyHelix(
        origin: SIMD3(random.uniform(-30, 30), random.uniform(-30, 30), random.uniform(-80, 80)),
        azimuth: random.uniform(-.pi, .pi),
        curvature: random.sign() * random.logarithmic(1e-8, 0.006), slope: random.uniform(-4, 4))
      let off = number % 3 == 0 ? 0 : random.uniform(-5, 5)
      let start = random.uniform(40, 80)
      let places = [start, start + random.uniform(5, 100), start + random.uniform(110, 200)]
        .map(helix.place)
      add(places[0], places[1] + SIMD3(off, off / 3, off), places[2], &random)
    }
    // Straight, along an axis and not; three hits above each other; equal radii.
    add(SIMD3(30, 0, 3), SIMD3(60, 0, 6), SIMD3(90, 0, 9), &random)
    add(SIMD3(30, 40, 3), SIMD3(60, 80, 6), SIMD3(90, 120, 10), &random)
    add(SIMD3(30, 40, 600), SIMD3(30, 40, 700), SIMD3(30, 40, 800), &random)
    add(SIMD3(-50, 1, 600), SIMD3(-50.01, 0, 700), SIMD3(-50, -1, 800), &random)
    add(SIMD3(1e-4, 0, 600), SIMD3(3, 0.1, 700), SIMD3(7, 0.3, 800), &random)
  }

  private mutating func add(
    _ a: SIMD3<Double>, _ b: SIMD3<Double>, _ c: SIMD3<Double>, _ random: inout SeededGenerator
  ) {
    let first = Int32(records.count)
    for place in [a, b, c] { records.add(place.x, place.y, place.z, &random) }
    from += [first, first + 1]
    to += [first + 1, first + 2]
    for doublet in 0..<2 {
      let circle = PlainDoublet(
        records.plain(first + Int32(doublet)), records.plain(first + Int32(doublet) + 1)
      ).circle
      for number in 0..<3 { circles[number].append(Float(circle[number])) }
    }
    score += (0..<2).map { _ in Float(random.uniform(-8, 8)) }
    rows += (0..<44).map { _ in Float(random.uniform(-3, 3)) }
  }

  /// Calls a body with some of the triplets as the kernels take them.
  func with(
    _ triplets: [Int], isRich: Bool, _ body: (UnsafePointer<tfk_triplets>) -> Void
  ) {
    let first = triplets.map { Int32(2 * $0) }
    let second = triplets.map { Int32(2 * $0 + 1) }
    let arrays = [records.values, circles[0], circles[1], score, rows]
    let indices = [from, to, first, second]
    // Copies that stay where they are while the kernel runs.
    let floats = arrays.map { FloatBuffer($0) }
    let numbers = indices.map { values in
      let copy = UnsafeMutablePointer<Int32>.allocate(capacity: max(1, values.count))
      copy.initialize(from: values, count: values.count)
      return copy
    }
    var pieces = tfk_triplets()
    pieces.hits = UnsafePointer(floats[0].base)
    pieces.curvature = UnsafePointer(floats[1].base)
    pieces.z0 = UnsafePointer(floats[2].base)
    pieces.score = UnsafePointer(floats[3].base)
    pieces.doublet_rows = isRich ? UnsafePointer(floats[4].base) : nil
    pieces.doublet_features = isRich ? 22 : 0
    pieces.from = UnsafePointer(numbers[0])
    pieces.to = UnsafePointer(numbers[1])
    pieces.first = UnsafePointer(numbers[2])
    pieces.second = UnsafePointer(numbers[3])
    withExtendedLifetime(floats) { body(&pieces) }
    for copy in numbers { copy.deallocate() }
  }

  /// Features of some triplets, [31 or 75][stride].
  func features(
    _ triplets: [Int], isRich: Bool, stride: Int, kernels: Kernels
  ) -> [Float] {
    var out = [Float](repeating: -7, count: (isRich ? 75 : 31) * stride)
    with(triplets, isRich: isRich) {
      kernels.table.pointee.triplet_features($0, Int64(triplets.count), Int64(stride), &out)
    }
    return out
  }
}
