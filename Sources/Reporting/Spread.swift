/// The mean of some numbers, and how sure it is.
struct Spread {
  /// Nil of no numbers.
  var mean: Double?
  /// The standard error of the mean; nil for fewer than two numbers.
  var standardError: Double?

  init(_ values: [Double]) {
    guard !values.isEmpty else { return }
    let mean = values.reduce(0, +) / Double(values.count)
    self.mean = mean
    guard values.count > 1 else { return }
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    standardError = (squares / Double(values.count - 1) / Double(values.count)).squareRoot()
  }

  /// What is missing or not finite is left out.
  init(present values: [Double?]) { self.init(values.compactMap { $0 }.filter(\.isFinite)) }
}
