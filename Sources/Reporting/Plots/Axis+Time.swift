extension Axis {
  /// An axis of a run's time in the unit that suits its length, and the seconds of that unit.
  ///
  /// - Parameters:
  ///   - start: seconds since the run's start.
  ///   - end: the same.
  static func time(from start: Double, to end: Double) -> (axis: Axis, unitSeconds: Double) {
    let unit: (seconds: Double, name: String) =
      end > 7200 ? (3600, "h") : end > 600 ? (60, "min") : (1, "s")
    let axis = Axis(
      label: "time since the start (\(unit.name))",
      over: [start / unit.seconds, max(end, start + 1e-3) / unit.seconds], toTicks: false, room: 10)
    return (axis, unit.seconds)
  }
}
