import GraphConstruction

/// A graph's edges renumbered by a new order of the nodes; ends increase within a row.
struct EdgeRows {
  let firstEdge: [Int32]
  let end: [Int32]
  let edgeOrder: [Int32]

  init(_ graph: HitGraph, order: [Int32]) {
    var newNumber = [Int32](repeating: 0, count: order.count)
    for (node, old) in order.enumerated() { newNumber[Int(old)] = Int32(node) }
    var firstEdge = [Int32](repeating: 0, count: order.count + 1)
    for (node, old) in order.enumerated() {
      firstEdge[node + 1] = firstEdge[node] + Int32(graph.edges(from: Int(old)).count)
    }
    var end: [Int32] = []
    var edgeOrder: [Int32] = []
    end.reserveCapacity(graph.edgeCount)
    edgeOrder.reserveCapacity(graph.edgeCount)
    var row: [UInt64] = []
    for old in order {
      row.removeAll(keepingCapacity: true)
      for edge in graph.edges(from: Int(old)) {
        row.append(UInt64(newNumber[Int(graph.end[edge])]) << 32 | UInt64(edge))
      }
      row.sort()
      for key in row {
        end.append(Int32(key >> 32))
        edgeOrder.append(Int32(truncatingIfNeeded: key & 0xFFFF_FFFF))
      }
    }
    self.firstEdge = firstEdge
    self.end = end
    self.edgeOrder = edgeOrder
  }
}

/// The rows in which each partition sums what belongs to its edges' ends.
struct SlotTable {
  /// [edges].
  private(set) var slot: [Int32]
  private(set) var partitionSlots: [Range<Int>] = []
  private(set) var nodeOfSlot: [Int32] = []

  init(partitions: [Range<Int>], firstEdge: [Int32], end: [Int32]) {
    slot = [Int32](repeating: 0, count: end.count)
    var slotOfNode = [Int32](repeating: -1, count: firstEdge.count - 1)
    for nodes in partitions {
      let first = nodeOfSlot.count
      let edges = Int(firstEdge[nodes.lowerBound])..<Int(firstEdge[nodes.upperBound])
      for edge in edges {
        let node = Int(end[edge])
        if slotOfNode[node] < Int32(first) {
          slotOfNode[node] = Int32(nodeOfSlot.count)
          nodeOfSlot.append(Int32(node))
        }
        slot[edge] = slotOfNode[node]
      }
      partitionSlots.append(first..<nodeOfSlot.count)
    }
  }
}
