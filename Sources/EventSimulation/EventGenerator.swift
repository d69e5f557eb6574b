import EventData
import Foundation

/// Makes events of simple but honest physics in the TrackML detector.
///
/// Charged particles come from vertices near the beam and fly on helices in a uniform field,
/// with multiple scattering in the sensors, up to half a turn. Sensors overlap, miss, and measure
/// with limited resolution; noise is added. There are no secondaries, no losses of momentum and no charge drift.
///
/// An event's bits depend on the configuration and its number alone:
///
///     let event = try EventGenerator(configuration: .init()).event(id: 7)
public struct EventGenerator: Sendable {
  public let configuration: SimulationConfiguration
  let volumes: [DetectorVolume]
  let surfaces: SurfaceMap

  /// - Throws: `SimulationError.invalidConfiguration`.
  public init(configuration: SimulationConfiguration) throws(SimulationError) {
    try configuration.validate()
    self.configuration = configuration
    volumes = DetectorVolume.trackML
    surfaces = SurfaceMap(volumes)
  }

  /// One whole event.
  ///
  /// - Parameter id: the event's number, 0 or more.
  public func event(id: Int) -> SimulatedEvent {
    var random = RandomSource(
      seed: configuration.seed, event: UInt64(truncatingIfNeeded: id))
    var event = SimulatedEvent(id: id)
    event.particles = primaries(&random)
    var crossings: [Crossing] = []
    crossings.reserveCapacity(event.particles.count * 12)
    for particle in 0..<event.particles.count {
      let first = crossings.count
      trace(event.particles, row: particle, into: &crossings, &random)
      event.particles.hitCount[particle] = Int32(crossings.count - first)
    }
    addNoise(to: &crossings, &random)
    measure(sorted(crossings, &random), into: &event, &random)
    event.truth.weight = HitWeights.weights(truth: event.truth, particles: event.particles)
      .map { $0.rounded(to: 1e12) }
    return event
  }

  /// The crossings by volume, layer and module; within a module by chance, as a file's order must not tell tracks.
  private func sorted(_ crossings: [Crossing], _ random: inout RandomSource) -> [Crossing] {
    let keys = crossings.enumerated().map { index, crossing in
      let volume = UInt64(volumes[crossing.volume].volumeID)
      let module = volume << 24 | UInt64(crossing.layerID) << 16 | UInt64(crossing.place.moduleID)
      return (key: module << 32 | random.next() >> 32, index: index)
    }
    return keys.sorted { ($0.key, $0.index) < ($1.key, $1.index) }.map { crossings[$0.index] }
  }
}

/// A particle's or a noise hit's passage through a sensor that gives a hit.
struct Crossing {
  var volume: Int
  var layerID: Int32
  var isBarrel: Bool
  /// The surface's radius or z.
  var position: Double
  var place: SensorSurface.Place
  /// Row in the particle table; -1 for noise.
  var particle: Int
  var x: Double
  var y: Double
  var z: Double
  var px: Double
  var py: Double
  var pz: Double
  /// Cosine of the angle between the flight and the sensor's normal.
  var cosine: Double
}

extension Double {
  /// The nearest multiple of 1 / scale: files stay short, and say no more than is known.
  func rounded(to scale: Double) -> Double { (self * scale).rounded() / scale }
}
