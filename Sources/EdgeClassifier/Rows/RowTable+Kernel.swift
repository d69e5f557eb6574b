import CNumericKernels

extension RowTable {
  /// Calls a body with the table as the kernels take it.
  func withKernelTable<Result>(
    _ body: (UnsafePointer<tfk_row_table>) -> Result
  ) -> Result {
    let features = chunks.map { UnsafePointer($0.features.base) as UnsafePointer<Float>? }
    let labels = chunks.map { UnsafePointer($0.label) as UnsafePointer<UInt8>? }
    let weights = chunks.map { UnsafePointer($0.weight.base) as UnsafePointer<Float>? }
    return withExtendedLifetime(chunks) {
      features.withUnsafeBufferPointer { features in
        labels.withUnsafeBufferPointer { labels in
          weights.withUnsafeBufferPointer { weights in
            var table = tfk_row_table(
              features: features.baseAddress, label: labels.baseAddress,
              weight: weights.baseAddress, columns: Int32(inputs), chunk_bits: Int32(RowChunk.bits))
            return withUnsafePointer(to: &table) { body($0) }
          }
        }
      }
    }
  }

  /// Mean and deviation of each feature over all rows, weights aside.
  ///
  /// Sums are of differences from the first row, in double precision, chunk after chunk.
  func moments(threads: Int) -> (mean: [Double], deviation: [Double]) {
    let origin = features(ofRow: 0).map(Double.init)
    let inputs = inputs
    var sums = [Double](repeating: 0, count: chunks.count * 2 * inputs)
    sums.withUnsafeMutableBufferPointer { sums in
      guard let base = sums.baseAddress else { return }
      nonisolated(unsafe) let place = base
      origin.withUnsafeBufferPointer { origin in
        forEach(chunks.count, threads: threads) { chunk in
          let own = place + chunk * 2 * inputs
          let rows = min(RowChunk.rows, count - chunk * RowChunk.rows)
          let from = chunks[chunk].features.base
          for row in 0..<rows {
            for input in 0..<inputs {
              let value = Double(from[row * inputs + input]) - origin[input]
              own[input] += value
              own[inputs + input] += value * value
            }
          }
        }
      }
    }
    var total = [Double](repeating: 0, count: 2 * inputs)
    for place in sums.indices { total[place % (2 * inputs)] += sums[place] }
    let shift = total[..<inputs].map { $0 / Double(count) }
    return (
      zip(origin, shift).map(+),
      (0..<inputs).map {
        max(0, total[inputs + $0] / Double(count) - shift[$0] * shift[$0]).squareRoot()
      }
    )
  }
}
