import EventData
import Foundation

extension EventGenerator {
  /// Charged pions from vertices near the beam, numbered as in the challenge: vertex, then particle.
  func primaries(_ random: inout RandomSource) -> ParticleTable {
    var table = ParticleTable()
    var vertex = (x: 0.0, y: 0.0, z: 0.0)
    for particle in 0..<configuration.primaries {
      if particle % configuration.particlesPerVertex == 0 {
        vertex = (
          random.normal() * configuration.beamSpotTransverse,
          random.normal() * configuration.beamSpotTransverse,
          random.normal() * configuration.beamSpotZ
        )
      }
      let pT = transverseMomentum(random.uniform())
      let eta = random.uniform(-configuration.maximumEta, configuration.maximumEta)
      let phi = random.uniform(-Double.pi, Double.pi)
      let vertexNumber = min(particle / configuration.particlesPerVertex, 2000) + 1
      table.particleID.append(Int64(vertexNumber) << 52 | Int64(particle + 1) << 24)
      table.vx.append(vertex.x.rounded(to: 1e6))
      table.vy.append(vertex.y.rounded(to: 1e6))
      table.vz.append(vertex.z.rounded(to: 1e6))
      table.px.append((pT * cos(phi)).rounded(to: 1e6))
      table.py.append((pT * sin(phi)).rounded(to: 1e6))
      table.pz.append((pT * sinh(eta)).rounded(to: 1e6))
      table.charge.append(random.uniform() < 0.5 ? -1 : 1)
      table.hitCount.append(0)
    }
    return table
  }

  /// The transverse momentum in GeV/c above which lies a given share of the spectrum.
  private func transverseMomentum(_ share: Double) -> Double {
    let excess = pow(1 - share, -1 / configuration.powerPT) - 1
    return configuration.minimumPT + configuration.scalePT * excess
  }
}
