import CNumericKernels

extension MessageRun {
  /// What the backward run needs of each forward one, beside the states.
  struct History {
    var nodeEncoder: BatchStatistics?
    var edgeEncoder: BatchStatistics?
    var edges: [BatchStatistics?] = []
    var nodes: [BatchStatistics?] = []
    var output: BatchStatistics?
  }

  /// Runs all passes; the states are in the tables then.
  ///
  /// - Parameter running: batch norm's statistics in evaluation; nil takes those of the graph.
  func forwardStates(running: History? = nil) -> History {
    var history = History()
    history.nodeEncoder = encode(
      nodeEncoder, nodeInputs, nodes, running?.nodeEncoder, to: nodeStates(0))
    history.edgeEncoder = encode(
      edgeEncoder, edgeInputs, edges, running?.edgeEncoder, to: edgeStates(0))
    for pass in passes {
      prepareNodes(pass)
      history.edges.append(forwardEdges(pass, running?.edges[pass.index]))
      sumEdges(pass)
      sumGroups(pass)
      history.nodes.append(forwardNodes(pass, running?.nodes[pass.index]))
    }
    return history
  }

  /// Logits of all edges in the graph's own order, in evaluation.
  func logits(running: History) -> FloatBuffer {
    _ = forwardStates(running: running)
    _ = outputLogits(running: running.output)
    return logitTable
  }

  /// Puts the logits of all edges into their table, once the states are there.
  ///
  /// - Returns: the output's statistics; nil without batch norm.
  func outputLogits(running: BatchStatistics? = nil) -> BatchStatistics? {
    projectOutputTerms()
    return output.forward(
      edges, statistics: running, begin: outputBegin(), end: logitRows(to: logitTable))
  }

  var logitTable: FloatBuffer { context.workspace.buffer("logit", count: graph.edgeCount) }

  /// What the output takes of each node.
  func projectOutputTerms() {
    let states = nodeStates(passes.count)
    projectNodes(output, [(segments.end, states)], to: nodeTable("end term"))
    projectNodes(output, [(1, states)], to: nodeTable("start term"))
  }

  /// Puts the logits of a tile's edges, from the output's last hidden rows, into a table.
  func logitRows(to logit: FloatBuffer) -> (RowTile, UnsafePointer<Float>) -> Void {
    let scratch = tileBuffer("logits", columns: Int(TFK_WIDTH_STEP))
    let bias = output.outputBias
    return { tile, active in
      let columns = Int(TFK_WIDTH_STEP)
      let rows = scratch.base + tile.worker * RowLoop.tileRows * columns
      context.kernels.pointee.combine_rows(
        bias, nil, nil, nil, nil, Int64(tile.count), Int32(columns), rows)
      output.finish(active, count: tile.count, to: rows)
      for i in 0..<tile.count { logit.base[tile.first + i] = rows[i * columns] }
      guard configuration.addsToInitialLogit, let initial = graph.initialLogit else { return }
      for edge in tile.rows { logit.base[edge] += initial.base[edge] }
    }
  }

  // MARK: - Steps of a pass

  private func encode(
    _ encoder: Perceptron, _ inputs: Inputs, _ loop: RowLoop, _ statistics: BatchStatistics?,
    to states: FloatBuffer
  ) -> BatchStatistics? {
    encoder.forward(
      loop, statistics: statistics, begin: encoderBegin(encoder, inputs),
      end: { tile, active in
        let rows = states.base + tile.first * width
        set(rows, to: encoder.outputBias, count: tile.count)
        encoder.finish(active, count: tile.count, to: rows)
      })
  }

  /// The nodes' states behind their norm, where there is one, and their terms for the edges.
  func prepareNodes(_ pass: Pass) {
    let states = nodeStates(pass.index)
    let prepared = preparedNodes(pass)
    if let norm = pass.nodeNorm {
      let hat = nodeTable("normalised \(slot(pass))")
      let inverse = context.workspace.buffer(
        "nodes: inverse \(slot(pass))", count: graph.nodeCount)
      nodes.run(threads: context.threads) { tile in
        norm.forward(
          states.base + tile.first * width, count: tile.count,
          normalised: hat.base + tile.first * width, inverse: inverse.base + tile.first,
          to: prepared.base + tile.first * width)
      }
    }
    projectNodeTerms(pass)
  }

  /// End and start terms of all nodes for the edges' perceptron.
  func projectNodeTerms(_ pass: Pass) {
    let prepared = preparedNodes(pass)
    let first = nodeStates(0)
    func parts(_ segment: Int) -> [(Int, FloatBuffer)] {
      segments.isConcatenated
        ? [(segment, prepared), (segment + 1, first)] : [(segment, prepared)]
    }
    projectNodes(pass.edges, parts(segments.end), to: nodeTable("end term"))
    projectNodes(pass.edges, parts(segments.start), to: nodeTable("start term"))
  }

