/// The graph of an event as a file holds it: positions of hits, edges from inner to outer hit, labels.
///
/// An edge's start lies nearer to the beam than its end; of two hits at one radius, nearer to the
/// centre in z. No two edges join the same hits.
public struct GraphTable: Sendable, Equatable {
  /// Distance of each node from the beam in mm, [nodes].
  public var r: [Double] = []
  /// Azimuth of each node in radians, [nodes].
  public var phi: [Double] = []
  /// [nodes], in mm.
  public var z: [Double] = []
  /// Start node of each edge, [edges].
  public var start: [Int32] = []
  /// End node of each edge, [edges].
  public var end: [Int32] = []
  /// 1 where both hits are of the same particle, else 0, [edges].
  public var label: [UInt8] = []

  public init() {}

  public var nodeCount: Int { r.count }
  public var edgeCount: Int { start.count }

  /// Adds the nodes and edges of another graph behind those that are there.
  public mutating func append(_ other: GraphTable) {
    let offset = Int32(nodeCount)
    r += other.r
    phi += other.phi
    z += other.z
    start += other.start.map { $0 + offset }
    end += other.end.map { $0 + offset }
    label += other.label
  }

  /// Whether a node lies within another; nil where they lie at one radius and one |z|.
  public func isInner(_ node: Int, than other: Int) -> Bool? {
    if r[node] != r[other] { return r[node] < r[other] }
    return abs(z[node]) == abs(z[other]) ? nil : abs(z[node]) < abs(z[other])
  }
}
