/// Mean and deviation of the inputs of nodes and edges over the training events.
struct InputMoments: Sendable, Equatable {
  /// Sums over rows, in double precision, event after event.
  struct Columns: Sendable, Equatable {
    var count = 0
    var sums: [Double] = []
    var squares: [Double] = []

    mutating func add(_ table: FloatBuffer, rows: Int, columns: Int) {
      if sums.isEmpty {
        sums = [Double](repeating: 0, count: columns)
        squares = sums
      }
      count += rows
      for row in 0..<rows {
        for column in 0..<columns {
          let value = Double(table.base[row * columns + column])
          sums[column] += value
          squares[column] += value * value
        }
      }
    }

    var mean: [Double] { sums.map { $0 / Double(max(count, 1)) } }

    var deviation: [Double] {
      zip(mean, squares).map { max(0, $1 / Double(max(count, 1)) - $0 * $0).squareRoot() }
    }
  }

  var node = Columns()
  var edge = Columns()

  mutating func add(_ graph: TrainingGraph) {
    guard case .messagePassing(let graph) = graph else { return }
    node.add(graph.nodeFeatures, rows: graph.nodeCount, columns: graph.nodeInputs)
    edge.add(graph.edgeFeatures, rows: graph.edgeCount, columns: graph.edgeInputs)
  }
}
