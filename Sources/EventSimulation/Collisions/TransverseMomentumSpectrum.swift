import Foundation

/// The Tsallis spectrum of transverse momenta: dN/dpT ∝ pT (1 + (mT - m) / (n T))^-n.
///
/// The shape that the LHC experiments fit to their spectra, for example CMS, Eur. Phys. J. C 72
/// (2012) 2164.
struct TransverseMomentumSpectrum: Sendable {
  /// T, GeV.
  var temperature: Double
  /// n, above 2.
  var power: Double

  /// A transverse momentum (GeV) of a particle with this mass (GeV).
  ///
  /// With x = mT - m the spectrum is (m + x)(1 + x / nT)^-n dx, the sum of two parts. In the first,
  /// 1 + x / nT is a uniform number to the power -1 / (n - 1); in the second it is that times
  /// another one to the power -1 / (n - 2), because a beta number (n - 2, 2) is the product of the
  /// beta numbers (n - 2, 1) and (n - 1, 1).
  func sample(mass: Double, _ random: inout RandomSource) -> Double {
    let scale = power * temperature
    let first = mass * (power - 2)
    let isFirst = random.uniform() * (first + scale) < first
    var exponent = -log(1 - random.uniform()) / (power - 1)
    if !isFirst { exponent -= log(1 - random.uniform()) / (power - 2) }
    let kinetic = scale * (exp(exponent) - 1)
    return (kinetic * (kinetic + 2 * mass)).squareRoot()
  }
}
