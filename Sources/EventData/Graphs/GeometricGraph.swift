/// The graph of an event as PyTorch Geometric's users keep it in a NumPy archive.
///
/// Edges lead from the inner to the outer hit, and no two join the same hits. What the file does not
/// have is nil.
public struct GeometricGraph: Sendable, Equatable {
  /// x / 1000, y / 1000, z / 1000, r / 1000 (mm), phi / pi of each node, [nodes][5].
  public var features: [Float] = []
  /// Start and end node of each edge, [edges].
  public var start: [Int32] = []
  public var end: [Int32] = []
  /// 1 for true edges, else 0, [edges].
  public var label: [UInt8]?
  /// The chance of each edge to be true, [edges].
  public var score: [Float]?
  /// The hit's number in the event, [nodes].
  public var hitID: [Int32]?
  /// The particle that made the hit, 0 for noise, [nodes].
  public var particleID: [Int64]?
  /// Every edge leads to a higher one, [nodes].
  public var layer: [Int32]?

  public init() {}

  public static let featureCount = 5

  public var nodeCount: Int { features.count / Self.featureCount }
  public var edgeCount: Int { start.count }

  /// The places and edges alone.
  public var table: GraphTable {
    var table = GraphTable()
    for node in 0..<nodeCount {
      let row = node * Self.featureCount
      table.z.append(1000 * Double(features[row + 2]))
      table.r.append(1000 * Double(features[row + 3]))
      table.phi.append(.pi * Double(features[row + 4]))
    }
    (table.start, table.end) = (start, end)
    table.label = label ?? [UInt8](repeating: 0, count: edgeCount)
    return table
  }
}
