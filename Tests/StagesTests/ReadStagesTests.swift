import ArtifactStore
import Foundation
import JSONDocument
import Stages
import TestSupport
import Testing
import Workflow

/// The stages that take in what other programs made.
struct ReadStagesTests {
  let small: SmallTask
  let folder: TemporaryFolder

  init() throws {
    small = try SmallTask()
    folder = try TemporaryFolder()
  }

  private func files(_ file: GeometricFile) throws -> [String: String] {
    let tables = try file.writeTables(to: folder, stem: "event000000007")
    return tables.merging(["graph": try file.write(to: folder)]) { $1 }
  }

  private func reason(_ body: () throws -> StageResult) -> String {
    do {
      _ = try body()
      return "nothing was wrong"
    } catch {
      return "\(error)"
    }
  }

  @Test func labelsComeFromTheTruthWhereTheFileHasNone() throws {
    var file = GeometricFile()
    let own = try small.result(of: "read-graphs", files: files(file))
    #expect(own.summary["trueEdges"] == 4)
    file.replaced["y"] = []
    let fromTruth = try small.result(of: "read-graphs", files: files(file))
    #expect(fromTruth.arrays == own.arrays)
    let alone = try files(file).filter { $0.key == "graph" }
    #expect(
      reason { try small.result(of: "read-graphs", files: alone) }
        .contains("array y: it is missing; labels of the edges, an array particle_id"))
  }

  @Test func nodesAreTheEventsHitsInTheirOrderWhereTheFileNamesNone() throws {
    var file = GeometricFile()
    let own = try small.result(of: "read-graphs", files: files(file))
    file.replaced["hit_id"] = []
    #expect(try small.result(of: "read-graphs", files: files(file)).arrays == own.arrays)
    file.nodes.append([0.172, 0.1, 0.04])
    let tables = try files(file)
    let few = try GeometricFile().writeTables(to: folder, stem: "few")
    let mixed = tables.merging(few) { $1 }
    #expect(
      reason { try small.result(of: "read-graphs", files: mixed) }
        .contains("array hit_id: it is missing, and the 7 nodes are not the 6 hits of the event"))
  }

  @Test func aHitThatTheEventDoesNotHaveIsNamed() throws {
    var file = GeometricFile()
    file.replaced["hit_id"] = NumPyFile.array("<i8", [1, 2, 3, 4, 5, 77] as [Int64])
    let given = try files(file)
    #expect(
      reason { try small.result(of: "read-graphs", files: given) }
        .contains("array hit_id: that of node 5 is 77, which is not among the event's hits"))
  }
}
