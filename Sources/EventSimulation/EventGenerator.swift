import EventData

/// Makes events as hard as the challenge's: collisions at 14 TeV in the TrackML detector.
///
/// Charged particles fly through the field of a finite coil from sensor to sensor, scatter, lose momentum, interact with
/// nuclei, and are read out as cells; noise is added. `SimulationConfiguration` says what can be changed.
///
/// An event's bits depend on the configuration and its number alone:
///
///     let event = try EventGenerator(configuration: .init()).event(id: 7)
public struct EventGenerator: Sendable {
  public let configuration: SimulationConfiguration
  let transport: ParticleTransport<CoilField>
  let layers: [Range<Int>]

  /// - Throws: `SimulationError.invalidConfiguration`.
  public init(configuration: SimulationConfiguration) throws(SimulationError) {
    try configuration.validate()
    self.configuration = configuration
    transport = Self.transport
    layers = Self.layers
  }

  /// The detector and the field are the same for all.
  private static let transport = ParticleTransport(
    modules: TrackMLDetector.modules, field: CoilField())
  private static let layers = LayerMap.layers(of: TrackMLDetector.modules)

  /// One whole event.
  ///
  /// - Parameter id: the event's number, 0 or more.
  public func event(id: Int) -> SimulatedEvent {
    let generated = collisions(event: id)
    return event(id: id, of: generated.particles, noise: generated.share)
  }

  /// An event of given particles.
  ///
  /// - Parameter noise: factor on the number of noise hits.
  public func event(
    id: Int, of generated: [GeneratedParticle], noise: Double = 1
  ) -> SimulatedEvent {
    var random = RandomSource(
      seed: configuration.seed, event: UInt64(truncatingIfNeeded: id))
    var record = EventRecord(transport: transport, inefficiency: configuration.inefficiency)
    record.fly(generated, &random)
    let scale = noise * configuration.noiseScale
    record.add(
      noise: NoiseProfile.crossings(
        modules: transport.map.modules, layers: layers, scale: scale, &random))
    return record.event(id: id, &random)
  }

  /// Charged particles above 0.1 GeV/c in pT and within 4 in |eta| in a full event.
  private static let usualPrimaries = 10_000.0

  /// The collisions' particles, and the part that they are of a full event.
  private func collisions(event id: Int) -> (particles: [GeneratedParticle], share: Double) {
    guard let wanted = configuration.primaries else {
      let generator = CollisionGenerator(
        pileUp: configuration.pileUp, beamZ: configuration.beamSpotZ)
      return (generator.particles(event: id, seed: configuration.seed), 1)
    }
    // Few particles need few collisions, with some to spare.
    let generator = CollisionGenerator(
      pileUp: min(configuration.pileUp, 4 + Double(wanted) / 40), beamZ: configuration.beamSpotZ)
    let all = generator.particles(event: id, seed: configuration.seed)
      .filter { EventRecord.isListed($0.momentum) }
    let share = min(1, Double(wanted) / Self.usualPrimaries)
    guard all.count > wanted else { return (all, share) }
    return ((0..<wanted).map { all[$0 * all.count / wanted] }, share)
  }
}
