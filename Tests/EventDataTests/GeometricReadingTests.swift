import EventData
import Foundation
import TestSupport
import Testing

struct GeometricReadingTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func read(_ file: GeometricFile) throws -> GeometricGraph {
    try EventReader.geometricGraph(NumPyArchive(path: file.write(to: folder)))
  }

  @Test func aFileIsToldFromOneOfTheOtherLayout() throws {
    let own = try NumPyArchive(path: GeometricFile().write(to: folder))
    let other = try NumPyArchive(path: GraphFile().write(to: folder))
    #expect(EventReader.isGeometric(own))
    #expect(!EventReader.isGeometric(other))
  }

  @Test func nodesEdgesLabelsAndScoresAreThoseOfTheFile() throws {
    let file = GeometricFile()
    let graph = try read(file)
    #expect(graph.features == file.features)
    #expect(graph.start == [0, 1, 5, 4, 1])
    #expect(graph.end == [1, 2, 4, 3, 3])
    #expect(graph.label == [1, 1, 1, 1, 0])
    #expect(graph.score == [0.9, 0.8, 0.7, 0.95, 0.1])
    #expect(graph.hitID == [1, 2, 3, 4, 5, 6])
    #expect(graph.particleID == nil && graph.layer == nil)
  }

  @Test func whatMayBeMissingIsNotThere() throws {
    var file = GeometricFile()
    for name in ["y", "hit_id", "edge_probability"] { file.replaced[name] = [] }
    let graph = try read(file)
    #expect(graph.label == nil && graph.hitID == nil && graph.score == nil)
    #expect(graph.edgeCount == 5)
  }

  @Test func threeColumnsAreRadiusAzimuthAndZ() throws {
    var file = GeometricFile()
    let five = try read(file)
    file.replaced["x"] = NumPyFile.array(
      "<f4", file.nodes.flatMap { $0 }, shape: [file.nodes.count, 3])
    let three = try read(file)
    #expect(three.features == five.features)
    #expect(three.start == five.start)
  }

  @Test func edgesBothWaysAreOneWithTheHigherProbability() throws {
    var file = GeometricFile()
    file.starts += [1, 3]
    file.ends += [0, 1]
    file.labels += [1, 0]
    file.scores += [0.99, 0.05]
    let graph = try read(file)
    #expect(graph.start == [0, 1, 5, 4, 1] && graph.end == [1, 2, 4, 3, 3])
    #expect(graph.score == [0.99, 0.8, 0.7, 0.95, 0.1])
  }

  @Test func layersAreTakenWhereEveryEdgeRisesInThem() throws {
    var file = GeometricFile()
    let layers: [Int64] = [802, 804, 806, 806, 804, 802]
    var archive = NumPyFile.array("<i8", layers)
    func graph() throws -> GeometricGraph {
      let path = folder.appending("layers.npz")
      let members = file.members + [("layer.npy", archive)]
      try Data(NumPyFile.zip(members)).write(to: URL(filePath: path))
      return try EventReader.geometricGraph(NumPyArchive(path: path))
    }
    #expect(try graph().layer == layers.map { Int32($0) })
    // Against the radius: an edge is believed as it stands.
    archive = NumPyFile.array("<i8", [6, 4, 2, 2, 4, 6] as [Int64])
    (file.starts, file.ends) = (file.ends, file.starts)
    #expect(try graph().start == [1, 2, 4, 3, 3])
    archive = NumPyFile.array("<i8", [1, 1, 1, 1, 1, 1] as [Int64])
    #expect(try graph().layer == nil)
    #expect(try graph().start == [0, 1, 5, 4, 1])
  }

  typealias Damage = @Sendable (inout GeometricFile) -> Void
  static let damages: [(String, String, Damage)] = [
    ("x", "is missing; the file has edge_index", { $0.replaced["x"] = [] }),
    (
      "x", "[nodes, 5] (x, y, z, r, phi) or [nodes, 3]",
      {
        $0.replaced["x"] = NumPyFile.array("<f4", [Float](repeating: 0, count: 24), shape: [6, 4])
      }
    ),
    (
      "x", "[0, 3] is 0.5; the radius of columns 0 and 1",
      {
        var features = $0.features
        features[3] = 0.5
        $0.replaced["x"] = NumPyFile.array("<f4", features, shape: [6, 5])
      }
    ),
    ("x", "[1, 4] is 3.0; phi / pi, from -1 to 1", { $0.nodes[1][1] = 3 }),
    ("edge_index", "[1, 2] is 6; a node from 0 to 5", { $0.ends[2] = 6 }),
    (
      "edge_index", "[2, edges] was expected",
      { $0.replaced["edge_index"] = NumPyFile.array("<i8", $0.starts) }
    ),
    (
      "edge_index", "whole numbers were expected",
      {
        $0.replaced["edge_index"] = NumPyFile.array(
          "<f4", [Float](repeating: 0, count: 10), shape: [2, 5])
      }
    ),
    ("edge_index", "edge 0 joins node 0 with itself", { $0.ends[0] = 0 }),
    ("y", "label of edge 4 is 2.0; 0 or 1", { $0.labels[4] = 2 }),
    ("y", "[5] was expected, as many as edges", { $0.labels.removeLast() }),
    ("edge_probability", "edge 1 is 3.5; a probability from 0 to 1", { $0.scores[1] = 3.5 }),
    ("edge_probability", "a probability from 0 to 1", { $0.scores[1] = .nan }),
    (
      "hit_id", "nodes 0 and 3 are both hit 1",
      { $0.replaced["hit_id"] = NumPyFile.array("<i8", [1, 2, 3, 1, 5, 6] as [Int64]) }
    ),
    (
      "hit_id", "node 2 is 9007199254740993; the number of a hit",
      {
        $0.replaced["hit_id"] = NumPyFile.array(
          "<i8", [1, 2, 9_007_199_254_740_993, 4, 5, 6] as [Int64])
      }
    ),
  ]

  @Test(arguments: damages.indices)
  func whatDoesNotFitIsNamed(index: Int) throws {
    let (array, words, damage) = Self.damages[index]
    var file = GeometricFile()
    damage(&file)
    let path = try file.write(to: folder)
    do {
      _ = try EventReader.geometricGraph(NumPyArchive(path: path))
      Issue.record("nothing was found wrong")
    } catch let error as EventDataError {
      #expect("\(error)".hasPrefix("\(path): array \(array): "), "\(error)")
      #expect("\(error)".contains(words), "\(error)")
      #expect(error.isAboutContent)
    }
  }
}
