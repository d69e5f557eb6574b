/// The scalar product.
@inline(__always)
func dot(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> Double {
  a.x * b.x + a.y * b.y + a.z * b.z
}

/// The vector product.
@inline(__always)
func cross(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> SIMD3<Double> {
  SIMD3(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x)
}

extension SIMD3<Double> {
  /// Length of the vector.
  @inline(__always)
  var length: Double { dot(self, self).squareRoot() }

  /// Distance from the beam, or momentum across it.
  @inline(__always)
  var transverse: Double { (x * x + y * y).squareRoot() }

  /// The vector of length 1 in the same direction.
  @inline(__always)
  var unit: SIMD3<Double> { self / length }
}
