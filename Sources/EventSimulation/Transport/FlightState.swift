/// Where a charged particle is and where it flies to.
struct FlightState {
  /// In mm.
  var place: SIMD3<Double>
  /// Of length 1.
  var direction: SIMD3<Double>
  /// In T, at `place`.
  var field: SIMD3<Double>
}

/// One step of a particle's flight through the field, with every place in between.
struct FlightStep {
  let start: FlightState
  let end: FlightState
  /// In mm.
  let length: Double

  /// GeV/c per T and mm.
  static let momentumPerFieldAndLength = 0.299_792_458e-3

  /// Solves the equation of motion with the Runge-Kutta-Nystrom formula of fourth order.
  ///
  /// - Parameter bending: charge times 0.3e-3 over the momentum in GeV/c, in 1 / (T mm).
  @inline(__always)
  init<Field: MagneticField>(
    from start: FlightState, length h: Double, bending: Double, in field: Field
  ) {
    let (x, d) = (start.place, start.direction)
    let k1 = bending * cross(d, start.field)
    let middle = field.field(at: x + (h / 2) * d + (h * h / 8) * k1)
    let k2 = bending * cross(d + (h / 2) * k1, middle)
    let k3 = bending * cross(d + (h / 2) * k2, middle)
    let place = x + h * d + (h * h / 6) * (k1 + k2 + k3)
    let last = field.field(at: place)
    let k4 = bending * cross(d + h * k3, last)
    let direction = d + (h / 6) * (k1 + 2 * (k2 + k3) + k4)
    self.start = start
    end = FlightState(place: place, direction: direction.unit, field: last)
    length = h
  }

  /// The cubic curve with the places and directions of both ends, at a share of the step.
  @inline(__always)
  func place(at t: Double) -> SIMD3<Double> {
    let difference = end.place - start.place
    let (a, b) = (length * start.direction, length * end.direction)
    let square = 3.0 * difference - 2.0 * a - b
    let cube = a + b - 2.0 * difference
    let rest = square + t * cube
    return start.place + t * (a + t * rest)
  }

  /// The change of `place(at:)` with the share.
  @inline(__always)
  func velocity(at t: Double) -> SIMD3<Double> {
    let difference = end.place - start.place
    let (a, b) = (length * start.direction, length * end.direction)
    let square = 3.0 * difference - 2.0 * a - b
    let cube = a + b - 2.0 * difference
    let rest = 2.0 * square + (3 * t) * cube
    return a + t * rest
  }

  func state(at t: Double) -> FlightState {
    FlightState(
      place: place(at: t), direction: velocity(at: t).unit,
      field: start.field + t * (end.field - start.field))
  }

  /// The share of the step at which it reaches a distance from the beam that lies between those of its ends.
  @inline(__always)
  func share(atRadius radius: Double, _ first: Double, _ last: Double) -> Double {
    var t = (radius - first) / (last - first)
    // A step that passes the beam can meet the cylinder twice.
    if last > first {
      if dot(start.place, start.direction) < start.place.z * start.direction.z { t = 1 }
    } else if dot(end.place, end.direction) > end.place.z * end.direction.z {
      t = 0
    }
    for _ in 0..<3 {
      let (x, v) = (place(at: t), velocity(at: t))
      let slope = 2 * (x.x * v.x + x.y * v.y)
      guard slope != 0 else { break }
      t -= (x.x * x.x + x.y * x.y - radius * radius) / slope
      t = min(1, max(0, t))
    }
    return t
  }

  /// The share of the step at which it reaches a plane across the beam between its ends.
  @inline(__always)
  func share(atZ z: Double) -> Double {
    var t = (z - start.place.z) / (end.place.z - start.place.z)
    for _ in 0..<2 {
      let slope = velocity(at: t).z
      guard slope != 0 else { break }
      t = min(1, max(0, t - (place(at: t).z - z) / slope))
    }
    return t
  }
}
