/// The interval that Wilson (1927) gives for a fraction that was counted; it never leaves 0…1.
public struct WilsonInterval: Sendable, Equatable {
  public var lower: Double
  public var upper: Double

  /// The interval for `found` of `total`, `deviations` standard deviations wide on each side.
  ///
  /// Nil where the counts are no fraction: nothing to be found, or more found than there is.
  public init?(found: Int, total: Int, deviations: Double = 1) {
    guard total > 0, found >= 0, found <= total else { return nil }
    let count = Double(total)
    let fraction = Double(found) / count
    let square = deviations * deviations
    let centre = (fraction + square / (2 * count)) / (1 + square / count)
    let spread = fraction * (1 - fraction) / count + square / (4 * count * count)
    let half = deviations * spread.squareRoot() / (1 + square / count)
    lower = found == 0 ? 0 : max(0, centre - half)
    upper = found == total ? 1 : min(1, centre + half)
  }
}
