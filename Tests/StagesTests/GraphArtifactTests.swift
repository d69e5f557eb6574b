import Stages
import Testing

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
}
