import Foundation

/// Flies charged particles through the detector, from sensor to sensor, and lets them interact there.
public struct ParticleTransport<Field: MagneticField>: Sendable {
  let map: LayerMap
  let field: Field
  /// Scattering, losses and nuclear interactions happen only if this is true.
  let hasMaterial: Bool

  /// - Parameter modules: sorted by volume, layer and module.
  public init(modules: [SensorModule], field: Field, hasMaterial: Bool = true) {
    map = LayerMap(modules: modules)
    (self.field, self.hasMaterial) = (field, hasMaterial)
  }

  /// Steps bend a particle by this at most; rad.
  private static var largestBend: Double { 0.2 }
  private static var longestStep: Double { 200 }
  /// A particle that scatters back to the layer which it has just left does not cross it again; mm.
  private static var scrape: Double { 5 }
  private static var mostSteps: Int { 2000 }
  /// A particle that has lost more than this leaves it to be stopped; GeV/c.
  private static var lowestMomentum: Double { 0.03 }
  /// Where the flight of a secondary starts it has left the sensor of its birth behind; mm.
  private static var birth: Double { 1e-2 }

  /// Flies a particle until it leaves the detector, interacts, stops, or has turned by half a turn.
  ///
  /// - Parameter outcome: is emptied first.
  public func fly(
    _ particle: FlyingParticle, into outcome: inout FlightOutcome, _ random: inout RandomSource
  ) {
    outcome.crossings.removeAll(keepingCapacity: true)
    outcome.secondaries.removeAll(keepingCapacity: true)
    var flight = Flight(particle, in: field)
    var found = LayerCrossings()
    var next = NextLayers(map, flight.state, bornOn: particle.layer)
    if let layer = particle.layer {
      found.search(
        layer.isPlane ? map.planes[layer.index] : map.cylinders[layer.index], map.modules,
        along: flight.curve, after: Self.birth)
      for item in found.items { record(item, flight, &outcome) }
    }
    for _ in 0..<Self.mostSteps {
      guard flight.isInside, flight.remaining > 0 else { return }
      let wanted = next.distance(map, flight.state) * 1.01 + 0.2
      let bending = max(abs(flight.bending) * flight.state.field.length, 1e-9)
      let length = min(wanted, Self.largestBend / bending, Self.longestStep, flight.remaining)
      let step = FlightStep(
        from: flight.state, length: length, bending: flight.bending, in: field)
      var share = 0.0
      var hasStopped = false
      while let meeting = next.meeting(map, step, from: share) {
        share = meeting.share
        next.pass(meeting.layer, step)
        let layer =
          meeting.layer.isPlane
          ? map.planes[meeting.layer.index] : map.cylinders[meeting.layer.index]
        let remaining = flight.remaining - share * length
        if let last = flight.last, last.layer == meeting.layer,
          last.remaining - remaining < Self.scrape
        {
          continue
        }
        let place = step.place(at: share)
        guard layer.bounds.contains(layer.isBarrel ? place.z : place.transverse) else { continue }
        flight.state = step.state(at: share)
        flight.remaining = remaining
        flight.last = (meeting.layer, remaining)
        hasStopped = true
        guard
          cross(
            layer, meeting.layer, particle, &flight, &found, &outcome, &random)
        else { return }
        break
      }
      if !hasStopped {
        flight.state = step.end
        flight.remaining -= length
      }
    }
  }

  /// Passes a layer; false if the flight ends there.
  @inline(__always)
  private func cross(
    _ layer: DetectorLayer, _ index: LayerIndex, _ particle: FlyingParticle,
    _ flight: inout Flight, _ found: inout LayerCrossings, _ outcome: inout FlightOutcome,
    _ random: inout RandomSource
  ) -> Bool {
    if !layer.isPassive {
      found.search(layer, map.modules, along: flight.curve)
    }
    let isStruck = hasMaterial && particle.interacts
    if layer.isPassive {
      let outwards = dot(flight.state.place, flight.state.direction) > 0
      if isStruck, outwards, flight.struck == nil, isHit(layer, flight.state.direction, &random) {
        flight.struck = (flight.state.place, flight.momentum)
      }
    } else {
      for item in found.items {
        if let struck = flight.struck {
          interact(at: struck.place, struck.momentum, nil, &outcome, &random)
          return false
        }
        record(item, flight, &outcome)
        if isStruck, isHit(layer, item.direction, &random) {
          interact(
            at: item.place, flight.size * item.direction, index, &outcome, &random)
          return false
        }
      }
    }
    guard hasMaterial else { return true }
    flight.suffer(layer.material, obliquity: obliquity(layer, flight.state.direction), &random)
    return flight.size > Self.lowestMomentum
  }

  private func record(
    _ item: LayerCrossings.Item, _ flight: Flight, _ outcome: inout FlightOutcome
  ) {
    outcome.crossings.append(
      SensorCrossing(
        module: item.module, place: item.place, momentum: flight.size * item.direction,
        cosine: item.cosine))
  }

  /// Length of the path through a layer in its thickness.
  private func obliquity(_ layer: DetectorLayer, _ direction: SIMD3<Double>) -> Double {
    let cosine = layer.isBarrel ? direction.transverse : abs(direction.z)
    return 1 / max(cosine, 1 / LayerMaterial.longestPath)
  }

  private func isHit(
    _ layer: DetectorLayer, _ direction: SIMD3<Double>, _ random: inout RandomSource
  ) -> Bool {
    random.uniform() < layer.material.interaction * obliquity(layer, direction)
  }

  /// The parent leaves a hit on the sensor that it strikes in one of four cases.
  private func interact(
    at place: SIMD3<Double>, _ momentum: SIMD3<Double>, _ layer: LayerIndex?,
    _ outcome: inout FlightOutcome, _ random: inout RandomSource
  ) {
    if random.uniform() > NuclearInteraction.parentSeen, !outcome.crossings.isEmpty {
      outcome.crossings.removeLast()
    }
    outcome.secondaries = NuclearInteraction.secondaries(
      of: momentum, at: place, layer: layer, &random)
  }
}
