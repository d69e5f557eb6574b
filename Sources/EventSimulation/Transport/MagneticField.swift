import EventData

/// A magnetic field that particles fly through.
public protocol MagneticField: Sendable {
  /// The field in T at a place in mm.
  func field(at place: SIMD3<Double>) -> SIMD3<Double>
}

extension CoilField: MagneticField {}

/// A field that is the same everywhere, to hold the transport against exact helices.
public struct UniformField: MagneticField {
  /// In T.
  public let value: SIMD3<Double>

  public init(_ value: SIMD3<Double>) { self.value = value }

  public func field(at place: SIMD3<Double>) -> SIMD3<Double> { value }
}
