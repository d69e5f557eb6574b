import EventData
import Foundation
import GraphConstruction
import TestSupport
import Testing

@Suite("Graphs of layers with many hits")
struct LargeLayerTests {
  @Test(
    "have exactly the edges that comparing all pairs gives, hits at the same place included",
    arguments: [(0.2, 15.0), (3.5, 3), (3.1, 40)])
  func bruteForce(maxDeltaPhi: Double, maxDeltaZ: Double) throws {
    var generator = SeededGenerator(state: 5)
    var hits = HitTable()
    for id in 1...3600 as ClosedRange<Int32> {
      // Few directions and few z, so that many hits share them, phi = pi and -pi among them.
      let phi = Double(Int.random(in: -90...90, using: &generator)) / 90 * Double.pi
      hits.append(
        id, x: 30 * cos(phi), y: id % 7 == 0 ? -0.0 : 30 * sin(phi),
        z: Double(Int.random(in: -49...49, using: &generator)), volume: 8,
        layer: id % 2 == 0 ? 2 : 4)
    }
    let graph = try LayerPairGraphBuilder(
      selection: .notebook, maxDeltaPhi: maxDeltaPhi, maxDeltaZ: maxDeltaZ
    ).graph(hits: hits, truth: nil)
    try graph.validate()

    let rows = graph.hitID.map { Int($0) - 1 }
    let phi = rows.map { atan2(hits.y[$0], hits.x[$0]) }
    let z = rows.map { hits.z[$0] }
    var end: [Int32] = []
    var first: [Int32] = [0]
    for start in rows.indices {
      for other in rows.indices where graph.layer[start] == 802 && graph.layer[other] == 804 {
        var deltaPhi = abs(phi[other] - phi[start])
        if deltaPhi > .pi { deltaPhi = 2 * .pi - deltaPhi }
        if deltaPhi < maxDeltaPhi && abs(z[other] - z[start]) < maxDeltaZ {
          end.append(Int32(other))
        }
      }
      first.append(Int32(end.count))
    }
    #expect(graph.end == end)
    #expect(graph.firstEdge == first)
  }
}
