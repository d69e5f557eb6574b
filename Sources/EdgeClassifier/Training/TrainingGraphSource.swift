/// Where a training takes its graphs from.
public protocol TrainingGraphSource {
  var count: Int { get }

  /// So many graphs in a row are of one event, and an epoch takes them one after the other.
  var graphsPerEvent: Int { get }

  /// Calls a body for the graphs with these indices, in this order.
  ///
  /// The order is told beforehand so that the next graphs can be fetched while one is at work.
  func visit(_ order: [Int], _ body: (_ index: Int, _ graph: TrainingGraph) throws -> Void) throws
}

extension TrainingGraphSource {
  public var graphsPerEvent: Int { 1 }
}

/// Graphs that are all in memory.
extension [TrainingGraph]: TrainingGraphSource {
  public func visit(
    _ order: [Int], _ body: (_ index: Int, _ graph: TrainingGraph) throws -> Void
  ) throws {
    for index in order { try body(index, self[index]) }
  }
}
