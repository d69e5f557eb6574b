import EventData
import Foundation
import TestSupport
import Testing

struct GraphReadingTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func read(_ file: GraphFile) throws -> GraphTable {
    try EventReader.graph(at: file.write(to: folder))
  }

  @Test func positionsEdgesAndLabelsAreThoseOfTheFile() throws {
    let table = try read(GraphFile())
    #expect(table.r == [0.032, 0.072, 0.116, 0.116, 0.072, 0.032].map { Double(Float($0)) * 1000 })
    #expect(table.phi[0] == Double(Float(0.1)) * .pi)
    #expect(table.z[3] == Double(Float(-0.06)) * 1000)
    #expect(table.start == [0, 1, 5, 4, 1])
    #expect(table.end == [1, 2, 4, 3, 3])
    #expect(table.label == [1, 1, 1, 1, 0])
  }

  @Test func edgesAreFoundByTheirNumbersInAnyOrder() throws {
    var file = GraphFile()
    let expected = try read(file)
    file.replaced["Ri_rows"] = NumPyFile.array("<i4", [3, 3, 4, 2, 1] as [Int32])
    file.replaced["Ri_cols"] = NumPyFile.array("<u2", [4, 3, 2, 1, 0] as [UInt16])
    file.replaced["y"] = NumPyFile.array("|b1", [true, true, true, true, false])
    #expect(try read(file) == expected)
  }

  @Test func edgesThatLeadInwardsAreTurnedRoundAndDoubleOnesTakenOnce() throws {
    var file = GraphFile()
    let expected = try read(file)
    (file.starts[1], file.ends[1]) = (file.ends[1], file.starts[1])
    #expect(try read(file) == expected)
    file.starts += [0, 3]
    file.ends += [1, 1]
    file.labels += [1, 0]
    #expect(try read(file) == expected)
    // Between hits of one radius, as on disks, |z| decides.
    file = GraphFile()
    file.nodes[3] = [0.116, 0.6, -0.5]
    file.nodes[4] = [0.116, 0.6, -0.7]
    #expect(try read(file).start == [0, 1, 5, 3, 1])
  }

  typealias Damage = @Sendable (inout GraphFile) -> Void
  static let damages: [(String, String, Damage)] = [
    ("X", "is missing; the file has y, Ri_rows", { $0.replaced["X"] = [] }),
    ("Ro_cols", "is missing", { $0.replaced["Ro_cols"] = [] }),
    ("X", "shape is [9, 2]", { $0.replaced["X"] = zeros([9, 2]) }),
    ("X", "shape is [18]", { $0.replaced["X"] = zeros([18]) }),
    ("X", "at least one", { $0.replaced["X"] = zeros([0, 3]) }),
    (
      "X", "<f4 or <f8 was expected",
      {
        $0.replaced["X"] = NumPyFile.array("<i4", [Int32](repeating: 0, count: 18), shape: [6, 3])
      }
    ),
    ("X", "[2, 0] is nan", { $0.nodes[2][0] = .nan }),
    ("X", "[2, 0] is -0.1", { $0.nodes[2][0] = -0.1 }),
    ("X", "[1, 1] is 1.5; phi / pi, from -1 to 1,", { $0.nodes[1][1] = 1.5 }),
    ("X", "[5, 2] is -inf", { $0.nodes[5][2] = -.infinity }),
    ("y", "label of edge 3 is 0.5", { $0.labels[3] = 0.5 }),
    ("y", "label of edge 3 is nan", { $0.labels[3] = .nan }),
    ("y", "shape is [5, 1]", { $0.replaced["y"] = zeros([5, 1]) }),
    ("Ro_rows", "shape is [5]; [4] was expected", { $0.labels.removeLast() }),
    ("Ro_rows", "[2] is -1; a node from 0 to 5", { $0.starts[2] = -1 }),
    ("Ri_rows", "[4] is 6; a node from 0 to 5", { $0.ends[4] = 6 }),
    ("Ri_rows", "whole numbers were expected", { $0.replaced["Ri_rows"] = zeros([5]) }),
    (
      "Ri_cols", "[1] is 5; an edge from 0 to 4",
      { $0.replaced["Ri_cols"] = NumPyFile.array("<i8", [0, 5, 2, 3, 4]) }
    ),
    (
      "Ro_cols", "[4] is edge 2 for the second time",
      { $0.replaced["Ro_cols"] = NumPyFile.array("<i8", [0, 1, 2, 3, 2]) }
    ),
    ("Ro_rows", "edge 1 joins node 1 with itself", { $0.ends[1] = 1 }),
    (
      "Ro_rows", "edge 3 has no direction: its nodes 4 and 3",
      { $0.nodes[3] = [0.072, 0.5, 0.04] }
    ),
    (
      "Ro_rows", "edge 4 joins nodes 1 and 2 like edge 1, with another label",
      { $0.ends[4] = 2 }
    ),
  ]

  private static func zeros(_ shape: [Int]) -> [UInt8] {
    NumPyFile.array("<f4", [Float](repeating: 0, count: shape.reduce(1, *)), shape: shape)
  }

  @Test(arguments: damages)
  func whatIsWrongIsNamedWithFileArrayAndPlace(
    array: String, words: String, damage: Damage
  ) throws {
    var file = GraphFile()
    damage(&file)
    let path = try file.write(to: folder)
    let error = try #require(throws: EventDataError.self) { try EventReader.graph(at: path) }
    #expect(error.description.hasPrefix("\(path): array \(array): "), "\(error)")
    #expect(error.description.contains(words), "\(error)")
    #expect(error.isAboutContent)
  }

  @Test func piecesOfAnEventAreOneGraph() throws {
    _ = try GraphFile().write(to: folder, name: "event000000007_g001.npz")
    var first = GraphFile()
    first.labels[0] = 0
    _ = try first.write(to: folder)
    let events = try EventFolder(path: folder.path)
    #expect(events.events == [7])
    #expect(events.files(of: 7) == [.graph])
    let paths = events.paths(of: .graph, event: 7)
    #expect(paths == ["0", "1"].map { folder.appending("event000000007_g00\($0).npz") })
    let table = try EventReader.graph(atPieces: paths)
    #expect(table.nodeCount == 12)
    #expect(table.start == [0, 1, 5, 4, 1, 6, 7, 11, 10, 7])
    #expect(table.label == [0, 1, 1, 1, 0, 1, 1, 1, 1, 0])
  }

  @Test func dataSetsOfGraphsAreTheEventsThatAreThereAndAreVerified() throws {
    _ = try GraphFile().write(to: folder)
    _ = try GraphFile().write(to: folder, name: "event000000011_g000.npz")
    _ = try GraphFile().write(to: folder, name: "event000000300_g000.npz")
    let manifest = try folder.write(
      """
      {"version": 1, "datasets": {"graphs": {"path": ".", "events": {"first": 0, "last": 99},
        "files": ["graph"]}, "none": {"path": ".", "events": {"first": 20, "last": 29},
        "files": ["graph"]}}}
      """, to: "manifest.json")
    let dataSets = try DataManifest.load(path: manifest)
    let verifier = try DataSetVerifier(dataSets.dataSet(named: "graphs"))
    #expect(verifier.events == [7, 11])
    #expect(verifier.verify().flatMap(\.files).map(\.rows) == [6, 6])
    var bad = GraphFile()
    bad.starts[0] = 77
    _ = try bad.write(to: folder, name: "event000000011_g000.npz")
    let problems = verifier.verify().flatMap(\.problems)
    try #require(problems.count == 1)
    #expect(problems[0].description.contains("event000000011_g000.npz: array Ro_rows: "))
    #expect(throws: EventDataError.self) {
      try DataSetVerifier(dataSets.dataSet(named: "none"))
    }
  }

  @Test(.enabled(if: SharedData.isPresent, "\(SharedData.absence)"))
  func realGraphsAreWhatNumPyReads() throws {
    let events = try EventFolder(path: SharedData.path("data/qtrkx_graphs"))
    #expect(events.events.count == 50)
    let table = try EventReader.graph(atPieces: events.paths(of: .graph, event: 1000))
    #expect(table.nodeCount == 6437)
    #expect(table.edgeCount == 10_670)
    // What NumPy gives of the same file.
    func weighted(_ nodes: [Int32]) -> Int { nodes.indices.reduce(0) { $0 + $1 * Int(nodes[$1]) } }
    #expect(weighted(table.start) == 185_357_120_191)
    #expect(weighted(table.end) == 180_022_569_033)
    let trueEdges = table.label.indices.filter { table.label[$0] == 1 }
    #expect(trueEdges.count == 5162)
    #expect(trueEdges.reduce(0) { $0 + Int(table.start[$1]) } == 16_527_229)
    #expect(trueEdges.reduce(0) { $0 + Int(table.end[$1]) } == 16_532_391)
    #expect(abs(table.r.reduce(0, +) - 1_908_347.86) < 0.01)
    #expect(abs(table.phi.reduce(0, +) + 111.229923) < 1e-6)
    #expect(abs(table.z.reduce(0, +) - 37_994.3216) < 1e-4)
  }
}
