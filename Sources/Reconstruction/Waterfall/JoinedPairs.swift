/// Pairs of hits that a step of the reconstruction keeps joined, such as the edges behind a cut.
public struct JoinedPairs: Sendable, Equatable {
  /// The inner hit of each pair, [pairs].
  public var from: [Int32]
  /// The outer hit of each pair, [pairs].
  public var to: [Int32]

  public init(from: [Int32] = [], to: [Int32] = []) {
    precondition(from.count == to.count, "\(from.count) inner hits for \(to.count) outer ones")
    self.from = from
    self.to = to
  }
}
