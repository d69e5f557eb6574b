import GraphConstruction

/// What edges count in the loss, beside the weight of true edges.
public struct EdgeWeights: Sendable, Equatable {
  /// Factor on each edge's loss, [edges]; 0 leaves the edge out.
  public let values: [Float]
  /// Edges that count.
  public let countedEdges: Int
  /// True edges that count.
  public let countedTrueEdges: Int
  /// Sum of the true edges' factors.
  public let trueSum: Double

  public init(values: [Float], label: [UInt8]) {
    precondition(values.count == label.count, "one weight an edge")
    self.values = values
    var counted = 0
    var trueEdges = 0
    var sum = 0.0
    for edge in values.indices where values[edge] != 0 {
      counted += 1
      if label[edge] != 0 {
        trueEdges += 1
        sum += Double(values[edge])
      }
    }
    countedEdges = counted
    countedTrueEdges = trueEdges
    trueSum = sum
  }

  func reordered(_ order: [Int32], label: [UInt8]) -> EdgeWeights {
    EdgeWeights(values: order.map { values[Int($0)] }, label: label)
  }
}

/// How the loss weighs edges by what their hits are worth.
public struct EdgeWeighting: Sendable, Equatable {
  public enum Measure: String, Sendable, CaseIterable {
    /// All true edges count the same.
    case equal
    /// A true edge counts by the mean of its hits' weights in the TrackML score.
    case hitWeight
    /// A true edge counts by the mean transverse momentum of its hits.
    case transverseMomentum
  }

  public var measure: Measure
  /// True edges whose hits have a mean transverse momentum below this, in GeV/c, do not count.
  public var minimumMomentum: Double

  public init(measure: Measure = .equal, minimumMomentum: Double = 0) {
    self.measure = measure
    self.minimumMomentum = minimumMomentum
  }

  /// Weights of a graph's edges in the graph's order; nil where all count the same.
  ///
  /// - Throws: `EdgeClassifierError.missingTruth` where the graph does not say what is asked for.
  func weights(of graph: HitGraph) throws(EdgeClassifierError) -> EdgeWeights? {
    guard measure != .equal || minimumMomentum > 0 else { return nil }
    if measure == .hitWeight, graph.hitWeight.count != graph.nodeCount {
      throw .missingTruth(quantity: "hit weights")
    }
    if measure == .transverseMomentum || minimumMomentum > 0,
      graph.transverseMomentum.count != graph.nodeCount
    {
      throw .missingTruth(quantity: "transverse momenta")
    }
    var values = [Float](repeating: 1, count: graph.edgeCount)
    for start in 0..<graph.nodeCount {
      for edge in graph.edges(from: start) where graph.label[edge] != 0 {
        let end = Int(graph.end[edge])
        func mean(_ quantity: [Float]) -> Float { (quantity[start] + quantity[end]) / 2 }
        if minimumMomentum > 0, mean(graph.transverseMomentum) < Float(minimumMomentum) {
          values[edge] = 0
          continue
        }
        switch measure {
        case .equal: break
        case .hitWeight: values[edge] = mean(graph.hitWeight)
        case .transverseMomentum: values[edge] = mean(graph.transverseMomentum)
        }
      }
    }
    return EdgeWeights(values: values, label: graph.label)
  }
}
