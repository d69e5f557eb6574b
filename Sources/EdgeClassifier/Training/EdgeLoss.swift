import CNumericKernels

/// What edges count in the loss, beside the weights that a graph brings.
struct EdgeLoss: Equatable {
  var positiveWeight: Float
  var focusing: Float = 0

  /// Calls a body with what the kernels take a graph's loss against: the mean over edges that count.
  func withTarget(
    label: [UInt8], weights: EdgeWeights?, _ body: (UnsafePointer<tfk_edge_target>) -> Void
  ) {
    let counted = weights?.countedEdges ?? label.count
    label.withUnsafeBufferPointer { label in
      (weights?.values ?? []).withUnsafeBufferPointer { weight in
        var target = tfk_edge_target(
          label: label.baseAddress, weight: weights == nil ? nil : weight.baseAddress,
          positive_weight: positiveWeight, focusing: focusing,
          scale: 1 / Float(max(counted, 1)))
        withUnsafePointer(to: &target) { body($0) }
      }
    }
  }
}
