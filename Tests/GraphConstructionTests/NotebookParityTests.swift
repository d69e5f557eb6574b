import EventData
import GraphConstruction
import TestSupport
import Testing

@Suite("The notebook's graph", .enabled(if: SharedData.isPresent, "\(SharedData.absence)"))
struct NotebookParityTests {
  @Test("of event 30000 has the same nodes, edges and labels, in the same order")
  func event30000() throws {
    let event = SharedData.path("data/acts_ttbar/event000030000-")
    let graph = try LayerPairGraphBuilder(selection: .notebook).graph(
      hits: EventReader.hits(at: event + "hits.csv.zst"),
      truth: EventReader.truth(at: event + "truth.csv.zst"))
    try graph.validate()
    #expect(graph.nodeCount == 8759)
    #expect(graph.edgeCount == 520_346)
    #expect(graph.trueEdgeCount == 5402)

    let reference = try NumPyArchive(
      path: SharedData.path("reference/notebook/notebook-event000030000-probability.npz"))
    // The reference numbers its nodes in file order, this graph by layer: hit numbers are common.
    let hitID = try reference.int32("hit_id")
    let starts = try reference.int32("start").map { hitID[Int($0)] }
    let ends = try reference.int32("end").map { hitID[Int($0)] }
    #expect(Set(graph.hitID) == Set(hitID))
    #expect(graph.start.map { graph.hitID[Int($0)] } == starts)
    #expect(graph.end.map { graph.hitID[Int($0)] } == ends)
    #expect(try graph.label == reference.uint8("label"))
  }
}
