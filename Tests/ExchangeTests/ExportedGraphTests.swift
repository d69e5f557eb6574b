import EventData
import Exchange
import Foundation
import TestSupport
import Testing

@Suite struct ExportedGraphTests {
  /// Two hits of a particle and one of another, two edges.
  private func graph() -> ExportedGraph {
    var graph = ExportedGraph()
    graph.x = [
      0.03, 0, 0.01, 0.03, 0, 0.06, 0.08, 0.02, 0.1, 0.25, -0.1, 0, 0.03, 0.1, 1,
    ]
    graph.start = [0, 0]
    graph.end = [1, 2]
    graph.y = [1, 0]
    graph.hitID = [7, 9, 12]
    graph.particleID = [4_503_668_346_847_232, 4_503_668_346_847_232, 0]
    graph.layer = [802, 804, 804]
    graph.edgeProbability = [0.9, 1e-5]
    return graph
  }

  @Test func theArraysAreThoseThatNumPyReads() throws {
    let folder = try TemporaryFolder()
    let path = folder.appending("graph.npz")
    try Data(try graph().npz()).write(to: URL(filePath: path))
    let archive = try NumPyArchive(path: path)
    #expect(
      archive.names == [
        "x", "edge_index", "edge_attr", "y", "hit_id", "particle_id", "layer", "edge_probability",
      ])
    #expect(try archive.array("x").shape == [3, 5])
    #expect(try archive.float("x") == graph().x)
    #expect(try archive.array("edge_index").shape == [2, 2])
    #expect(try archive.int64("edge_index") == [0, 0, 1, 2])
    #expect(try archive.array("edge_attr").shape == [2, 5])
    #expect(try archive.float("edge_attr") == graph().edgeAttributes)
    #expect(try archive.float("edge_attr")[5...] == [0.13, 0, -0.02, -0.07, -1])
    #expect(try archive.int64("particle_id") == graph().particleID)
  }

  @Test func whatIsNotKnownIsLeftOut() throws {
    let folder = try TemporaryFolder()
    var graph = graph()
    (graph.y, graph.particleID, graph.edgeProbability) = (nil, nil, nil)
    let path = folder.appending("graph.npz")
    try Data(try graph.npz()).write(to: URL(filePath: path))
    #expect(
      try NumPyArchive(path: path).names == ["x", "edge_index", "edge_attr", "hit_id", "layer"])
    #expect(graph.actsText == "edge0,edge1,weight\n7,9,1\n7,12,1\n")
  }

  @Test func theWrittenGraphIsReadAsItWas() throws {
    let folder = try TemporaryFolder()
    let path = folder.appending("graph.npz")
    try Data(try graph().npz()).write(to: URL(filePath: path))
    let read = try EventReader.geometricGraph(NumPyArchive(path: path))
    #expect(read.features == graph().x)
    #expect(read.start == [0, 0] && read.end == [1, 2])
    #expect(read.label == [1, 0] && read.score == [0.9, 1e-5])
    #expect(read.hitID == [7, 9, 12] && read.layer == [802, 804, 804])
    #expect(read.particleID == graph().particleID)
  }

  @Test func theEdgesAreThoseOfACTSGraphFiles() {
    #expect(graph().actsText == "edge0,edge1,weight\n7,9,0.9\n7,12,1e-05\n")
  }
}
