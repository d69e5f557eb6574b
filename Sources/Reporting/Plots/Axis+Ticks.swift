import Foundation

extension Axis {
  func ln(_ value: Double) -> Double { log(value) }
  func logOdds(_ probability: Double) -> Double { log(probability / (1 - probability)) }

  /// What an axis of log-odds may have as ticks: powers of ten from both ends, and one half.
  static let probabilities: [Tick] = {
    let decades = -6 ... -1
    let low = decades.map { Tick(value: NumberText.powerOfTen($0), label: decimal($0)) }
    let high = decades.reversed().map { exponent in
      Tick(
        value: 1 - NumberText.powerOfTen(exponent),
        label: NumberText.fixed(1 - NumberText.powerOfTen(exponent), decimals: -exponent))
    }
    return low + [Tick(value: 0.5, label: "0.5")] + high
  }()

  private static func decimal(_ exponent: Int) -> String {
    exponent < -4
      ? NumberText.scientific(NumberText.powerOfTen(exponent), digits: 1)
      : NumberText.fixed(NumberText.powerOfTen(exponent), decimals: -exponent)
  }

  mutating func setLogOddsTicks() {
    setTicks(Self.probabilities.filter { (lower...upper).contains($0.value) })
  }

  /// The smallest of 1, 2 and 5 times a power of ten that cuts the span into few enough parts.
  static func step(for span: Double, parts: Int) -> (factor: Int, exponent: Int) {
    let rough = span / Double(max(1, parts))
    let exponent = NumberText.decimalExponent(of: rough)
    for factor in [1, 2, 5] where Double(factor) * NumberText.powerOfTen(exponent) >= rough {
      return (factor, exponent)
    }
    return (1, exponent + 1)
  }

  /// The labels of linear ticks, all in one form: plain, or scientific where plain is too long.
  static func labels(of values: [Double], exponent: Int) -> [String] {
    let decimals = max(0, -exponent)
    let largest = values.map { abs($0) }.max() ?? 0
    guard largest > 0 else { return values.map { _ in "0" } }
    let leading = NumberText.decimalExponent(of: largest)
    let isPlain = leading < 6 && decimals <= 6
    return values.map { value in
      guard !isPlain else { return NumberText.fixed(value, decimals: decimals) }
      guard value != 0 else { return "0" }
      let digits = NumberText.decimalExponent(of: value) - exponent + 1
      return NumberText.scientific(value, digits: min(12, max(1, digits)))
    }
  }
}

extension Axis {
  mutating func setLinearTicks(toTicks: Bool, whole: Bool, room: Int) {
    var (factor, exponent) = Self.step(for: upper - lower, parts: room)
    if whole, exponent < 0 { (factor, exponent) = (1, 0) }
    let size = NumberText.powerOfTen(exponent)
    let step = Double(factor) * size
    var first = (lower / step - 1e-9).rounded(.up)
    var last = (upper / step + 1e-9).rounded(.down)
    if toTicks {
      first = (lower / step + 1e-9).rounded(.down)
      last = (upper / step - 1e-9).rounded(.up)
      setRange(first * step, last * step)
    }
    let values = stride(from: first, through: last, by: 1).prefix(100).map { count -> Double in
      // Dividing by a whole power of ten is exact where multiplying by a fraction is not.
      exponent < 0 && exponent > -300
        ? count * Double(factor) / NumberText.powerOfTen(-exponent) : count * step
    }
    let labels = Self.labels(of: values, exponent: exponent)
    setTicks(zip(values, labels).map { Tick(value: $0 == 0 ? 0 : $0, label: $1) })
  }

  mutating func setLogarithmicTicks(room: Int) {
    let bottom = NumberText.decimalExponent(of: lower)
    let top = NumberText.decimalExponent(of: upper)
    let decades = top - bottom
    let factors: [Double] = decades <= 1 ? [1, 2, 3, 5] : decades < 3 ? [1, 2, 5] : [1]
    let stride = max(1, (decades + room - 1) / max(1, room))
    var ticks: [Tick] = []
    for exponent in bottom...top where (exponent - bottom) % stride == 0 {
      for factor in factors {
        let value = factor * NumberText.powerOfTen(exponent)
        guard value >= lower * 0.999999, value <= upper * 1.000001 else { continue }
        let isPlain = (-3..<4).contains(exponent)
        let label =
          isPlain
          ? NumberText.fixed(value, decimals: max(0, -exponent))
          : NumberText.scientific(value, digits: 1)
        ticks.append(Tick(value: value, label: label))
      }
    }
    setTicks(ticks)
  }
}
