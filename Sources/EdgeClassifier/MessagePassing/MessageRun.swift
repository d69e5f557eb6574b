import CNumericKernels

/// One run of a message-passing network over a graph, forward and backward.
///
/// What depends on one node alone is computed once a node and gathered by the edges; the rest goes
/// through the perceptrons in tiles of rows, so that nothing but the states is stored.
struct MessageRun {
  let graph: MessageGraph
  let configuration: MessagePassingConfiguration
  let context: ComputeContext
  /// Of a state, with padding.
  let width: Int
  let nodes: RowLoop
  let edges: RowLoop
  let nodeEncoder: Perceptron
  let edgeEncoder: Perceptron
  let passes: [Pass]
  let output: Perceptron
  /// Mean and scale of the inputs, in the order of the layout.
  private let inputTensors: [FloatBuffer]
  /// Whether the states of every pass are kept for the backward run.
  let isTraining: Bool

  /// The modules of one pass.
  struct Pass {
    let index: Int
    let edges: Perceptron
    let nodes: Perceptron
    let edgeNorm: StateNorm?
    let nodeNorm: StateNorm?
    let gates: EdgeGates?
  }

  /// Segments of the perceptrons' inputs.
  struct Segments {
    let end = 0
    let start: Int
    let edge: Int
    let incoming: Int
    let outgoing: Int
    let groups: Int
    let isConcatenated: Bool

    init(_ configuration: MessagePassingConfiguration) {
      isConcatenated = configuration.skip == .concatenated
      let old = isConcatenated ? 2 : 1
      start = old
      edge = 2 * old
      incoming = old
      outgoing = old + 1
      groups = old + 2
    }
  }

  let segments: Segments

  init(
    _ network: MessagePassingNetwork, graph: MessageGraph, context: ComputeContext,
    isTraining: Bool
  ) {
    precondition(
      graph.nodeInputs == network.configuration.nodeInputs || graph.nodeCount == 0,
      "a node has as many features as the network takes")
    precondition(
      graph.edgeInputs == network.configuration.edgeInputs || graph.edgeCount == 0,
      "an edge has as many features as the network takes")
    precondition(
      graph.groups.count == network.configuration.groups, "the graph has the network's groups")
    self.graph = graph
    self.context = context
    self.isTraining = isTraining
    configuration = network.configuration
    width = Perceptron.padded(configuration.hidden)
    nodes = RowLoop(rows: graph.nodeCount)
    edges = RowLoop(rows: graph.edgeCount)
    func perceptron(_ shape: PerceptronShape) -> Perceptron {
      Perceptron(shape, tensors: network.tensors, context: context)
    }
    nodeEncoder = perceptron(network.layout.nodeEncoder)
    edgeEncoder = perceptron(network.layout.edgeEncoder)
    output = perceptron(network.layout.output)
    passes = network.layout.passes.enumerated().map { index, pass in
      Pass(
        index: index, edges: perceptron(pass.edges), nodes: perceptron(pass.nodes),
        edgeNorm: pass.edgeNorm.map { StateNorm($0, of: network, context: context) },
        nodeNorm: pass.nodeNorm.map { StateNorm($0, of: network, context: context) },
        gates: pass.gate.map { EdgeGates($0, of: network) })
    }
    inputTensors = (0..<4).map { FloatBuffer(network[$0]) }
    segments = Segments(network.configuration)
  }

  // MARK: - Tables

  func nodeTable(_ name: String) -> FloatBuffer {
    context.workspace.buffer("nodes: \(name)", count: graph.nodeCount * width)
  }

  func edgeTable(_ name: String) -> FloatBuffer {
    context.workspace.buffer("edges: \(name)", count: graph.edgeCount * width)
  }

  /// Rows of one tile for every worker.
  func tileBuffer(_ name: String, columns: Int) -> FloatBuffer {
    context.workspace.buffer(
      "tile: \(name)", count: max(1, context.threads) * RowLoop.tileRows * columns)
  }

