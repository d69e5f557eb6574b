import EventData
import Foundation

extension EventGenerator {
  /// A sensor crossed nearer to its plane than this cosine leaves no hit.
  private static let grazingCosine = 0.1

  /// Follows a particle out through the detector, up to half a turn of its helix.
  func trace(
    _ particles: ParticleTable, row: Int, into crossings: inout [Crossing],
    _ random: inout RandomSource
  ) {
    let (px, py) = (particles.px[row], particles.py[row])
    let pT = (px * px + py * py).squareRoot()
    guard pT > 0 else { return }
    var helix = Helix(
      x: particles.vx[row], y: particles.vy[row], z: particles.vz[row], phi: atan2(py, px),
      pT: pT, slope: particles.pz[row] / pT, charge: particles.charge[row])
    let planes = helix.slope >= 0 ? surfaces.forward : surfaces.backward
    var turned = 0.0
    var nextCylinder = 0
    var nextPlane = planes.firstIndex { abs($0.position) > abs(helix.z) } ?? planes.count
    while nextCylinder < surfaces.barrel.count || nextPlane < planes.count {
      let curvature = helix.curvature(field: configuration.field)
      let toCylinder =
        nextCylinder < surfaces.barrel.count
        ? helix.length(toRadius: surfaces.barrel[nextCylinder].position, curvature: curvature) : nil
      let toPlane =
        nextPlane < planes.count && helix.slope != 0
        ? (planes[nextPlane].position - helix.z) / helix.slope : nil
      let surface: SensorSurface
      let length: Double
      if let toCylinder, toCylinder <= toPlane ?? .infinity {
        (surface, length) = (surfaces.barrel[nextCylinder], toCylinder)
        nextCylinder += 1
      } else if let toPlane {
        (surface, length) = (planes[nextPlane], toPlane)
        nextPlane += 1
      } else {
        return
      }
      turned += abs(curvature) * length
      guard turned < Double.pi else { return }
      helix.advance(length: length, curvature: curvature)
      guard let place = place(of: helix, on: surface) else { continue }
      let crossing = crossing(helix, surface, place, row)
      guard crossing.cosine > Self.grazingCosine else { continue }
      if random.uniform() >= configuration.inefficiency { crossings.append(crossing) }
      scatter(&helix, volume: surface.volume, &random)
    }
  }

  private func place(of helix: Helix, on surface: SensorSurface) -> SensorSurface.Place? {
    let radius =
      surface.isBarrel
      ? surface.position : (helix.x * helix.x + helix.y * helix.y).squareRoot()
    let along = surface.isBarrel ? helix.z : radius
    guard along >= surface.bounds[0], along < surface.bounds[surface.bounds.count - 1] else {
      return nil
    }
    return surface.place(
      phi: atan2(helix.y, helix.x), along: along, radius: radius, overlap: configuration.overlap)
  }

  private func crossing(
    _ helix: Helix, _ surface: SensorSurface, _ place: SensorSurface.Place, _ row: Int
  ) -> Crossing {
    let (cosine, sine) = (cos(helix.phi), sin(helix.phi))
    let perLength = (1 + helix.slope * helix.slope).squareRoot()
    let alongNormal =
      surface.isBarrel
      ? abs(helix.x * cosine + helix.y * sine) / surface.position : abs(helix.slope)
    return Crossing(
      volume: surface.volume, layerID: surface.layerID, isBarrel: surface.isBarrel,
      position: surface.position, place: place, particle: row, x: helix.x, y: helix.y, z: helix.z,
      px: helix.pT * cosine, py: helix.pT * sine, pz: helix.pT * helix.slope,
      cosine: alongNormal / perLength)
  }

  /// Turns the flight by the small angles that matter in the sensor gives it, at the same momentum.
  private func scatter(_ helix: inout Helix, volume: Int, _ random: inout RandomSource) {
    let strength = volumes[volume].scattering * configuration.scatteringScale
    guard strength > 0 else { return }
    let momentum = helix.pT * (1 + helix.slope * helix.slope).squareRoot()
    let angle = strength / momentum
    // The angle across the beam grows as the flight comes near to the beam's direction.
    helix.phi += random.normal() * angle * momentum / helix.pT
    let dip = atan(helix.slope) + random.normal() * angle
    helix.pT = momentum * cos(dip)
    helix.slope = tan(dip)
  }
}
