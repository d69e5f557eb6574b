/// Which hits of an event a study looks at: volumes and a range along the beam.
public struct HitSelection: Sendable, Equatable, CustomStringConvertible {
  /// A range along z in mm without its ends.
  public struct ZRange: Sendable, Equatable {
    public var lower: Double
    public var upper: Double

    public init(lower: Double, upper: Double) {
      self.lower = lower
      self.upper = upper
    }
  }

  /// The volumes taken; empty for all.
  public var volumes: [Int32]
  /// The range in z taken; nil for all.
  public var zRange: ZRange?

  public init(volumes: [Int32] = [], zRange: (lower: Double, upper: Double)? = nil) {
    self.volumes = volumes
    self.zRange = zRange.map { ZRange(lower: $0.lower, upper: $0.upper) }
  }

  /// The rows of the table that are taken, in their order.
  public func rows(in hits: HitTable) -> [Int] {
    let range = zRange ?? ZRange(lower: -.infinity, upper: .infinity)
    return (0..<hits.count).filter { row in
      (volumes.isEmpty || volumes.contains(hits.volumeID[row]))
        && hits.z[row] > range.lower && hits.z[row] < range.upper
    }
  }

  public var description: String {
    let volumes =
      volumes.isEmpty
      ? "all volumes"
      : "volume\(volumes.count == 1 ? "" : "s") \(volumes.map(String.init).joined(separator: ", "))"
    return volumes + (zRange.map { ", \($0.lower) mm < z < \($0.upper) mm" } ?? "")
  }
}
