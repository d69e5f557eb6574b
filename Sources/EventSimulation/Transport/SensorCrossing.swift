/// The passage of a particle through the middle plane of a sensor.
public struct SensorCrossing: Sendable {
  /// Row of the module in the detector's table.
  public var module: Int
  /// In mm.
  public var place: SIMD3<Double>
  /// In GeV/c.
  public var momentum: SIMD3<Double>
  /// Cosine of the angle between the flight and the sensor's normal, 0 to 1.
  public var cosine: Double

  public init(
    module: Int, place: SIMD3<Double>, momentum: SIMD3<Double>, cosine: Double
  ) {
    (self.module, self.place, self.momentum) = (module, place, momentum)
    self.cosine = cosine
  }
}

/// What became of a particle's flight through the detector.
public struct FlightOutcome: Sendable {
  /// Sensors crossed, in the order of the flight.
  public internal(set) var crossings: [SensorCrossing] = []
  /// Charged particles from the nuclear interaction that ended the flight.
  public internal(set) var secondaries: [Secondary] = []

  public init() {}
}
