/// A track: the hits that a particle is believed to have left.
public struct Track: Sendable, Equatable {
  /// One hit a layer, from the inside outwards in the order of the layers' links.
  public var path: [Int32]
  /// Further hits on the layers of the path.
  public var companions: [Int32]
  /// How sure the search was of it; comparable within one search only.
  public var score: Float

  public init(path: [Int32], companions: [Int32] = [], score: Float = 0) {
    self.path = path
    self.companions = companions
    self.score = score
  }

  public var hitCount: Int { path.count + companions.count }
}
