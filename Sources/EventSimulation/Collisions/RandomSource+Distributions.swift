import Foundation

/// The distributions that the collisions are drawn from.
extension RandomSource {
  /// A number of the exponential distribution with mean 1.
  mutating func exponentialNumber() -> Double { -log(1 - uniform()) }

  /// A number of the Poisson distribution; a mean that is not positive gives 0.
  ///
  /// Counts exponential steps, so that its time grows with the mean.
  mutating func poissonNumber(mean: Double) -> Int {
    var count = 0
    var left = mean
    while left > 0 {
      // Below this mean the product of the uniform numbers stays far from the smallest double.
      let part = min(left, 300)
      left -= part
      let limit = exp(-part)
      var product = 1 - uniform()
      while product > limit {
        count += 1
        product *= 1 - uniform()
      }
    }
    return count
  }

  /// A number of the gamma distribution with scale 1, for shapes of 1 and more.
  ///
  /// Source: Marsaglia and Tsang, ACM Transactions on Mathematical Software 26 (2000) 363.
  mutating func gammaNumber(shape: Double) -> Double {
    let d = shape - 1.0 / 3
    let c = 1 / (9 * d).squareRoot()
    while true {
      let x = normal()
      let t = 1 + c * x
      guard t > 0 else { continue }
      let v = t * t * t
      if log(1 - uniform()) < 0.5 * x * x + d - d * v + d * log(v) { return d * v }
    }
  }

  /// A unit vector, the same in all directions.
  mutating func isotropicDirection() -> SIMD3<Double> {
    let cosine = uniform(-1, 1)
    let sine = max(0, 1 - cosine * cosine).squareRoot()
    let azimuth = uniform(0, 2 * Double.pi)
    return SIMD3(sine * cos(azimuth), sine * sin(azimuth), cosine)
  }
}
