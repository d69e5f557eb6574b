import EdgeClassifier
import TestSupport
import Testing

@Suite("The kernels' triplets")
struct TripletKernelTests {
  private let pieces = TripletPieces()

  @Test("have the formulas' features", arguments: [false, true])
  func formulas(isRich: Bool) {
    let stride = (pieces.count + 15) / 16 * 16
    var random = SeededGenerator(state: 9)
    for kernels in Kernels.available {
      let features = pieces.features(
        Array(0..<pieces.count), isRich: isRich, stride: stride, kernels: kernels)
      for row in 0..<pieces.count {
        let hits = (0..<3).map { pieces.records.plain(Int32(3 * row + $0)) }
        let scores = (Double(pieces.score[2 * row]), Double(pieces.score[2 * row + 1]))
        let exact = PlainTriplet(hits[0], hits[1], hits[2]).features(scores: scores)
        let moved = (0..<16).map { _ in
          PlainTriplet(hits[0].moved(&random), hits[1].moved(&random), hits[2].moved(&random))
            .features(scores: scores)
        }
        let broken = Allowance(exact, moved: moved)
          .broken((0..<31).map { features[$0 * stride + row] }, floor: 5e-5)
        #expect(
          broken.isEmpty,
          "\(kernels.name), row \(row): \(broken.map { (features[$0 * stride + row], exact[$0]) })")
        guard isRich else { continue }
        let own = (31..<75).map { features[$0 * stride + row] }
        #expect(own == Array(pieces.rows[44 * row..<44 * row + 44]))
      }
    }
  }

  @Test("do not depend on their place among others", arguments: [false, true])
  func places(isRich: Bool) {
    let width = isRich ? 75 : 31
    for kernels in Kernels.available {
      let whole = pieces.features(
        Array(0..<64), isRich: isRich, stride: 64, kernels: kernels)
      for count in 1...18 {
        let rows = (0..<count).map { (7 + 5 * $0) % 64 }
        let part = pieces.features(rows, isRich: isRich, stride: 32, kernels: kernels)
        for (place, row) in rows.enumerated() {
          #expect(
            (0..<width).allSatisfy {
              part[$0 * 32 + place].bitPattern == whole[$0 * 64 + row].bitPattern
            }, "\(kernels.name), row \(row) in place \(place) of \(count)")
        }
      }
    }
  }
}
