import Foundation

/// The rows of a timeline: one a worker, those of one node of a cluster together under its name.
///
/// A worker that has several tasks at the same time, as a job with several processors has, takes a row for each.
struct TimelineRows {
  /// The place of each task's row, in the order of the tasks.
  let rows: [Int]
  /// Each row's name: `worker 3`, or the node's at the first of its rows and nothing at the others.
  let names: [String]
  /// Whether the tasks were done on nodes of a cluster.
  let isOfNodes: Bool

  private struct Lane: Hashable {
    var node: String?
    var worker: Int
    /// Which of the tasks that a worker has at the same time.
    var beside: Int
  }

  init(of tasks: [RunReport.TimelineTask]) {
    isOfNodes = tasks.contains { $0.node != nil }
    var lanes = tasks.map { Lane(node: $0.node, worker: $0.worker, beside: 0) }
    var ends: [Lane: Double] = [:]
    for index in tasks.indices.sorted(by: { tasks[$0].start < tasks[$1].start })
    where tasks[index].node != nil {
      while let end = ends[lanes[index]], end > tasks[index].start { lanes[index].beside += 1 }
      ends[lanes[index]] = tasks[index].end
    }
    let order = Set(lanes).sorted { first, second in
      guard first.node == second.node else { return Self.isBefore(first.node, second.node) }
      return (first.worker, first.beside) < (second.worker, second.beside)
    }
    let places = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
    rows = lanes.map { places[$0]! }
    names = order.indices.map { row in
      guard let node = order[row].node else { return "worker \(order[row].worker)" }
      return row > 0 && order[row - 1].node == node ? "" : node
    }
  }

  /// This machine's workers before nodes, and n2 before n10.
  private static func isBefore(_ first: String?, _ second: String?) -> Bool {
    guard let first, let second else { return first == nil }
    let order = first.compare(second, options: .numeric)
    return order == .orderedSame ? first < second : order == .orderedAscending
  }
}
