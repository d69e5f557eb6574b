/// The magnetic field of a detector at any place, as the data set declares it.
public struct DetectorField: Sendable {
  private enum Shape {
    case uniform(Double)
    case coil(CoilField)
  }

  private let shape: Shape
  /// The field in the middle of the magnet, in T.
  public let strength: Double

  /// - Parameter declared: the data set's; 2 T along z everywhere where it declares none.
  public init(_ declared: MagneticField? = nil) {
    switch declared {
    case nil:
      shape = .uniform(2)
      strength = 2
    case .uniform(let strength):
      shape = .uniform(strength)
      self.strength = strength
    case .coil(let radius, let length, let centre, let strength):
      shape = .coil(
        CoilField(
          radius: radius, length: length, centre: SIMD3(centre[0], centre[1], centre[2]),
          strength: strength))
      self.strength = strength
    }
  }

  /// The field in T at a place in mm.
  public func field(at place: SIMD3<Double>) -> SIMD3<Double> {
    switch shape {
    case .uniform(let strength): SIMD3(0, 0, strength)
    case .coil(let coil): coil.field(at: place)
    }
  }
}
