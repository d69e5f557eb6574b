import Stages
import TestSupport
import Testing
import Workflow

@Suite struct GraphArtifactTests {
  @Test func aBuiltGraphHoldsWeightsAndMomentaOfTheTruth() throws {
    let small = try SmallTask()
    let hits = try small.folder.write(
      """
      hit_id,x,y,z,volume_id,layer_id,module_id
      1,32,0,1,8,2,1
      2,72,0,2,8,4,1
      """, to: "hits.csv")
    let truth = try small.folder.write(
      """
      hit_id,particle_id,tx,ty,tz,tpx,tpy,tpz,weight
      2,5,0,0,0,0.6,0.8,1,0.25
      1,5,0,0,0,3,4,1,0.75
      """, to: "truth.csv")
    let result = try small.result(of: "build-graphs", files: ["hits": hits, "truth": truth])
    #expect(result.values("label") == .uint8([1]))
    #expect(result.values("hitWeight") == .float32([0.75, 0.25]))
    #expect(result.values("transverseMomentum") == .float32([5, 1]))
  }

  @Test func aReadGraphIsStoredAsABuiltOneWithoutTruth() throws {
    let small = try SmallTask()
    let path = try GraphFile().write(to: small.folder)
    let result = try small.result(of: "read-graphs", files: ["graph": path])
    #expect(
      result.summary == [
        "event": 7, "hits": 6, "nodes": 6, "edges": 5, "trueEdges": 4,
        "selection": ["volumes": [], "z": .null],
      ])
    #expect(
      result.arrays.map(\.name) == ["hitID", "layer", "features", "firstEdge", "end", "label"])
    #expect(result.values("hitID") == .int32([1, 6, 2, 5, 3, 4]))
    #expect(result.values("layer") == .int32([100, 100, 101, 101, 102, 102]))
    #expect(result.values("firstEdge") == .int32([0, 1, 2, 4, 5, 5, 5]))
    #expect(result.values("end") == .int32([2, 3, 4, 5, 5]))
    #expect(result.values("label") == .uint8([1, 1, 1, 0, 1]))
  }

  @Test func piecesAreJoinedInTheOrderOfTheirNames() throws {
    let small = try SmallTask()
    let whole = try GraphFile(tracks: 3, seed: 1).write(to: small.folder)
    let other = try GraphFile(tracks: 2, seed: 2).write(
      to: small.folder, name: "event000000007_g001.npz")
    let result = try small.result(
      of: "read-graphs", files: ["graph_g001": other, "graph_g000": whole])
    #expect(result.summary["nodes"] == 20)
    guard case .float32(let features)? = result.values("features") else {
      Issue.record("no features")
      return
    }
    let first = GraphFile(tracks: 3, seed: 1)
    #expect(features[4] == first.nodes[0][1])
  }

  @Test func aDamagedGraphIsRefusedWithItsFileAndArray() throws {
    let small = try SmallTask()
    var file = GraphFile()
    file.ends[2] = 50
    let path = try file.write(to: small.folder)
    let error = #expect(throws: InputRefused.self) {
      try small.result(of: "read-graphs", files: ["graph": path])
    }
    #expect(error?.description.hasPrefix("\(path): array Ri_rows: ") == true)
  }
}
