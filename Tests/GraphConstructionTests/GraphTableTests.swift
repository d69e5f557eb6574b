import EventData
import Foundation
import GraphConstruction
import TestSupport
import Testing

@Suite("Graphs from files")
struct GraphTableTests {
  /// Nodes of (r, phi, z), edges of (start, end, label).
  private func table(
    _ nodes: [(Double, Double, Double)], _ edges: [(Int32, Int32, UInt8)]
  ) -> GraphTable {
    var table = GraphTable()
    table.r = nodes.map(\.0)
    table.phi = nodes.map(\.1)
    table.z = nodes.map(\.2)
    table.start = edges.map(\.0)
    table.end = edges.map(\.1)
    table.label = edges.map(\.2)
    return table
  }

  @Test("stand in layer order, with edges by start and end and hits numbered by the file")
  func order() throws {
    let table = table(
      [(72, 0.5, 3), (32, 0.4, 1), (116, 0.6, 5), (33, 1, 2), (73, 1.1, 4)],
      [(3, 4, 0), (0, 2, 1), (1, 4, 0), (1, 0, 1), (4, 2, 0)])
    let graph = HitGraph(table)
    try graph.validate()
    #expect(graph.hitID == [2, 4, 1, 5, 3])
    #expect(graph.layer == [100, 100, 101, 101, 102])
    #expect(graph.start == [0, 0, 1, 2, 3])
    #expect(graph.end == [2, 3, 3, 4, 4])
    #expect(graph.label == [1, 0, 0, 1, 0])
    #expect(
      Array(graph.features[..<5])
        == [
          Float(32 * cos(0.4) / 1000), Float(32 * sin(0.4) / 1000), 0.001, 0.032, Float(0.4 / .pi),
        ])
    #expect(graph.hitWeight.isEmpty && graph.transverseMomentum.isEmpty)
  }

  @Test("have the depth of a node as its layer where radii do not part the edges' ends")
  func depth() throws {
    // Three disks, crossed at nearly one radius.
    let graph = HitGraph(
      table(
        [(50, 0, 600), (51, 0, 700), (52, 0, 800), (50, 1, 600), (52, 1, 800)],
        [(0, 1, 1), (1, 2, 1), (3, 4, 1), (0, 2, 0)]))
    try graph.validate()
    #expect(graph.hitID == [1, 4, 2, 5, 3])
    #expect(graph.layer == [100, 100, 101, 101, 102])
    #expect(graph.end == [2, 4, 3, 4])
  }

  @Test("are valid for any outward edges")
  func random() throws {
    for seed in 1...50 as ClosedRange<UInt64> {
      var generator = SeededGenerator(state: seed)
      let step = seed % 2 == 0 ? 40.0 : 7.0
      var table = GraphTable()
      for _ in 0..<30 {
        table.r.append(step * Double.random(in: 1...9, using: &generator).rounded())
        table.phi.append(.random(in: -3...3, using: &generator))
        table.z.append(.random(in: -500...500, using: &generator).rounded())
      }
      var expected: Set<[Int32]> = []
      for start in table.r.indices {
        for end in table.r.indices
        where table.isInner(start, than: end) == true
          && Int.random(in: 0..<4, using: &generator) == 0
        {
          table.start.append(Int32(start))
          table.end.append(Int32(end))
          table.label.append(UInt8.random(in: 0...1, using: &generator))
          expected.insert([Int32(start) + 1, Int32(end) + 1, Int32(table.label.last ?? 0)])
        }
      }
      let graph = HitGraph(table)
      try graph.validate()
      let starts = graph.start
      let edges = (0..<graph.edgeCount).map {
        [
          graph.hitID[Int(starts[$0])], graph.hitID[Int(graph.end[$0])], Int32(graph.label[$0]),
        ]
      }
      #expect(Set(edges) == expected && edges.count == expected.count)
    }
  }

  @Test(
    "have the ten barrel layers where they are real",
    .enabled(if: SharedData.isPresent, "\(SharedData.absence)"))
  func realGraphs() throws {
    let events = try EventFolder(path: SharedData.path("data/qtrkx_graphs"))
    for event in events.events {
      let table = try EventReader.graph(atPieces: events.paths(of: .graph, event: event))
      let graph = HitGraph(table)
      try graph.validate()
      #expect(Set(graph.layer) == Set(100...109))
      #expect(graph.edgeCount == table.edgeCount)
      #expect(
        zip(graph.start, graph.end).allSatisfy { graph.layer[Int($0)] + 1 == graph.layer[Int($1)] })
    }
  }
}
