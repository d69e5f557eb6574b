/// What events are made of; with an event's number it decides every bit of the event.
public struct SimulationConfiguration: Codable, Equatable, Sendable {
  public var seed: UInt64 = 1
  /// Charged particles from the collision, per event.
  public var primaries = 8_500
  /// Particles that share a vertex.
  public var particlesPerVertex = 40
  /// Strength of the field along z in T.
  public var field = 2.0
  /// Standard deviation of the vertices in x and y, in mm.
  public var beamSpotTransverse = 0.016
  /// Standard deviation of the vertices in z, in mm.
  public var beamSpotZ = 5.8
  /// Lowest transverse momentum in GeV/c.
  public var minimumPT = 0.1
  /// Scale of the transverse momentum's power law in GeV/c.
  public var scalePT = 2.3
  /// Power of the spectrum: pT exceeds its minimum by x with probability (1 + x / scale)^-power.
  public var powerPT = 6.0
  /// Pseudorapidity is flat within plus and minus this.
  public var maximumEta = 4.0
  /// Share of noise among all hits.
  public var noiseFraction = 0.15
  /// Chance that a crossed sensor gives no hit.
  public var inefficiency = 0.007
  /// How far a sensor reaches over each neighbour in phi, as a share of its pitch.
  ///
  /// A crossing there gives two hits on the layer, in twice this share of all crossings.
  public var overlap = 0.15
  /// Factor on the resolution of all sensors; 0 puts hits where particles passed.
  public var resolutionScale = 1.0
  /// Factor on the multiple scattering in all sensors; 0 makes trajectories perfect helices.
  public var scatteringScale = 1.0

  public init() {}

  /// Refuses values that mean nothing.
  ///
  /// - Throws: `SimulationError.invalidConfiguration`.
  public func validate() throws(SimulationError) {
    func check(_ holds: Bool, _ field: String, _ expected: String) throws(SimulationError) {
      guard holds else { throw .invalidConfiguration(field: field, expected: expected) }
    }
    try check((1...200_000).contains(primaries), "particles", "a number from 1 to 200000")
    try check(particlesPerVertex > 0, "particlesPerVertex", "a number above 0")
    try check((0...10).contains(field), "field", "0 to 10 T")
    try check((0...10).contains(beamSpotTransverse), "beamSpotTransverse", "0 to 10 mm")
    try check((0...200).contains(beamSpotZ), "beamSpotZ", "0 to 200 mm")
    try check((0.01...100).contains(minimumPT), "minimumPT", "0.01 to 100 GeV/c")
    try check((0.001...1000).contains(scalePT), "scalePT", "0.001 to 1000 GeV/c")
    try check((1...100).contains(powerPT), "powerPT", "1 to 100")
    try check((0...6).contains(maximumEta), "maximumEta", "0 to 6")
    try check((0...0.9).contains(noiseFraction), "noiseFraction", "0 to 0.9")
    try check((0...1).contains(inefficiency), "inefficiency", "0 to 1")
    try check((0...0.5).contains(overlap), "overlap", "0 to 0.5")
    try check((0...100).contains(resolutionScale), "resolutionScale", "0 to 100")
    try check((0...100).contains(scatteringScale), "scatteringScale", "0 to 100")
  }
}
