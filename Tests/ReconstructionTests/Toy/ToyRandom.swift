import Foundation
import TestSupport

extension SeededGenerator {
  /// Uniform between two ends.
  mutating func uniform(_ low: Double, _ high: Double) -> Double {
    low + (high - low) * Double(next() >> 11) * 0x1p-53
  }

  /// Uniform in the logarithm.
  mutating func logarithmic(_ low: Double, _ high: Double) -> Double {
    exp(uniform(log(low), log(high)))
  }

  mutating func sign() -> Double { next() & 1 == 0 ? 1 : -1 }
}
