/// How many of something were found in each bin of a quantity, numerators beside denominators.
public struct BinnedCounts: Sendable, Equatable {
  /// What is binned, with its unit, as an axis is labelled.
  public let quantity: String
  /// Increasing bin edges, one more than bins; values beyond the outermost count in the outer bins.
  public let edges: [Double]
  /// Numerators, [bins].
  public private(set) var found: [Int]
  /// Denominators, [bins].
  public private(set) var all: [Int]
  /// How many were counted without a known value; they are in no bin.
  public private(set) var unknown = 0

  public init(quantity: String, edges: [Double]) {
    precondition(edges.count >= 2, "a bin has two edges")
    self.quantity = quantity
    self.edges = edges
    found = [Int](repeating: 0, count: edges.count - 1)
    all = found
  }

  /// Share found in each bin, nil where the bin is empty.
  public var shares: [Double?] {
    zip(found, all).map { $1 == 0 ? nil : Double($0) / Double($1) }
  }

  /// Counts one more; a value on an inner edge is in the bin above it, and nil in none.
  public mutating func add(_ value: Double?, found isFound: Bool) {
    guard let value else {
      unknown += 1
      return
    }
    let above = edges.dropFirst().dropLast().firstIndex { value < $0 }
    let bin = (above ?? edges.count - 1) - 1
    all[bin] += 1
    if isFound { found[bin] += 1 }
  }

  /// Adds the counts of another event, in the same bins.
  public mutating func add(_ other: BinnedCounts) {
    precondition(other.edges == edges, "counts in other bins")
    for bin in all.indices {
      found[bin] += other.found[bin]
      all[bin] += other.all[bin]
    }
    unknown += other.unknown
  }
}
