/// Mean and deviation of the inputs of nodes and edges over the training events.
struct InputMoments: Sendable, Equatable {
  /// Sums over rows, in double precision, event after event.
  struct Columns: Sendable, Equatable {
    var count = 0
    /// The first row, from which all are measured: a column that never changes has the deviation 0.
    var origin: [Double] = []
    var sums: [Double] = []
    var squares: [Double] = []

    mutating func add(_ table: FloatBuffer, rows: Int, columns: Int) {
      if origin.isEmpty, rows > 0 {
        origin = (0..<columns).map { Double(table.base[$0]) }
        sums = [Double](repeating: 0, count: columns)
        squares = sums
      }
      count += rows
      for row in 0..<rows {
        for column in 0..<columns {
          let value = Double(table.base[row * columns + column]) - origin[column]
          sums[column] += value
          squares[column] += value * value
        }
      }
    }

    var mean: [Double] { zip(origin, sums).map { $0 + $1 / Double(count) } }

    var deviation: [Double] {
      zip(sums, squares).map { sum, square in
        let mean = sum / Double(count)
        return max(0, square / Double(count) - mean * mean).squareRoot()
      }
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
