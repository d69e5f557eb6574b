import Compression

/// The graph of an event as PyTorch Geometric takes it: what a `torch_geometric.data.Data` is made of.
///
/// Members that are not known are nil, and then not in the file.
public struct ExportedGraph: Sendable, Equatable {
  /// Features of a node: x / 1000, y / 1000, z / 1000, r / 1000 (mm), phi / pi.
  public static let nodeFeatures = 5

  /// [nodes][5].
  public var x: [Float] = []
  /// Start and end node of each edge, [edges].
  public var start: [Int64] = []
  public var end: [Int64] = []
  /// 1 where both hits are of the same particle, else 0, [edges].
  public var y: [Int64]?
  /// The hit's number in the event, [nodes].
  public var hitID: [Int64] = []
  /// The particle that made the hit, 0 for noise, [nodes].
  public var particleID: [Int64]?
  /// Every edge leads to a higher one, [nodes].
  public var layer: [Int64] = []
  /// The chance of each edge to be true, [edges].
  public var edgeProbability: [Float]?

  public init() {}

  public var nodeCount: Int { hitID.count }
  public var edgeCount: Int { start.count }

  /// Features of the start less those of the end, as the notebook's network sees an edge, [edges][5].
  public var edgeAttributes: [Float] {
    var values: [Float] = []
    values.reserveCapacity(edgeCount * Self.nodeFeatures)
    for (a, b) in zip(start, end) {
      for feature in 0..<Self.nodeFeatures {
        values.append(
          x[Int(a) * Self.nodeFeatures + feature] - x[Int(b) * Self.nodeFeatures + feature])
      }
    }
    return values
  }

  /// The graph as a NumPy archive (.npz).
  ///
  /// - Throws: `CompressionError.unsupported` where it would have 4 GiB or more.
  public func npz() throws(CompressionError) -> [UInt8] {
    var file = NumPyFile()
    try file.add("x", x, shape: [nodeCount, Self.nodeFeatures])
    try file.add("edge_index", start + end, shape: [2, edgeCount])
    try file.add("edge_attr", edgeAttributes, shape: [edgeCount, Self.nodeFeatures])
    if let y { try file.add("y", y) }
    try file.add("hit_id", hitID)
    if let particleID { try file.add("particle_id", particleID) }
    try file.add("layer", layer)
    if let edgeProbability { try file.add("edge_probability", edgeProbability) }
    return file.bytes
  }

  /// The edges as ACTS' graph writer lays them out: `edge0,edge1,weight`.
  ///
  /// The ends are numbers of hits, the weight is the edge's probability, 1 where that is not known.
  /// Source: `struct GraphData` in ACTS 48, Examples/Io/Csv/src/CsvOutputData.hpp, as
  /// CsvGnnGraphWriter.cpp there fills it.
  public var actsText: String {
    var text = "edge0,edge1,weight\n"
    for edge in 0..<edgeCount {
      let weight = edgeProbability.map { "\($0[edge])" } ?? "1"
      text += "\(hitID[Int(start[edge])]),\(hitID[Int(end[edge])]),\(weight)\n"
    }
    return text
  }
}
