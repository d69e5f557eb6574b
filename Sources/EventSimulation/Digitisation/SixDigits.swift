/// The nearest number with six significant decimal digits, as files hold it.
@inline(__always)
func roundedToSixDigits(_ value: Double) -> Double {
  let size = abs(value)
  guard size >= 1e-15, size < 1e15 else { return size < 1e-15 ? 0 : value }
  // 77 / 256 is close to the logarithm of 2 to the base of 10; the table settles the rest.
  var exponent = (Int(size.exponent) * 77) >> 8
  if size >= DecimalPowers.values[exponent + 1 + DecimalPowers.zero] { exponent += 1 }
  let shift = 5 - exponent
  if shift >= 0 {
    let scale = DecimalPowers.values[shift + DecimalPowers.zero]
    return (value * scale).rounded() / scale
  }
  let scale = DecimalPowers.values[-shift + DecimalPowers.zero]
  return (value / scale).rounded() * scale
}

/// Powers of ten from -20 to 22; those from 0 on are exact.
private enum DecimalPowers {
  static let zero = 20
  static let values: [Double] = (-zero...22).compactMap { Double("1e\($0)") }
}
