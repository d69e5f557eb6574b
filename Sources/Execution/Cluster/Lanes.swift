/// Rows of work: each job that runs has one, and those of one node follow each other.
struct Lanes: Sendable {
  private var nodes: [String: [(lane: Int, isTaken: Bool)]] = [:]
  private var count = 0

  /// A free row of a node.
  mutating func take(on node: String) -> Int {
    if let index = nodes[node]?.firstIndex(where: { !$0.isTaken }) {
      nodes[node]![index].isTaken = true
      return nodes[node]![index].lane
    }
    nodes[node, default: []].append((count, true))
    count += 1
    return count - 1
  }

  mutating func free(_ lane: Int, on node: String) {
    if let index = nodes[node]?.firstIndex(where: { $0.lane == lane }) {
      nodes[node]![index].isTaken = false
    }
  }
}
