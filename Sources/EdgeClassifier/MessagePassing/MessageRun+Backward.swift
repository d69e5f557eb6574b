import CNumericKernels

extension MessageRun {
  /// Takes the loss's gradient back through all passes, once the states are there.
  ///
  /// - Parameters:
  ///   - history: what the forward run gave; without batch norm the output's part is computed here.
  ///   - slope: gives the loss's gradient with respect to the logits of a tile, [count], from the
  ///     output's last hidden rows.
  ///   - gradient: is added to.
  func backward(
    _ history: History, slope: (RowTile, UnsafePointer<Float>) -> UnsafePointer<Float>,
    to gradient: inout [[Double]]
  ) {
    let nodeGradient = nodeTable("gradient")
    let edgeGradient = edgeTable("gradient")
    outputBack(history, slope, to: &gradient)
    if segments.isConcatenated {
      clear(nodeTable("first gradient").base, count: graph.nodeCount)
      clear(edgeTable("first gradient").base, count: graph.edgeCount)
    }
    for pass in passes.reversed() {
      nodesBack(pass, history.nodes[pass.index], to: &gradient)
      groupsBack(pass, to: &gradient)
      projectNodeTerms(pass)
      edgesBack(pass, history.edges[pass.index], to: &gradient)
      termsBack(
        pass.edges, parts: termParts(pass), gradient: nodeTable("normed gradient"), to: &gradient)
      finishNodes(pass, to: &gradient)
    }
    if segments.isConcatenated {
      addAll(nodeTable("first gradient"), nodes, to: nodeGradient)
      addAll(edgeTable("first gradient"), edges, to: edgeGradient)
    }
    encoderBack(
      nodeEncoder, nodeInputs, nodes, history.nodeEncoder, nodeGradient, to: &gradient)
    encoderBack(
      edgeEncoder, edgeInputs, edges, history.edgeEncoder, edgeGradient, to: &gradient)
  }

  // MARK: - Output and encoders

  private func outputBack(
    _ history: History, _ slope: (RowTile, UnsafePointer<Float>) -> UnsafePointer<Float>,
    to gradient: inout [[Double]]
  ) {
    let columns = Int(TFK_WIDTH_STEP)
    let scratch = tileBuffer("logit gradients", columns: columns)
    let states = edgeStates(passes.count)
    let edgeGradient = edgeTable("gradient")
    let terms = edgeTable("term gradient")
    let total = output.backward(
      edges, statistics: history.output, begin: outputBegin(),
      output: { tile, active in
        let slopes = slope(tile, active)
        let rows = scratch.base + tile.worker * RowLoop.tileRows * columns
        rows.update(repeating: 0, count: tile.count * columns)
        for i in 0..<tile.count { rows[i * columns] = slopes[i] }
        return UnsafePointer(rows)
      },
      consume: { tile, rows, sums in
        let place = tile.first * width
        output.addWeightGradient(
          states.base + place, stride: width, segment: 2, gradient: rows, count: tile.count,
          to: sums)
        clear(edgeGradient.base + place, count: tile.count)
        output.addBack(rows, segment: 2, count: tile.count, to: edgeGradient.base + place)
        copy(rows, count: tile.count, to: terms.base + place)
      })
    output.add(total, to: &gradient)
    let nodeGradient = nodeTable("gradient")
    clear(nodeGradient.base, count: graph.nodeCount)
    let end = TermPart(segment: segments.end, isEnd: true, states: nodeStates(passes.count))
    let start = TermPart(segment: 1, isEnd: false, states: nodeStates(passes.count))
    termsBack(output, parts: [end, start], gradient: nodeGradient, to: &gradient)
  }

  private func encoderBack(
    _ encoder: Perceptron, _ inputs: Inputs, _ loop: RowLoop, _ statistics: BatchStatistics?,
    _ states: FloatBuffer, to gradient: inout [[Double]]
  ) {
    let total = encoder.backward(
      loop, statistics: statistics, begin: encoderBegin(encoder, inputs),
      output: { tile, _ in UnsafePointer(states.base + tile.first * width) },
      consume: { tile, rows, sums in
        encoder.addWeightGradient(
          inputs.rows(tile, kernels: context.kernels), stride: inputs.columns, segment: 0,
          gradient: rows, count: tile.count, to: sums)
      })
    encoder.add(total, to: &gradient)
  }

  // MARK: - Nodes

