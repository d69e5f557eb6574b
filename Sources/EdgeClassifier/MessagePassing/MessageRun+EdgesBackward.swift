import CNumericKernels

extension MessageRun {
  /// From the gradient at the next states of the edges, with what the nodes' sums add, to that at
  /// the states and at the terms of the nodes.
  func edgesBack(_ pass: Pass, _ statistics: BatchStatistics?, to gradient: inout [[Double]]) {
    let states = edgeStates(pass.index)
    let firstStates = edgeStates(0)
    let edgeGradient = edgeTable("gradient")
    let firstGradient = segments.isConcatenated ? edgeTable("first gradient") : nil
    let terms = edgeTable("term gradient")
    let normed = normScratch("edge")
    let back = tileBuffer("edge back", columns: width)
    let norms = GradientBlocks(2 * width, loop: edges, workspace: context.workspace, name: "norm")
    let gates = GradientBlocks(
      2 * width + 2, loop: edges, workspace: context.workspace, name: "gate")
    let addSums = sumsBack(pass, gates)
    let perceptron = pass.edges
    let total = perceptron.backward(
      edges, statistics: statistics, begin: edgeBegin(pass),
      output: { tile, _ in
        let rows = edgeGradient.base + tile.first * width
        addSums(tile, rows)
        return UnsafePointer(rows)
      },
      consume: { tile, rows, sums in
        let place = tile.first * width
        perceptron.addWeightGradient(
          edgeRows(pass, tile, states, normed), stride: width, segment: segments.edge,
          gradient: rows, count: tile.count, to: sums)
        let state = back.base + tile.worker * RowLoop.tileRows * width
        clear(state, count: tile.count)
        perceptron.addBack(rows, segment: segments.edge, count: tile.count, to: state)
        pass.edgeNorm?.backward(
          state, normalised: normed.normalised(tile), inverse: normed.inverse(tile),
          count: tile.count, sums: norms.sums(tile))
        if configuration.skip != .residual {
          clear(edgeGradient.base + place, count: tile.count)
        }
        add(state, count: tile.count, to: edgeGradient.base + place)
        copy(rows, count: tile.count, to: terms.base + place)
        guard let firstGradient else { return }
        perceptron.addWeightGradient(
          firstStates.base + place, stride: width, segment: segments.edge + 1, gradient: rows,
          count: tile.count, to: sums)
        perceptron.addBack(
          rows, segment: segments.edge + 1, count: tile.count, to: firstGradient.base + place)
      })
    perceptron.add(total, to: &gradient)
    pass.edgeNorm?.add(norms, to: &gradient)
    pass.gates?.add(gates, to: &gradient)
  }

  /// Adds what the sums over a node's edges give to the gradient at the edges of a tile.
  private func sumsBack(
    _ pass: Pass, _ blocks: GradientBlocks
  ) -> (RowTile, UnsafeMutablePointer<Float>) -> Void {
    let outgoing = nodeTable("outgoing gradient")
    let incoming = nodeTable("incoming gradient")
    let states = edgeStates(pass.index + 1)
    let gate = gateTable(pass)
    return { tile, rows in
      guard let gates = pass.gates else {
        return addNodes(ends: incoming, starts: outgoing, tile, to: rows)
      }
      graph.topology.start.withUnsafeBufferPointer { start in
        graph.topology.end.withUnsafeBufferPointer { end in
          guard let start = start.baseAddress, let end = end.baseAddress else { return }
          let sums = blocks.sums(tile)
          var both = tfk_gates(
            gradient_a: outgoing.base, gradient_b: incoming.base, weight: gates.weight.base,
            width: Int32(width))
          context.kernels.pointee.gates_back(
            &both, states.base + tile.first * width, gate.base + 2 * tile.first,
            start + tile.first, end + tile.first, Int64(tile.count), rows, sums, sums + 2 * width)
        }
      }
    }
  }

  /// A segment of the edges' perceptron that is computed once a node.
  struct TermPart {
    var segment: Int
    /// Whether it is of the edge's end; otherwise of its start.
    var isEnd: Bool
    /// What the segment's weights act on, [nodes].
    var states: FloatBuffer
    /// Whether it is of the encoders' states.
    var isFirst = false
  }

  func termParts(_ pass: Pass) -> [TermPart] {
    var parts = [
      TermPart(segment: segments.end, isEnd: true, states: preparedNodes(pass)),
      TermPart(segment: segments.start, isEnd: false, states: preparedNodes(pass)),
    ]
    if segments.isConcatenated {
      parts += parts.map {
        TermPart(
          segment: $0.segment + 1, isEnd: $0.isEnd, states: nodeStates(0), isFirst: true)
      }
    }
    return parts
  }

  /// Sums the gradient at the edges' first layer over each node's edges, and takes it through the
  /// weights of the node's segments.
  func termsBack(
    _ perceptron: Perceptron, parts: [TermPart], gradient states: FloatBuffer,
    to gradient: inout [[Double]]
  ) {
    let terms = edgeTable("term gradient")
    let scratch = tileBuffer("term sums", columns: 2 * width)
    let first = parts.contains { $0.isFirst } ? nodeTable("first gradient") : states
    let blocks = GradientBlocks(perceptron.size, loop: nodes, workspace: context.workspace)
    nodes.run(threads: context.threads) { tile in
      let ends = scratch.base + tile.worker * RowLoop.tileRows * 2 * width
      let starts = ends + RowLoop.tileRows * width
      let place = tile.first * width
      // The kernel writes to the rows of the nodes, counted from the table's start.
      sumTile(
        terms, first: graph.topology.firstIncoming, order: graph.topology.incoming, tile,
        to: ends - place)
      sumTile(terms, first: graph.topology.firstEdge, order: nil, tile, to: starts - place)
      for part in parts {
        let rows = part.isEnd ? ends : starts
        perceptron.addWeightGradient(
          part.states.base + place, stride: width, segment: part.segment, gradient: rows,
          count: tile.count, to: blocks.sums(tile))
        perceptron.addBack(
          rows, segment: part.segment, count: tile.count,
          to: (part.isFirst ? first : states).base + place)
      }
    }
    perceptron.add(blocks.total(perceptron.size), to: &gradient)
  }
}
