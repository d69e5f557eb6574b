import CNumericKernels

/// How rows begin their way through a perceptron; the backward run does this again.
extension MessageRun {
  func edgeBegin(_ pass: Pass) -> (RowTile, Perceptron.Rows) -> Void {
    let states = edgeStates(pass.index)
    let first = edgeStates(0)
    let endTerm = nodeTable("end term")
    let startTerm = nodeTable("start term")
    let normed = normScratch("edge")
    return { tile, rows in
      let perceptron = pass.edges
      addNodes(ends: endTerm, starts: startTerm, tile, row: perceptron.bias(0), to: rows)
      let state = edgeRows(pass, tile, states, normed)
      perceptron.addProduct(
        state, stride: width, segment: segments.edge, count: tile.count, to: rows)
      guard segments.isConcatenated else { return }
      perceptron.addProduct(
        first.base + tile.first * width, stride: width, segment: segments.edge + 1,
        count: tile.count, to: rows)
    }
  }

  /// The states of a tile's edges as their perceptron takes them.
  func edgeRows(
    _ pass: Pass, _ tile: RowTile, _ states: FloatBuffer, _ normed: NormScratch
  ) -> UnsafePointer<Float> {
    let state = UnsafePointer(states.base + tile.first * width)
    guard let norm = pass.edgeNorm else { return state }
    norm.forward(
      state, count: tile.count, normalised: normed.normalised(tile), inverse: normed.inverse(tile),
      to: normed.out(tile))
    return UnsafePointer(normed.out(tile))
  }

  func nodeBegin(_ pass: Pass) -> (RowTile, Perceptron.Rows) -> Void {
    let states = preparedNodes(pass)
    let first = nodeStates(0)
    let incoming = nodeTable("incoming \(slot(pass))")
    let outgoing = nodeTable("outgoing \(slot(pass))")
    let groupTerms = graph.groups.indices.map { groupTable("term", $0, pass) }
    return { tile, rows in
      let perceptron = pass.nodes
      let place = tile.first * width
      perceptron.fillBias(0, rows: rows, count: tile.count)
      func addPart(_ table: FloatBuffer, _ segment: Int) {
        perceptron.addProduct(
          table.base + place, stride: width, segment: segment, count: tile.count, to: rows)
      }
      addPart(states, 0)
      if segments.isConcatenated { addPart(first, 1) }
      addPart(incoming, segments.incoming)
      addPart(outgoing, segments.outgoing)
      for (terms, groups) in zip(groupTerms, graph.groups) {
        groups.group.withUnsafeBufferPointer { group in
          add(terms.base, group.baseAddress.map { $0 + tile.first }, count: tile.count, to: rows)
        }
      }
    }
  }

  func outputBegin() -> (RowTile, Perceptron.Rows) -> Void {
    let states = edgeStates(passes.count)
    let endTerm = nodeTable("end term")
    let startTerm = nodeTable("start term")
    return { tile, rows in
      addNodes(ends: endTerm, starts: startTerm, tile, row: output.bias(0), to: rows)
      output.addProduct(
        states.base + tile.first * width, stride: width, segment: 2, count: tile.count, to: rows)
    }
  }
}
