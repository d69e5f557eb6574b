import EdgeClassifier

/// Which rows of a training event are taken, and what they count.
///
/// Of the true ones and of the false ones a share is taken, by a hash of what the row is of, so that the
/// choice depends on nothing else; each then counts for those that were not.
public struct RowSampling: Sendable, Equatable {
  public var trueShare: Double
  public var falseShare: Double
  public var seed: UInt64

  public init(trueShare: Double = 1, falseShare: Double, seed: UInt64 = 1) {
    self.trueShare = trueShare
    self.falseShare = falseShare
    self.seed = seed
  }

  /// Whether a row is taken.
  @inline(__always)
  func takes(_ a: Int32, _ b: Int32, isTrue: Bool) -> Bool {
    let share = isTrue ? trueShare : falseShare
    guard share < 1 else { return true }
    var z =
      (UInt64(UInt32(bitPattern: a)) << 32 | UInt64(UInt32(bitPattern: b)))
      &+ seed &* 0x9E37_79B9_7F4A_7C15
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return Double((z ^ z >> 31) >> 11) * 0x1p-53 < share
  }

  var trueFactor: Float { Float(1 / trueShare) }
  var falseFactor: Float { Float(1 / falseShare) }
}

/// Takes rows from tiles of features, feature by feature, into a table.
struct RowCollector {
  private(set) var rows: RowTable

  init(inputs: Int) {
    rows = RowTable(inputs: inputs)
  }

  /// - Parameter features: of the row in a tile, `stride` apart.
  mutating func take(
    _ features: UnsafePointer<Float>, stride: Int, isTrue: Bool, weight: Float
  ) {
    var label: UInt8 = isTrue ? 1 : 0
    var weight = weight
    rows.append(
      features: features, stride: stride, count: 1, labels: &label, weights: &weight)
  }
}