  /// The nodes' states as the perceptrons take them.
  func preparedNodes(_ pass: Pass) -> FloatBuffer {
    pass.nodeNorm == nil ? nodeStates(pass.index) : nodeTable("normed \(slot(pass))")
  }

  func projectNodes(
    _ perceptron: Perceptron, _ parts: [(segment: Int, table: FloatBuffer)], to out: FloatBuffer
  ) {
    nodes.run(threads: context.threads) { tile in
      let place = tile.first * width
      clear(out.base + place, count: tile.count)
      for part in parts {
        perceptron.addProduct(
          part.table.base + place, stride: width, segment: part.segment, count: tile.count,
          to: out.base + place)
      }
    }
  }

  private func forwardEdges(_ pass: Pass, _ statistics: BatchStatistics?) -> BatchStatistics? {
    let states = edgeStates(pass.index)
    let next = edgeStates(pass.index + 1)
    let gate = gateTable(pass)
    return pass.edges.forward(
      edges, statistics: statistics, begin: edgeBegin(pass),
      end: { tile, active in
        let rows = next.base + tile.first * width
        let kept = configuration.skip == .residual ? states.base + tile.first * width : nil
        set(rows, to: pass.edges.outputBias, plus: kept, count: tile.count)
        pass.edges.finish(active, count: tile.count, to: rows)
        if let gates = pass.gates {
          gates.open(
            rows, count: tile.count, kernels: context.kernels, to: gate.base + 2 * tile.first)
        }
      })
  }

  private func sumEdges(_ pass: Pass) {
    let states = edgeStates(pass.index + 1)
    let gate = pass.gates == nil ? nil : gateTable(pass).base
    sum(
      states, first: graph.topology.firstEdge, order: nil, factor: gate, factors: 2, nodes,
      to: nodeTable("outgoing \(slot(pass))"))
    sum(
      states, first: graph.topology.firstIncoming, order: graph.topology.incoming,
      factor: gate.map { $0 + 1 }, factors: 2, nodes,
      to: nodeTable("incoming \(slot(pass))"))
  }

  func gateTable(_ pass: Pass) -> FloatBuffer {
    context.workspace.buffer(
      "edges: gates \(slot(pass))",
      count: pass.gates == nil ? 0 : 2 * graph.edgeCount)
  }

  private func sumGroups(_ pass: Pass) {
    for (index, groups) in graph.groups.enumerated() {
      let loop = RowLoop(rows: groups.count)
      let sums = groupTable("sum", index, pass)
      let terms = groupTable("term", index, pass)
      groups.factor.withUnsafeBufferPointer { factor in
        sum(
          preparedNodes(pass), first: groups.first, order: groups.members,
          factor: factor.baseAddress, factors: 1, loop, to: sums)
      }
      loop.run(threads: context.threads) { tile in
        let place = tile.first * width
        clear(terms.base + place, count: tile.count)
        pass.nodes.addProduct(
          sums.base + place, stride: width, segment: segments.groups + index, count: tile.count,
          to: terms.base + place)
      }
    }
  }

  func groupTable(_ name: String, _ index: Int, _ pass: Pass) -> FloatBuffer {
    context.workspace.buffer(
      "groups \(index): \(name) \(slot(pass))", count: graph.groups[index].count * width)
  }

  private func forwardNodes(_ pass: Pass, _ statistics: BatchStatistics?) -> BatchStatistics? {
    let states = nodeStates(pass.index)
    let next = nodeStates(pass.index + 1)
    return pass.nodes.forward(
      nodes, statistics: statistics, begin: nodeBegin(pass),
      end: { tile, active in
        let rows = next.base + tile.first * width
        let kept = configuration.skip == .residual ? states.base + tile.first * width : nil
        set(rows, to: pass.nodes.outputBias, plus: kept, count: tile.count)
        pass.nodes.finish(active, count: tile.count, to: rows)
      })
  }

  /// out[n] = sum over j in order[first[n]..<first[n + 1]] of factor[j] rows[j].
  func sum(
    _ rows: FloatBuffer, first: [Int32], order: [Int32]?, factor: UnsafePointer<Float>?,
    factors: Int, _ loop: RowLoop, to out: FloatBuffer
  ) {
    loop.run(threads: context.threads) { tile in
      sumTile(
        rows, first: first, order: order, factor: factor, factors: factors, tile, to: out.base)
    }
  }

  func sumTile(
    _ rows: FloatBuffer, first: [Int32], order: [Int32]?, factor: UnsafePointer<Float>? = nil,
    factors: Int = 0, _ tile: RowTile, to out: UnsafeMutablePointer<Float>
  ) {
    first.withUnsafeBufferPointer { first in
      func call(_ order: UnsafePointer<Int32>?) {
        context.kernels.pointee.sum_rows(
          rows.base, first.baseAddress, order, factor, Int32(factors), Int64(tile.first),
          Int64(tile.first + tile.count), Int32(width), out)
      }
      if let order {
        order.withUnsafeBufferPointer { call($0.baseAddress) }
      } else {
        call(nil)
      }
    }
  }
}
