/// The magnetic field of the challenge's events: that of a coil which is displaced against the detector.
///
/// Fitted to how the true momenta of the challenge's particles turn from hit to hit: 1.25 m radius, 5.2 m
/// length, 2 T in the middle, displaced by -150 mm in each of x, y and z. Places in mm, fields in T.
/// The field is looked up in a table over the distance from the coil's axis and along it, linear between its points;
/// nearer to the windings than 10 mm, and outside, it is that 10 mm inside them.
public struct CoilField: Sendable {
  /// The challenge's field.
  public static let trackML = CoilField()

  /// Where the coil's middle is.
  public let centre: SIMD3<Double>

  /// Bz and Br / r at the table's points, point by point along z for each r; for z from 0 on.
  private let table: [SIMD2<Float>]
  private let largestRadius: Double
  private let pointsPerRadius: Double
  private let pointsPerLength: Double
  private let largestAlong: Double

  /// Points of the table from the axis outwards and from the coil's middle to its end.
  private static let (radialPoints, pointsToEnd) = (125, 130)
  /// Points from the middle to where the table ends, outside the coil; beyond it the field is that of its end.
  private static let pointsAlong = 228

  /// The field of a thin coil.
  ///
  /// - Parameters:
  ///   - radius: of the coil, in mm.
  ///   - length: of the coil, in mm.
  ///   - centre: its middle in the detector, in mm.
  ///   - strength: the field in its middle, in T.
  public init(
    radius: Double = 1250, length: Double = 5200,
    centre: SIMD3<Double> = SIMD3(-150, -150, -150), strength: Double = 2
  ) {
    let sheet = CurrentSheet(radius: radius, length: length, strength: strength)
    let along = length / 2 / Double(Self.pointsToEnd)
    let across = (radius - 10) / Double(Self.radialPoints - 1)
    self.centre = centre
    largestRadius = across * Double(Self.radialPoints - 1)
    pointsPerRadius = 1 / across
    pointsPerLength = 1 / along
    largestAlong = along * Double(Self.pointsAlong - 1)
    var table: [SIMD2<Float>] = []
    table.reserveCapacity(Self.radialPoints * Self.pointsAlong)
    for point in 0..<Self.radialPoints {
      // Br / r has a limit on the axis; a tenth of a millimetre beside it is as good.
      let r = max(0.1, across * Double(point))
      // Both ends of the coil stand on points of the table, so one row of half-infinite coils makes all of it.
      let halves = (0..<Self.pointsAlong + Self.pointsToEnd).map {
        sheet.halfInfinite(radius: r, fromEnd: along * Double($0))
      }
      for z in 0..<Self.pointsAlong {
        let near = halves[abs(z - Self.pointsToEnd)]
        let far = halves[z + Self.pointsToEnd]
        let axial = far.axial - (z < Self.pointsToEnd ? -near.axial : near.axial)
        table.append(SIMD2(Float(axial), Float((far.radial - near.radial) / r)))
      }
    }
    self.table = table
  }

  /// The field at a place in the detector.
  public func field(at place: SIMD3<Double>) -> SIMD3<Double> {
    let own = place - centre
    let radius = (own.x * own.x + own.y * own.y).squareRoot()
    let row = min(radius, largestRadius) * pointsPerRadius
    let column = min(abs(own.z), largestAlong) * pointsPerLength
    let (i, j) = (min(Int(row), Self.radialPoints - 2), min(Int(column), Self.pointsAlong - 2))
    let (s, t) = (Float(row - Double(i)), Float(column - Double(j)))
    let start = i * Self.pointsAlong + j
    let inner = table[start] + t * (table[start + 1] - table[start])
    let next = start + Self.pointsAlong
    let outer = table[next] + t * (table[next + 1] - table[next])
    let found = inner + s * (outer - inner)
    var radial = Double(found.y)
    if own.z < 0 { radial = -radial }
    if radius > largestRadius { radial *= largestRadius / radius }
    return SIMD3(radial * own.x, radial * own.y, Double(found.x))
  }
}
