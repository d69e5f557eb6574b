/// Bulirsch's general complete elliptic integral, from which the field of a coil is made.
///
/// The integral over an angle t from 0 to pi/2 of (c cos^2 t + s sin^2 t) / ((cos^2 t + p sin^2 t) d), where
/// d = sqrt(cos^2 t + kc^2 sin^2 t). By arithmetic-geometric means; relative error below 1e-11. Source:
/// R. Bulirsch, Numerical calculation of elliptic integrals III, Numer. Math. 13 (1969) 305.
///
/// - Parameters:
///   - complement: the complementary modulus kc, above 0.
///   - p: above 0.
func completeEllipticIntegral(
  complement: Double, _ p: Double, _ c: Double, _ s: Double
) -> Double {
  var (k, product) = (complement, complement)
  var (p, c, s) = (p.squareRoot(), c, s / p.squareRoot())
  var previous = 1.0
  var mean = 1.0
  func step(_ g: Double) {
    let before = c
    c += s / p
    s = 2 * (s + before * g)
    p += g
    previous = mean
    mean += k
  }
  step(k / p)
  while abs(previous - k) > previous * 1e-6 {
    k = 2 * product.squareRoot()
    product = k * mean
    step(product / p)
  }
  return .pi / 2 * (s + c * mean) / (mean * (mean + p))
}