  /// From the gradient at the next states to that at the states behind their norm, the sums over
  /// edges, and the groups' terms.
  private func nodesBack(
    _ pass: Pass, _ statistics: BatchStatistics?, to gradient: inout [[Double]]
  ) {
    let next = nodeTable("gradient")
    let normed = nodeTable("normed gradient")
    let first = segments.isConcatenated ? nodeTable("first gradient") : nil
    let incoming = nodeTable("incoming gradient")
    let outgoing = nodeTable("outgoing gradient")
    let terms = graph.groups.isEmpty ? nil : nodeTable("term gradient")
    let perceptron = pass.nodes
    var parts: [(segment: Int, states: FloatBuffer, gradient: FloatBuffer)] = [
      (0, preparedNodes(pass), normed),
      (segments.incoming, nodeTable("incoming \(slot(pass))"), incoming),
      (segments.outgoing, nodeTable("outgoing \(slot(pass))"), outgoing),
    ]
    if let first { parts.append((1, nodeStates(0), first)) }
    let total = perceptron.backward(
      nodes, statistics: statistics, begin: nodeBegin(pass),
      output: { tile, _ in UnsafePointer(next.base + tile.first * width) },
      consume: { tile, rows, sums in
        let place = tile.first * width
        for part in parts {
          perceptron.addWeightGradient(
            part.states.base + place, stride: width, segment: part.segment, gradient: rows,
            count: tile.count, to: sums)
          // The encoders' states collect theirs from all passes.
          if part.gradient !== first { clear(part.gradient.base + place, count: tile.count) }
          perceptron.addBack(
            rows, segment: part.segment, count: tile.count, to: part.gradient.base + place)
        }
        if let terms { copy(rows, count: tile.count, to: terms.base + place) }
      })
    perceptron.add(total, to: &gradient)
  }

  private func groupsBack(_ pass: Pass, to gradient: inout [[Double]]) {
    let normed = nodeTable("normed gradient")
    for (index, groups) in graph.groups.enumerated() {
      let loop = RowLoop(rows: groups.count)
      let sums = groupTable("sum", index, pass)
      let plain = groupTable("plain gradient", index, passes[0])
      let scaled = groupTable("scaled gradient", index, passes[0])
      let back = groupTable("gradient", index, passes[0])
      let terms = nodeTable("term gradient")
      let blocks = GradientBlocks(pass.nodes.size, loop: loop, workspace: context.workspace)
      let segment = segments.groups + index
      groups.factor.withUnsafeBufferPointer { factor in
        loop.run(threads: context.threads) { tile in
          let place = tile.first * width
          sumTile(terms, first: groups.first, order: groups.members, tile, to: plain.base)
          sumTile(
            terms, first: groups.first, order: groups.members, factor: factor.baseAddress,
            factors: 1, tile, to: scaled.base)
          pass.nodes.addWeightGradient(
            sums.base + place, stride: width, segment: segment, gradient: plain.base + place,
            count: tile.count, to: blocks.sums(tile))
          clear(back.base + place, count: tile.count)
          pass.nodes.addBack(
            scaled.base + place, segment: segment, count: tile.count, to: back.base + place)
        }
      }
      pass.nodes.add(blocks.total(pass.nodes.size), to: &gradient)
      groups.group.withUnsafeBufferPointer { group in
        nodes.run(threads: context.threads) { tile in
          add(
            back.base, group.baseAddress.map { $0 + tile.first }, count: tile.count,
            to: normed.base + tile.first * width)
        }
      }
    }
  }

  /// From the gradient at the states behind their norm to that at the states.
  private func finishNodes(_ pass: Pass, to gradient: inout [[Double]]) {
    let states = nodeTable("gradient")
    let normed = nodeTable("normed gradient")
    let blocks = GradientBlocks(2 * width, loop: nodes, workspace: context.workspace, name: "norm")
    let hat = pass.nodeNorm.map { _ in nodeTable("normalised \(slot(pass))") }
    let inverse = pass.nodeNorm.map { _ in
      context.workspace.buffer("nodes: inverse \(slot(pass))", count: graph.nodeCount)
    }
    nodes.run(threads: context.threads) { tile in
      let place = tile.first * width
      if let norm = pass.nodeNorm, let hat, let inverse {
        norm.backward(
          normed.base + place, normalised: hat.base + place, inverse: inverse.base + tile.first,
          count: tile.count, sums: blocks.sums(tile))
      }
      if configuration.skip != .residual { clear(states.base + place, count: tile.count) }
      add(normed.base + place, count: tile.count, to: states.base + place)
    }
    pass.nodeNorm?.add(blocks, to: &gradient)
  }

  private func addAll(_ table: FloatBuffer, _ loop: RowLoop, to out: FloatBuffer) {
    loop.run(threads: context.threads) { tile in
      let place = tile.first * width
      add(table.base + place, count: tile.count, to: out.base + place)
    }
  }
}
