import EventData
import Foundation

extension EventGenerator {
  /// A cell shares its charge with a neighbour that is nearer than this part of the pitch.
  private static let sharingWidth = 0.25

  /// Turns crossings, in the order of the hits, into hits, truth and cells.
  func measure(
    _ crossings: [Crossing], into event: inout SimulatedEvent, _ random: inout RandomSource
  ) {
    event.hits.reserveCapacity(crossings.count)
    event.truth.reserveCapacity(crossings.count)
    for (index, crossing) in crossings.enumerated() {
      let hit = Int32(index + 1)
      let volume = volumes[crossing.volume]
      var place = crossing.place
      var shift = (u: 0.0, v: 0.0)
      if crossing.particle >= 0 && configuration.resolutionScale > 0 {
        shift.u = random.normal() * volume.resolution.u * configuration.resolutionScale
        shift.v = random.normal() * volume.resolution.v * configuration.resolutionScale
        place.u += shift.u
        place.v += shift.v
      }
      let measured = position(of: crossing, shiftedBy: shift)
      event.hits.hitID.append(hit)
      event.hits.x.append(measured.x.rounded(to: 1e4))
      event.hits.y.append(measured.y.rounded(to: 1e4))
      event.hits.z.append(measured.z.rounded(to: 1e4))
      event.hits.volumeID.append(volume.volumeID)
      event.hits.layerID.append(crossing.layerID)
      event.hits.moduleID.append(place.moduleID)
      event.truth.hitID.append(hit)
      event.truth.particleID.append(
        crossing.particle < 0 ? 0 : event.particles.particleID[crossing.particle])
      event.truth.tx.append(crossing.x.rounded(to: 1e4))
      event.truth.ty.append(crossing.y.rounded(to: 1e4))
      event.truth.tz.append(crossing.z.rounded(to: 1e4))
      event.truth.tpx.append(crossing.px.rounded(to: 1e6))
      event.truth.tpy.append(crossing.py.rounded(to: 1e6))
      event.truth.tpz.append(crossing.pz.rounded(to: 1e6))
      addCells(of: hit, crossing, place, volume, to: &event.cells, &random)
    }
  }

  /// The point on the sensor's surface that lies this far across and along from where the particle passed.
  private func position(
    of crossing: Crossing, shiftedBy shift: (u: Double, v: Double)
  ) -> (x: Double, y: Double, z: Double) {
    let radius = (crossing.x * crossing.x + crossing.y * crossing.y).squareRoot()
    let measuredRadius = crossing.isBarrel ? radius : radius + shift.v
    let turn = shift.u / radius
    let (cosine, sine) = (cos(turn), sin(turn))
    let scale = measuredRadius / radius
    return (
      scale * (crossing.x * cosine - crossing.y * sine),
      scale * (crossing.x * sine + crossing.y * cosine),
      crossing.isBarrel ? crossing.z + shift.v : crossing.z
    )
  }

  /// One to four cells: the one that was hit, and neighbours whose border is near.
  private func addCells(
    of hit: Int32, _ crossing: Crossing, _ place: SensorSurface.Place, _ volume: DetectorVolume,
    to cells: inout CellTable, _ random: inout RandomSource
  ) {
    let across = shares(at: place.u / volume.pitch.u)
    let along = shares(at: place.v / volume.pitch.v)
    let path = volume.thickness / crossing.cosine
    for u in across {
      for v in along {
        let charge = path * u.share * v.share * max(0.1, 1 + 0.1 * random.normal())
        cells.hitID.append(hit)
        cells.channel0.append(u.channel)
        cells.channel1.append(v.channel)
        cells.value.append(volume.measuresCharge ? max(1e-6, charge.rounded(to: 1e6)) : 1)
      }
    }
  }

  /// The channels, in order, that share the charge at a position counted in cells.
  private func shares(at position: Double) -> [(channel: Int32, share: Double)] {
    let position = max(0, position)
    let channel = Int32(position)
    let inside = position - position.rounded(.down)
    let width = Self.sharingWidth
    if inside < width && channel > 0 {
      let share = 0.5 * (1 - inside / width)
      return [(channel - 1, share), (channel, 1 - share)]
    }
    if inside > 1 - width {
      let share = 0.5 * (1 - (1 - inside) / width)
      return [(channel, 1 - share), (channel + 1, share)]
    }
    return [(channel, 1)]
  }
}

extension HitTable {
  fileprivate mutating func reserveCapacity(_ count: Int) {
    hitID.reserveCapacity(count)
    x.reserveCapacity(count)
    y.reserveCapacity(count)
    z.reserveCapacity(count)
    volumeID.reserveCapacity(count)
    layerID.reserveCapacity(count)
    moduleID.reserveCapacity(count)
  }
}

extension TruthTable {
  fileprivate mutating func reserveCapacity(_ count: Int) {
    hitID.reserveCapacity(count)
    particleID.reserveCapacity(count)
    tx.reserveCapacity(count)
    ty.reserveCapacity(count)
    tz.reserveCapacity(count)
    tpx.reserveCapacity(count)
    tpy.reserveCapacity(count)
    tpz.reserveCapacity(count)
  }
}
