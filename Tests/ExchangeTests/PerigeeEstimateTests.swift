import Exchange
import Foundation
import TestSupport
import Testing

@Suite struct PerigeeEstimateTests {
  /// Hits on a helix through a perigee, in a field of 2 T.
  private func hits(
    d0: Double, z0: Double, phi: Double, theta: Double, pT: Double, charge: Int
  ) -> [SIMD3<Double>] {
    let radius = pT / (0.299_792_458e-3 * 2)
    let sense = charge > 0 ? -1.0 : 1.0
    let (x0, y0) = (-d0 * sin(phi), d0 * cos(phi))
    return [30.0, 70, 120, 250, 500, 900].map { way in
      let turn = sense * way / radius
      // The centre lies to the left of the direction for the negative charge.
      let centre = (x0 - sense * radius * sin(phi), y0 + sense * radius * cos(phi))
      let x = centre.0 + sense * radius * sin(phi + turn)
      let y = centre.1 - sense * radius * cos(phi + turn)
      return SIMD3(x, y, z0 + way / tan(theta))
    }
  }

  @Test func theParametersOfAHelixComeBack() throws {
    var random = SeededGenerator(state: 5)
    for _ in 0..<200 {
      let d0 = Double.random(in: -20...20, using: &random)
      let z0 = Double.random(in: -100...100, using: &random)
      let phi = Double.random(in: -3.1...3.1, using: &random)
      let theta = Double.random(in: 0.2...2.9, using: &random)
      let pT = Double.random(in: 0.5...5, using: &random)
      let charge = Bool.random(using: &random) ? 1 : -1
      let estimate = try #require(
        PerigeeEstimate(
          hits: hits(d0: d0, z0: z0, phi: phi, theta: theta, pT: pT, charge: charge)))
      #expect(abs(estimate.d0 - d0) < 1e-5)
      #expect(abs(estimate.z0 - z0) < 1e-5)
      #expect(abs(estimate.phi - phi) < 1e-7)
      #expect(abs(estimate.theta - theta) < 1e-7)
      #expect(abs(estimate.pT / pT - 1) < 1e-6)
      #expect(estimate.charge == charge)
      let momentum = pT / sin(theta) * 1000
      #expect(abs(estimate.qOverP * momentum - Double(charge)) < 1e-6)
      #expect(abs(estimate.eta + log(tan(theta / 2))) < 1e-6)
    }
  }

  @Test func whatIsNoCircleHasNoParameters() {
    #expect(PerigeeEstimate(hits: []) == nil)
    #expect(PerigeeEstimate(hits: [SIMD3(1, 0, 0), SIMD3(2, 1, 0)]) == nil)
    #expect(PerigeeEstimate(hits: [SIMD3(1, 0, 0), SIMD3(2, 0, 0), SIMD3(3, 0, 0)]) == nil)
    #expect(PerigeeEstimate(hits: [SIMD3(1, 0, 0), SIMD3(1, 0, 0), SIMD3(1, 0, 0)]) == nil)
  }
}
