/// A flight near one of its places: a cubic in the length of the way, as in the field there.
struct FlightCurve {
  let start: SIMD3<Double>
  /// Of length 1.
  let direction: SIMD3<Double>
  /// Change of the direction per mm.
  let bend: SIMD3<Double>
  /// Change of `bend` per mm.
  let turn: SIMD3<Double>

  /// - Parameter way: length of the way from the start, mm.
  @inline(__always)
  func place(at way: Double) -> SIMD3<Double> {
    let curved = (way * way / 2) * bend
    let turned = (way * way * way / 6) * turn
    return start + way * direction + curved + turned
  }

  @inline(__always)
  func direction(at way: Double) -> SIMD3<Double> {
    let turned = (way * way / 2) * turn
    return (direction + way * bend + turned).unit
  }
}
