import CNumericKernels

extension Perceptron {
  /// Runs rows through the perceptron.
  ///
  /// - Parameters:
  ///   - statistics: of batch norm; nil takes those of these rows.
  ///   - begin: puts the first layer's output, bias included, into the rows that it is given.
  ///   - end: takes the last hidden rows; `finish` gives the output.
  /// - Returns: the statistics that were used; nil without batch norm.
  func forward(
    _ loop: RowLoop, statistics given: BatchStatistics? = nil,
    begin: (RowTile, Rows) -> Void, end: (RowTile, UnsafePointer<Float>) -> Void
  ) -> BatchStatistics? {
    let measures = shape.norm == .batch && given == nil
    let scratch = PerceptronScratch(self, loop: loop, isWhole: measures)
    guard measures else {
      loop.run(threads: context.threads) { tile in
        hiddenRows(tile, scratch, given, begin: begin)
        end(tile, scratch.rows(scratch.active[shape.hiddenLayers - 1], tile))
      }
      return given
    }
    var statistics = BatchStatistics()
    statistics.rows = loop.rows
    for layer in 0..<shape.hiddenLayers {
      loop.run(threads: context.threads) { tile in
        linearRows(layer, tile, scratch, begin: begin)
      }
      let moments = self.moments(of: scratch.normalised[layer], loop)
      statistics.append(mean: moments.mean, variance: moments.variance, width: width)
      let known = statistics
      loop.run(threads: context.threads) { tile in activate(layer, tile, scratch, known) }
    }
    loop.run(threads: context.threads) { tile in
      end(tile, scratch.rows(scratch.active[shape.hiddenLayers - 1], tile))
    }
    return statistics
  }

  /// rows += bias + the last layer of the last hidden rows.
  func finish(_ active: UnsafePointer<Float>, count: Int, to rows: Rows) {
    addLayer(layers.count - 1, active, count: count, to: rows)
  }

  /// Computes the hidden rows anew and takes a gradient back through them.
  ///
  /// - Parameters:
  ///   - statistics: what `forward` gave.
  ///   - begin: as in `forward`.
  ///   - output: gives the gradient at a tile's output, [count][padded outputs]; it may make it from
  ///     the last hidden rows.
  ///   - consume: takes the gradient at the first layer's output, and the block's sums to which it
  ///     may add the gradient of the first layer's weights.
  /// - Returns: the gradient's sums over the rows in the packed layout.
  func backward(
    _ loop: RowLoop, statistics: BatchStatistics?, begin: (RowTile, Rows) -> Void,
    output: (RowTile, UnsafePointer<Float>) -> UnsafePointer<Float>,
    consume: (RowTile, Rows, Rows) -> Void
  ) -> [Double] {
    let isBatch = shape.norm == .batch
    let scratch = PerceptronScratch(self, loop: loop, isWhole: isBatch)
    let sums = GradientBlocks(size, loop: loop, workspace: context.workspace)
    let last = shape.hiddenLayers - 1

    func open(_ tile: RowTile) {
      hiddenRows(tile, scratch, statistics, begin: begin)
      let active = scratch.rows(scratch.active[last], tile)
      let gradient = output(tile, active)
      let back = scratch.rows(scratch.gradient[last], tile)
      addBiasGradient(last + 1, gradient: gradient, count: tile.count, to: sums.sums(tile))
      layerBack(
        last + 1, gradient: gradient, x: active, count: tile.count, to: back,
        sums: sums.sums(tile))
    }
    // Below the norm of a hidden layer, down to the output of that before it.
    func descend(_ layer: Int, _ tile: RowTile) {
      let gradient = scratch.rows(scratch.gradient[layer], tile)
      addBiasGradient(layer, gradient: gradient, count: tile.count, to: sums.sums(tile))
      guard layer > 0 else { return consume(tile, gradient, sums.sums(tile)) }
      layerBack(
        layer, gradient: gradient, x: scratch.rows(scratch.active[layer - 1], tile),
        count: tile.count, to: scratch.rows(scratch.gradient[layer - 1], tile),
        sums: sums.sums(tile))
    }

    if isBatch, let statistics {
      loop.run(threads: context.threads, open)
      for layer in (0...last).reversed() {
        loop.run(threads: context.threads) { batchSums(layer, $0, scratch, sums.sums($0)) }
        let means = gradientMeans(layer, sums, rows: loop.rows)
        loop.run(threads: context.threads) { tile in
          batchBack(layer, tile, scratch, statistics, means)
          descend(layer, tile)
        }
      }
    } else {
      loop.run(threads: context.threads) { tile in
        open(tile)
        for layer in (0...last).reversed() {
          normBack(layer, tile, scratch, sums.sums(tile))
          descend(layer, tile)
        }
      }
    }
    return sums.total(size)
  }

