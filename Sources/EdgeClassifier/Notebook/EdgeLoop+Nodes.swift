import CNumericKernels

extension EdgeLoop {
  /// out[nodes][width] = x[nodes][inputs] weight[inputs][width] + bias, at least 0 if rectified.
  func project(
    _ x: FloatBuffer, inputs: Int, _ weight: FloatBuffer, _ bias: FloatBuffer, width: Int,
    rectified: Bool = false, to out: FloatBuffer
  ) {
    let parts = blocks(of: graph.nodeCount)
    forEach(parts.count, threads: threads) { part in
      project(
        parts[part], x, inputs: inputs, weight, bias, width: width, rectified: rectified, to: out)
    }
  }

  /// The same for some of the nodes.
  func project(
    _ nodes: Range<Int>, _ x: FloatBuffer, inputs: Int, _ weight: FloatBuffer, _ bias: FloatBuffer,
    width: Int, rectified: Bool = false, to out: FloatBuffer
  ) {
    kernels.pointee.project(
      x.base + nodes.lowerBound * inputs, Int64(nodes.count), Int32(inputs), weight.base, bias.base,
      Int32(width), rectified ? 1 : 0, out.base + nodes.lowerBound * width)
  }

  /// out[nodes][outputs] = rows[nodes][width] weight[outputs][width]^T + bias[outputs].
  func projectBack(
    _ rows: FloatBuffer, width: Int, _ weight: FloatBuffer, _ bias: FloatBuffer, outputs: Int,
    to out: FloatBuffer
  ) {
    let parts = blocks(of: graph.nodeCount)
    forEach(parts.count, threads: threads) { part in
      let low = parts[part].lowerBound
      kernels.pointee.project_back(
        rows.base + low * width, Int64(parts[part].count), Int32(width), weight.base, bias.base,
        Int32(outputs), out.base + low * outputs)
    }
  }

  /// rows = 0 where gate is not above 0, both [nodes][width].
  func gate(_ rows: FloatBuffer, by gate: FloatBuffer, width: Int) {
    let parts = blocks(of: graph.nodeCount)
    forEach(parts.count, threads: threads) { part in
      let low = parts[part].lowerBound * width
      kernels.pointee.gate(rows.base + low, gate.base + low, Int64(parts[part].count * width))
    }
  }

  /// Sums over nodes of x[i] times the node's row, then of the row alone, [inputs + 1][width].
  func outerSum(_ rows: FloatBuffer, _ x: FloatBuffer, inputs: Int, width: Int) -> [Double] {
    let parts = blocks(of: graph.nodeCount)
    let size = (inputs + 1) * width
    let sums = workspace.buffer("outer sums", count: parts.count * size)
    forEach(parts.count, threads: threads) { part in
      outerSum(parts[part], rows, x, inputs: inputs, width: width, to: sums.base + part * size)
    }
    return sumOfBlocks(sums, count: parts.count, size: size)
  }

  /// The same over some of the nodes, [inputs + 1][width].
  func outerSum(
    _ nodes: Range<Int>, _ rows: FloatBuffer, _ x: FloatBuffer, inputs: Int, width: Int,
    to sums: UnsafeMutablePointer<Float>
  ) {
    kernels.pointee.outer_sum(
      rows.base + nodes.lowerBound * width, x.base + nodes.lowerBound * inputs, Int64(nodes.count),
      Int32(inputs), Int32(width), sums)
  }

  /// Adds blocks of `size` numbers in their order.
  func sumOfBlocks(_ blocks: FloatBuffer, count: Int, size: Int) -> [Double] {
    var total = [Double](repeating: 0, count: size)
    total.withUnsafeMutableBufferPointer { total in
      for block in 0..<count {
        for i in 0..<size { total[i] += Double(blocks.base[block * size + i]) }
      }
    }
    return total
  }

  /// Sum over the edges that end at each node, put into column `column` of out[nodes][columns].
  func sumIncoming(_ values: FloatBuffer, to out: FloatBuffer, column: Int, of columns: Int) {
    let parts = blocks(of: graph.nodeCount)
    forEach(parts.count, threads: threads) { part in
      for node in parts[part] {
        var sum = 0.0
        for place in Int(graph.firstIncoming[node])..<Int(graph.firstIncoming[node + 1]) {
          sum += Double(values.base[Int(graph.incoming[place])])
        }
        out.base[node * columns + column] = Float(sum)
      }
    }
  }

  /// Gives each edge the value of its end: column `column` of values[nodes][columns].
  func spreadToEdges(_ values: FloatBuffer, column: Int, of columns: Int, to out: FloatBuffer) {
    let parts = blocks(of: graph.edgeCount, size: 16384)
    forEach(parts.count, threads: threads) { part in
      for edge in parts[part] {
        out.base[edge] = values.base[Int(graph.end[edge]) * columns + column]
      }
    }
  }

  /// Sum over some edges.
  func sum(of values: FloatBuffer, over edges: Range<Int>) -> Double {
    var sum = SIMD8<Double>()
    var edge = edges.lowerBound
    while edge + 8 <= edges.upperBound {
      let eight = UnsafeRawPointer(values.base + edge).loadUnaligned(as: SIMD8<Float>.self)
      sum += SIMD8<Double>(eight)
      edge += 8
    }
    var rest = 0.0
    for edge in edge..<edges.upperBound { rest += Double(values.base[edge]) }
    return sum.sum() + rest
  }
}
