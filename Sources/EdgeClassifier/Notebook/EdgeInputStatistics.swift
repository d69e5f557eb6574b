/// Mean and covariance of the edges' inputs u = [x_end, x_start] (10 values) over all edges.
///
/// Batch norm of a linear layer's output needs nothing else: the output V u has mean V mean and
/// variance diag(V covariance V^T). All sums are over fixed blocks, in double precision.
struct EdgeInputStatistics: Sendable {
  static let inputs = 2 * EdgeTensor.features

  /// [10].
  let mean: [Double]
  /// Biased, [10][10].
  let covariance: [Double]
  /// Sums of x_end - mean over the edges that start at a node, [nodes][5].
  let endSums: [Double]
  /// Sums of x_start - mean over the edges that end at a node, [nodes][5]; empty if not wanted.
  let startSums: [Double]

  /// Of no edges.
  static let none = EdgeInputStatistics()

  private init() {
    mean = [Double](repeating: 0, count: Self.inputs)
    covariance = [Double](repeating: 0, count: Self.inputs * Self.inputs)
    endSums = []
    startSums = []
  }

  init(features: FloatBuffer, edges: EdgeStructure, startSumsWanted: Bool, threads: Int) {
    let count = EdgeTensor.features
    let x = features.base
    var mean = [Double](repeating: 0, count: Self.inputs)
    for node in 0..<edges.nodeCount {
      let incoming = Double(edges.firstIncoming[node + 1] - edges.firstIncoming[node])
      let outgoing = Double(edges.firstEdge[node + 1] - edges.firstEdge[node])
      for i in 0..<count {
        mean[i] += incoming * Double(x[node * count + i])
        mean[count + i] += outgoing * Double(x[node * count + i])
      }
    }
    let total = Double(max(edges.edgeCount, 1))
    for i in mean.indices { mean[i] /= total }
    self.mean = mean

    endSums = Self.neighbourSums(
      features, of: edges.end, firstEdge: edges.firstEdge, mean: mean[..<count], threads: threads)
    if startSumsWanted {
      var start = [Int32](repeating: 0, count: edges.edgeCount)
      for node in 0..<edges.nodeCount {
        for edge in edges.firstEdge[node]..<edges.firstEdge[node + 1] {
          start[Int(edge)] = Int32(node)
        }
      }
      startSums = Self.neighbourSums(
        features, of: edges.incoming.map { start[Int($0)] }, firstEdge: edges.firstIncoming,
        mean: mean[count...], threads: threads)
    } else {
      startSums = []
    }

    var covariance = [Double](repeating: 0, count: Self.inputs * Self.inputs)
    func add(_ value: Double, _ row: Int, _ column: Int) {
      covariance[row * Self.inputs + column] += value
    }
    for node in 0..<edges.nodeCount {
      let incoming = Double(edges.firstIncoming[node + 1] - edges.firstIncoming[node])
      let outgoing = Double(edges.firstEdge[node + 1] - edges.firstEdge[node])
      for i in 0..<count {
        let asEnd = Double(x[node * count + i]) - mean[i]
        let asStart = Double(x[node * count + i]) - mean[count + i]
        for j in 0..<count {
          add(incoming * asEnd * (Double(x[node * count + j]) - mean[j]), i, j)
          add(
            outgoing * asStart * (Double(x[node * count + j]) - mean[count + j]), count + i,
            count + j)
          add(asStart * endSums[node * count + j], count + i, j)
        }
      }
    }
    for i in 0..<count {
      for j in 0..<count {
        covariance[j * Self.inputs + count + i] = covariance[(count + i) * Self.inputs + j]
      }
    }
    for i in covariance.indices { covariance[i] /= total }
    self.covariance = covariance
  }

  /// Sums over a node's neighbours of their features less a mean.
  private static func neighbourSums(
    _ features: FloatBuffer, of neighbour: [Int32], firstEdge: [Int32], mean: ArraySlice<Double>,
    threads: Int
  ) -> [Double] {
    let count = EdgeTensor.features
    let mean = Array(mean)
    let nodes = firstEdge.count - 1
    let parts = blocks(of: nodes)
    return [Double](unsafeUninitializedCapacity: nodes * count) { buffer, size in
      nonisolated(unsafe) let sums = buffer
      forEach(parts.count, threads: threads) { part in
        for node in parts[part] {
          let low = Int(firstEdge[node])
          let high = Int(firstEdge[node + 1])
          var sum = SIMD8<Double>()
          for edge in low..<high {
            let row = features.base + Int(neighbour[edge]) * count
            for i in 0..<count { sum[i] += Double(row[i]) }
          }
          for i in 0..<count {
            sums[node * count + i] = sum[i] - Double(high - low) * mean[i]
          }
        }
      }
      size = nodes * count
    }
  }
}
