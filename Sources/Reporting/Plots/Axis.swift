/// One axis of a plot: its range, its ticks, and where a value stands along it.
struct Axis: Equatable {
  /// On the scale of log-odds a probability stands at its logit.
  enum Scale { case linear, logarithmic, logOdds }

  struct Tick: Equatable {
    var value: Double
    var label: String
  }

  var label: String
  var scale: Scale
  private(set) var lower: Double
  private(set) var upper: Double
  private(set) var ticks: [Tick] = []

  /// Values beyond this are not drawn, so that differences stay finite.
  static let limit = 1e300
  /// Differences below this are none, so that steps between ticks stay normal numbers.
  static let indistinct = 1e-280

  /// A linear axis over the values.
  ///
  /// - Parameters:
  ///   - toTicks: Whether the range is widened to the next ticks.
  ///   - whole: Whether only whole numbers are ticks.
  ///   - room: How many ticks there is room for.
  init(
    label: String, over values: [Double], toTicks: Bool = true, whole: Bool = false,
    room: Int = 6
  ) {
    self.label = label
    scale = .linear
    let drawn = values.filter(Self.isDrawable)
    lower = drawn.min() ?? 0
    upper = drawn.max() ?? 1
    // One value, or values that cannot be told apart, stand in the middle.
    let size = max(abs(lower), abs(upper))
    if upper - lower <= max(size * 1e-9, Self.indistinct) {
      let margin = whole || size < Self.indistinct ? 1 : size * 0.1
      lower -= margin
      upper += margin
    }
    setLinearTicks(toTicks: toTicks, whole: whole, room: room)
  }

  /// A logarithmic axis over the values above 0.
  ///
  /// - Parameter toDecades: Whether the range is widened to whole powers of ten.
  init(label: String, logarithmicOver values: [Double], toDecades: Bool = true, room: Int = 6) {
    self.label = label
    scale = .logarithmic
    let drawn = values.filter { Self.isDrawable($0) && $0 > Self.indistinct }
    lower = drawn.min() ?? 1
    upper = drawn.max() ?? 10
    if toDecades || upper <= lower * 1.000001 {
      let bottom = NumberText.decimalExponent(of: lower)
      let top = NumberText.decimalExponent(of: upper)
      lower = NumberText.powerOfTen(bottom)
      upper = NumberText.powerOfTen(upper > NumberText.powerOfTen(top) ? top + 1 : top)
      if upper <= lower { upper = NumberText.powerOfTen(bottom + 1) }
    }
    setLogarithmicTicks(room: room)
  }

  /// An axis of probabilities on the scale of their log-odds, widened to the next ticks.
  ///
  /// What is nearer to 0 or 1 than `nearest` stands at the end.
  init(label: String, logOddsOver values: [Double]) {
    self.label = label
    scale = .logOdds
    let drawn = values.filter { $0 > 0 && $0 < 1 }
      .map { min(max($0, Self.nearest), 1 - Self.nearest) }
    let (least, most) = (drawn.min() ?? 0.1, drawn.max() ?? 0.9)
    let marks = Self.probabilities.map(\.value)
    // A value on a mark, as rounding leaves it, needs no further one.
    lower = marks.last { $0 <= least * 1.000001 } ?? marks[0]
    upper = marks.first { 1 - $0 <= (1 - most) * 1.000001 } ?? marks[marks.count - 1]
    if lower >= upper { (lower, upper) = (min(lower, 0.1), max(upper, 0.9)) }
    setLogOddsTicks()
  }

  /// The nearest to 0 and to 1 that an axis of log-odds goes.
  static let nearest = 1e-6

  mutating func setRange(_ lower: Double, _ upper: Double) {
    self.lower = lower
    self.upper = upper
  }

  mutating func setTicks(_ ticks: [Tick]) { self.ticks = ticks }

  static func isDrawable(_ value: Double) -> Bool { value.isFinite && abs(value) < limit }

  /// Where a value stands: 0 at the lower end, 1 at the upper; below a logarithmic axis, 0.
  func position(of value: Double) -> Double {
    switch scale {
    case .linear: (value - lower) / (upper - lower)
    case .logarithmic: value <= lower ? 0 : (ln(value) - ln(lower)) / (ln(upper) - ln(lower))
    case .logOdds:
      (logOdds(min(max(value, lower), upper)) - logOdds(lower)) / (logOdds(upper) - logOdds(lower))
    }
  }
}
