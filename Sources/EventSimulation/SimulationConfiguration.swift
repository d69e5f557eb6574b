/// What events are made of; with an event's number it decides every bit of the event.
public struct SimulationConfiguration: Codable, Equatable, Sendable {
  public var seed: UInt64 = 1
  /// Mean number of soft collisions on top of the hard one.
  ///
  /// 155 gives the 110,000 hits of the challenge's events.
  public var pileUp = 155.0
  /// Standard deviation of the collisions along the beam, in mm: 5.8 in the Kaggle events, 53 in the later ones.
  public var beamSpotZ = 5.8
  /// How many of the collisions' particles are kept, to make small events to try things on; nil for all.
  ///
  /// Noise shrinks with them.
  public var primaries: Int?
  /// Factor on the number of noise hits.
  public var noiseScale = 1.0
  /// Chance that a crossed sensor gives no hit; 0.7 % in the challenge's events.
  public var inefficiency = 0.007

  public init() {}

  /// Refuses values that mean nothing.
  ///
  /// - Throws: `SimulationError.invalidConfiguration`.
  public func validate() throws(SimulationError) {
    func check(_ holds: Bool, _ field: String, _ expected: String) throws(SimulationError) {
      guard holds else { throw .invalidConfiguration(field: field, expected: expected) }
    }
    try check((0...1000).contains(pileUp), "pileup", "a number from 0 to 1000")
    try check((0...200).contains(beamSpotZ), "beam-z", "0 to 200 mm")
    if let primaries {
      try check((1...200_000).contains(primaries), "particles", "a number from 1 to 200000")
    }
    try check((0...10).contains(noiseScale), "noiseScale", "0 to 10")
    try check((0...1).contains(inefficiency), "inefficiency", "0 to 1")
  }
}
