import Foundation

/// The content of a small graph file as PyTorch Geometric's users keep it, for tests to damage, with the tables of its event.
public struct GeometricFile {
  /// r / 1000, phi / pi, z / 1000 of each node.
  public var nodes: [[Float]]
  public var starts: [Int64]
  public var ends: [Int64]
  public var labels: [Int64]
  public var scores: [Float]
  /// Members that stand for those made of the above, by the array's name; empty ones are left out.
  public var replaced: [String: [UInt8]] = [:]

  /// Two tracks over three layers and a false edge between them; node n is hit n + 1.
  public init() {
    let graph = GraphFile()
    nodes = graph.nodes
    (starts, ends) = (graph.starts, graph.ends)
    labels = graph.labels.map { Int64($0) }
    scores = [0.9, 0.8, 0.7, 0.95, 0.1]
  }

  /// x / 1000, y / 1000, z / 1000, r / 1000, phi / pi of each node.
  public var features: [Float] {
    nodes.flatMap { node in
      let angle = Double(node[1]) * .pi
      return [
        Float(Double(node[0]) * cos(angle)), Float(Double(node[0]) * sin(angle)), node[2], node[0],
        node[1],
      ]
    }
  }

  public var members: [(name: String, content: [UInt8])] {
    let hits = nodes.indices.map { Int64($0 + 1) }
    let arrays = [
      ("x", NumPyFile.array("<f4", features, shape: [nodes.count, 5])),
      ("edge_index", NumPyFile.array("<i8", starts + ends, shape: [2, starts.count])),
      ("y", NumPyFile.array("<i8", labels)), ("hit_id", NumPyFile.array("<i8", hits)),
      ("edge_probability", NumPyFile.array("<f4", scores)),
    ]
    return arrays.map { ("\($0).npy", replaced[$0] ?? $1) }.filter { !$0.1.isEmpty }
  }

  /// Writes the file and gives its path.
  public func write(
    to folder: TemporaryFolder, name: String = "event000000007_g000.npz"
  ) throws -> String {
    let path = folder.appending(name)
    try Data(NumPyFile.zip(members)).write(to: URL(filePath: path))
    return path
  }

  /// Writes the event's hits and truth, and gives their paths; the first three hits are of particle 11, the others of 12.
  public func writeTables(to folder: TemporaryFolder, stem: String) throws -> [String: String] {
    var hits = "hit_id,x,y,z,volume_id,layer_id,module_id\n"
    var truth = "hit_id,particle_id,tx,ty,tz,tpx,tpy,tpz,weight\n"
    for (node, place) in nodes.enumerated() {
      let (r, angle) = (1000 * Double(place[0]), Double(place[1]) * .pi)
      let point = "\(r * cos(angle)),\(r * sin(angle)),\(1000 * Double(place[2]))"
      hits += "\(node + 1),\(point),8,\(2 * (node % 3) + 2),1\n"
      truth += "\(node + 1),\(node < 3 ? 11 : 12),\(point),1,0,0,0.125\n"
    }
    return [
      "hits": try folder.write(hits, to: "\(stem)-hits.csv"),
      "truth": try folder.write(truth, to: "\(stem)-truth.csv"),
    ]
  }
}
