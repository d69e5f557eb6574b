/// A graph of one event: hits are nodes, possible track segments are directed edges from inner to outer layer.
///
/// Nodes stand in layer order, hits of a layer in the order of the event's file. Edges are
/// compressed rows: the edges that start at node n are `firstEdge[n]..<firstEdge[n + 1]`, and
/// within a row the end nodes increase.
public struct HitGraph: Sendable, Equatable {
  /// Features of a node: x / 1000, y / 1000, z / 1000, r / 1000 (mm), phi / pi.
  public static let featureCount = 5

  /// The hit's number in the event, [nodes].
  public var hitID: [Int32]
  /// 100 * volume + layer, of graphs from files 100 + a count, [nodes], never decreasing.
  public var layer: [Int32]
  /// Row-major [nodes][featureCount].
  public var features: [Float]
  /// [nodes + 1].
  public var firstEdge: [Int32]
  /// End node of each edge, [edges].
  public var end: [Int32]
  /// 1 where both hits are of the same particle (and not noise), else 0, [edges].
  public var label: [UInt8]
  /// The hit's weight in the score, [nodes]; empty where the truth is not known.
  public var hitWeight: [Float]
  /// The particle's transverse momentum at the hit in GeV/c, 0 for noise, [nodes]; empty where the truth is not known.
  public var transverseMomentum: [Float]

  public init(
    hitID: [Int32], layer: [Int32], features: [Float], firstEdge: [Int32], end: [Int32],
    label: [UInt8], hitWeight: [Float] = [], transverseMomentum: [Float] = []
  ) {
    self.hitID = hitID
    self.layer = layer
    self.features = features
    self.firstEdge = firstEdge
    self.end = end
    self.label = label
    self.hitWeight = hitWeight
    self.transverseMomentum = transverseMomentum
  }

  public var nodeCount: Int { hitID.count }
  public var edgeCount: Int { end.count }
  public var trueEdgeCount: Int { label.reduce(0) { $0 + Int($1) } }

  /// The edges that start at a node.
  public func edges(from node: Int) -> Range<Int> {
    Int(firstEdge[node])..<Int(firstEdge[node + 1])
  }
}