  // MARK: - Pieces

  private func hiddenRows(
    _ tile: RowTile, _ scratch: PerceptronScratch, _ statistics: BatchStatistics?,
    begin: (RowTile, Rows) -> Void
  ) {
    for layer in 0..<shape.hiddenLayers {
      linearRows(layer, tile, scratch, begin: begin)
      activate(layer, tile, scratch, statistics)
    }
  }

  private func linearRows(
    _ layer: Int, _ tile: RowTile, _ scratch: PerceptronScratch, begin: (RowTile, Rows) -> Void
  ) {
    let rows = scratch.rows(scratch.normalised[layer], tile)
    guard layer > 0 else { return begin(tile, rows) }
    fillBias(layer, rows: rows, count: tile.count)
    addLayer(
      layer, scratch.rows(scratch.active[layer - 1], tile), count: tile.count, to: rows)
  }

  private func activate(
    _ layer: Int, _ tile: RowTile, _ scratch: PerceptronScratch, _ statistics: BatchStatistics?
  ) {
    let rows = scratch.rows(scratch.normalised[layer], tile)
    let active = scratch.rows(scratch.active[layer], tile)
    let count = Int64(tile.count)
    var norm = norm(layer)
    switch shape.norm {
    case .none: context.kernels.pointee.rectify(rows, count * Int64(width), active)
    case .layer:
      context.kernels.pointee.layer_norm(
        &norm, rows, count, rows, scratch.factors(layer, tile), active)
    case .batch:
      guard let statistics else { return }
      context.kernels.pointee.batch_norm(
        &norm, statistics.means[layer].base, statistics.inverses[layer].base, rows, count, rows,
        active)
    }
  }

  private func normBack(_ layer: Int, _ tile: RowTile, _ scratch: PerceptronScratch, _ sums: Rows) {
    let gradient = scratch.rows(scratch.gradient[layer], tile)
    guard let gain = layers[layer].gain else {
      let active = scratch.rows(scratch.active[layer], tile)
      return context.kernels.pointee.gate(gradient, active, Int64(tile.count * width))
    }
    var norm = norm(layer)
    context.kernels.pointee.layer_norm_back(
      &norm, gradient, scratch.rows(scratch.normalised[layer], tile), scratch.factors(layer, tile),
      Int64(tile.count), sums + gain, sums + gain + width)
  }

  private func batchSums(_ layer: Int, _ tile: RowTile, _ scratch: PerceptronScratch, _ sums: Rows)
  {
    guard let gain = layers[layer].gain else { return }
    var norm = norm(layer)
    context.kernels.pointee.batch_norm_sums(
      &norm, scratch.rows(scratch.gradient[layer], tile),
      scratch.rows(scratch.normalised[layer], tile), Int64(tile.count), sums + gain,
      sums + gain + width)
  }

  private func batchBack(
    _ layer: Int, _ tile: RowTile, _ scratch: PerceptronScratch, _ statistics: BatchStatistics,
    _ means: FloatBuffer
  ) {
    var norm = norm(layer)
    context.kernels.pointee.batch_norm_back(
      &norm, statistics.inverses[layer].base, means.base, means.base + width,
      scratch.rows(scratch.gradient[layer], tile), scratch.rows(scratch.normalised[layer], tile),
      Int64(tile.count))
  }

  /// Means over all rows of the gain's and shift's gradients, [2][width].
  private func gradientMeans(_ layer: Int, _ sums: GradientBlocks, rows: Int) -> FloatBuffer {
    let total = sums.total(2 * width, from: layers[layer].gain ?? 0)
    return FloatBuffer(total.map { Float($0 / Double(max(rows, 1))) })
  }

  private func moments(
    of rows: FloatBuffer, _ loop: RowLoop
  ) -> (mean: [Double], variance: [Double]) {
    var sums = [Double](repeating: 0, count: loop.blocks.count * 2 * width)
    sums.withUnsafeMutableBufferPointer { sums in
      guard let base = sums.baseAddress else { return }
      nonisolated(unsafe) let place = base
      loop.run(threads: context.threads) { tile in
        let own = place + tile.block * 2 * width
        context.kernels.pointee.column_moments(
          rows.base + tile.first * width, Int64(tile.count), Int32(width), own, own + width)
      }
    }
    let count = Double(max(loop.rows, 1))
    var mean = [Double](repeating: 0, count: shape.hidden)
    var variance = mean
    for k in 0..<shape.hidden {
      var sum = 0.0
      var square = 0.0
      for block in loop.blocks.indices {
        sum += sums[block * 2 * width + k]
        square += sums[block * 2 * width + width + k]
      }
      mean[k] = sum / count
      variance[k] = max(0, square / count - mean[k] * mean[k])
    }
    return (mean, variance)
  }
}
