extension RowNetwork {
  /// Whether mean and scale are not those of a network that was never trained.
  var isStandardised: Bool {
    mean.contains { $0 != 0 } || scale.contains { $0 != 1 }
  }

  /// Takes mean and scale of the inputs from those of the rows, unless there are some.
  ///
  /// - Throws: `EdgeClassifierError.inputNotFinite`.
  mutating func standardise(by rows: RowTable, threads: Int) throws(EdgeClassifierError) {
    let moments = rows.moments(threads: threads)
    for input in 0..<inputs
    where !Float(moments.mean[input]).isFinite || !Float(moments.deviation[input]).isFinite {
      throw .inputNotFinite(column: input)
    }
    guard !isStandardised else { return }
    tensors[0].values = moments.mean.map { Float($0) }
    tensors[1].values = moments.deviation.map { $0 > 1e-9 ? Float(1 / $0) : 1 }
  }

  /// Mean of the weighted losses of some rows and its gradient, for tests and diagnosis.
  package func trainingPass(
    on rows: RowTable, order: [UInt32], threads: Int = 1, kernels: Kernels = .current
  ) -> (loss: Double, gradients: [NamedTensor]) {
    let loss = RowLoss(self, batch: order.count, threads: threads, kernels: kernels)
    let result = order.withUnsafeBufferPointer { order in
      rows.withKernelTable { loss.gradient($0, order) }
    }
    let gradients = zip(tensors, result.gradient).filter { !$1.isEmpty }.map { tensor, values in
      NamedTensor(name: tensor.name, shape: tensor.shape, values: values.map { Float($0) })
    }
    return (result.loss / Double(order.count), gradients)
  }
}