  func nodeStates(_ pass: Int) -> FloatBuffer { nodeTable("states \(kept(pass))") }
  func edgeStates(_ pass: Int) -> FloatBuffer { edgeTable("states \(kept(pass))") }

  /// The number of a pass where its tables are kept for the backward run.
  func slot(_ pass: Pass) -> Int { isTraining ? pass.index : 0 }

  /// Without a backward run a pass writes over the states before it: a tile reads its own rows alone.
  /// Only concatenated, the encoders' output stays.
  private func kept(_ pass: Int) -> Int {
    isTraining ? pass : segments.isConcatenated ? min(pass, 1) : 0
  }

  // MARK: - Encoders

  /// The standardised features of a tile, made anew.
  struct Inputs {
    let table: FloatBuffer
    let columns: Int
    let mean: FloatBuffer
    let scale: FloatBuffer
    let scratch: FloatBuffer

    func rows(_ tile: RowTile, kernels: UnsafePointer<tfk_kernels>) -> UnsafePointer<Float> {
      let out = scratch.base + tile.worker * RowLoop.tileRows * columns
      kernels.pointee.standardise(
        table.base + tile.first * columns, Int64(tile.count), Int32(columns), mean.base,
        scale.base, out)
      return UnsafePointer(out)
    }
  }

  var nodeInputs: Inputs {
    Inputs(
      table: graph.nodeFeatures, columns: configuration.nodeInputs,
      mean: inputTensors[MessagePassingLayout.nodeMean],
      scale: inputTensors[MessagePassingLayout.nodeScale],
      scratch: tileBuffer("node inputs", columns: configuration.nodeInputs))
  }

  var edgeInputs: Inputs {
    Inputs(
      table: graph.edgeFeatures, columns: configuration.edgeInputs,
      mean: inputTensors[MessagePassingLayout.edgeMean],
      scale: inputTensors[MessagePassingLayout.edgeScale],
      scratch: tileBuffer("edge inputs", columns: configuration.edgeInputs))
  }

  func encoderBegin(_ encoder: Perceptron, _ inputs: Inputs) -> (RowTile, Perceptron.Rows) -> Void {
    { tile, rows in
      encoder.fillBias(0, rows: rows, count: tile.count)
      encoder.addProduct(
        inputs.rows(tile, kernels: context.kernels), stride: inputs.columns, segment: 0,
        count: tile.count, to: rows)
    }
  }

  // MARK: - Rows

  /// out = row + the rows of a table, where there is one.
  func set(
    _ out: UnsafeMutablePointer<Float>, to row: UnsafePointer<Float>,
    plus table: UnsafePointer<Float>? = nil, count: Int
  ) {
    context.kernels.pointee.combine_rows(
      row, table, nil, nil, nil, Int64(count), Int32(width), out)
  }

  /// out += table[index], or the rows of the table themselves.
  func add(
    _ table: UnsafePointer<Float>, _ index: UnsafePointer<Int32>? = nil, count: Int,
    to out: UnsafeMutablePointer<Float>
  ) {
    context.kernels.pointee.combine_rows(
      nil, table, index, nil, nil, Int64(count), Int32(width), out)
  }

  /// out += what the ends and the starts of a tile's edges have in two tables of nodes; with a row
  /// that stands for out.
  func addNodes(
    ends: FloatBuffer, starts: FloatBuffer, _ tile: RowTile, row: UnsafePointer<Float>? = nil,
    to out: UnsafeMutablePointer<Float>
  ) {
    graph.topology.end.withUnsafeBufferPointer { end in
      graph.topology.start.withUnsafeBufferPointer { start in
        guard let end = end.baseAddress, let start = start.baseAddress else { return }
        context.kernels.pointee.combine_rows(
          row, ends.base, end + tile.first, starts.base, start + tile.first, Int64(tile.count),
          Int32(width), out)
      }
    }
  }

  func clear(_ out: UnsafeMutablePointer<Float>, count: Int) {
    out.update(repeating: 0, count: count * width)
  }

  func copy(_ rows: UnsafePointer<Float>, count: Int, to out: UnsafeMutablePointer<Float>) {
    out.update(from: rows, count: count * width)
  }
}
