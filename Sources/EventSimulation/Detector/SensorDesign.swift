/// What the sensors of one kind have in common: sizes and pitches in mm, as the columns of detectors.csv.
struct SensorDesign: Sendable {
  var thickness: Double
  var minimumHalfU: Double
  var maximumHalfU: Double
  var halfV: Double
  var pitchU: Double
  var pitchV: Double

  /// A sensor of this kind at a place.
  func sensor(
    volume: Int32, layer: Int32, module: Int32, centre: SIMD3<Double>,
    axes: (u: SIMD3<Double>, v: SIMD3<Double>, w: SIMD3<Double>)
  ) -> SensorModule {
    SensorModule(
      volume: volume, layer: layer, module: module, centre: centre,
      axisU: axes.u, axisV: axes.v, axisW: axes.w, thickness: thickness,
      minimumHalfU: minimumHalfU, maximumHalfU: maximumHalfU, halfV: halfV,
      pitchU: pitchU, pitchV: pitchV)
  }
}

extension SensorDesign {
  /// Every pixel sensor: 16.8 mm by 72 mm in cells of 50 um by 56.25 um.
  static let pixel = SensorDesign(
    thickness: 0.15, minimumHalfU: 8.4, maximumHalfU: 8.4, halfV: 36, pitchU: 0.05,
    pitchV: 0.05625)

  /// A short-strip sensor of the barrel.
  static let shortStrip = SensorDesign(
    thickness: 0.25, minimumHalfU: 24, maximumHalfU: 24, halfV: 54, pitchU: 0.08, pitchV: 1.2)

  /// A long-strip sensor of the barrel.
  static let longStrip = SensorDesign(
    thickness: 0.35, minimumHalfU: 24, maximumHalfU: 24, halfV: 54, pitchU: 0.12, pitchV: 10.8)

  /// A short-strip sensor of a disk: a trapezoid, wider outwards.
  static func shortStrip(halfU: ClosedRange<Double>) -> SensorDesign {
    SensorDesign(
      thickness: 0.25, minimumHalfU: halfU.lowerBound, maximumHalfU: halfU.upperBound, halfV: 78,
      pitchU: 0.08, pitchV: 1.2)
  }

  /// A long-strip sensor of a disk: a trapezoid, wider outwards.
  static func longStrip(halfU: ClosedRange<Double>) -> SensorDesign {
    SensorDesign(
      thickness: 0.35, minimumHalfU: halfU.lowerBound, maximumHalfU: halfU.upperBound, halfV: 78,
      pitchU: 0.12, pitchV: 10.4)
  }
}
