import EdgeClassifier
import Foundation

/// A graph for message passing as plain arrays.
struct PlainMessageGraph {
  var nodes: [[Double]]
  var edges: [[Double]]
  var start: [Int]
  var end: [Int]
  var isTrue: [Bool]
  var groups: [[Int]] = []
  var initialLogit: [Double]?
  var weight: [Double]?

  /// The same for the program, whose floats hold these numbers.
  func prepared() throws -> MessageGraph {
    let label = isTrue.map { UInt8($0 ? 1 : 0) }
    return try MessageGraph(
      nodeCount: nodes.count, nodeFeatures: nodes.joined().map { Float($0) },
      start: start.map { Int32($0) }, end: end.map { Int32($0) },
      edgeFeatures: edges.joined().map { Float($0) }, label: label,
      groups: groups.map { $0.map { Int32($0) } },
      initialLogit: initialLogit.map { $0.map { Float($0) } },
      weights: weight.map { EdgeWeights(values: $0.map { Float($0) }, label: label) })
  }
}

/// The message-passing network written down plainly in double precision, one row after the other.
struct PlainMessagePassing {
  let configuration: MessagePassingConfiguration
  var tensors: [String: [Double]]
  /// Whether batch norm takes the graph's own statistics.
  var isTraining = true

  init(_ network: MessagePassingNetwork) {
    configuration = network.configuration
    tensors = Dictionary(
      uniqueKeysWithValues: network.tensors.map { ($0.name, $0.values.map(Double.init)) })
  }

  /// The mean over the edges that count.
  func loss(_ graph: PlainMessageGraph, positiveWeight: Double, focusing: Double = 0) -> Double {
    let logits = logits(graph)
    let weight = graph.weight ?? logits.map { _ in 1 }
    let sum = logits.indices.reduce(0) { sum, edge in
      let isTrue = graph.isTrue[edge]
      return sum
        + PlainKernels.loss(
          logits[edge], isTrue: isTrue, weight: weight[edge] * (isTrue ? positiveWeight : 1),
          focusing: focusing)
    }
    return sum / Double(max(1, weight.count { $0 != 0 }))
  }

  func logits(_ graph: PlainMessageGraph) -> [Double] {
    var h = perceptron("node_encoder", standardised(graph.nodes, "node"))
    var e = perceptron("edge_encoder", standardised(graph.edges, "edge"))
    let (firstH, firstE) = (h, e)
    let isConcatenated = configuration.skip == .concatenated
    for pass in 0..<configuration.passes {
      let name = "passes.\(configuration.sharesWeights ? 0 : pass)"
      var (oldH, oldE) = (h, e)
      if configuration.normalisesStates {
        oldH = h.map { layerNorm("\(name).node_norm", $0) }
        oldE = e.map { layerNorm("\(name).edge_norm", $0) }
      }
      let edgeInputs = graph.start.indices.map { edge in
        let (to, from) = (graph.end[edge], graph.start[edge])
        return isConcatenated
          ? oldH[to] + firstH[to] + oldH[from] + firstH[from] + oldE[edge] + firstE[edge]
          : oldH[to] + oldH[from] + oldE[edge]
      }
      e = kept(e, perceptron("\(name).edge_mlp", edgeInputs))
      let sums = nodeSums(e, graph, name)
      let groupSums = graph.groups.map { Self.groupSums(oldH, $0) }
      let nodeInputs = h.indices.map { node in
        oldH[node] + (isConcatenated ? firstH[node] : []) + sums.incoming[node]
          + sums.outgoing[node] + groupSums.flatMap { $0[node] }
      }
      h = kept(h, perceptron("\(name).node_mlp", nodeInputs))
    }
    let inputs = graph.start.indices.map { h[graph.end[$0]] + h[graph.start[$0]] + e[$0] }
    return perceptron("output", inputs).enumerated().map { edge, row in
      row[0] + (configuration.addsToInitialLogit ? graph.initialLogit?[edge] ?? 0 : 0)
    }
  }

  private func standardised(_ rows: [[Double]], _ kind: String) -> [[Double]] {
    let mean = tensors["\(kind)_mean"]!
    let scale = tensors["\(kind)_scale"]!
    return rows.map { row in row.indices.map { (row[$0] - mean[$0]) * scale[$0] } }
  }

  private func kept(_ old: [[Double]], _ new: [[Double]]) -> [[Double]] {
    guard configuration.skip == .residual else { return new }
    return zip(old, new).map { zip($0, $1).map(+) }
  }

  private func nodeSums(
    _ e: [[Double]], _ graph: PlainMessageGraph, _ name: String
  ) -> (incoming: [[Double]], outgoing: [[Double]]) {
    let zero = [Double](repeating: 0, count: configuration.hidden)
    var incoming = graph.nodes.map { _ in zero }
    var outgoing = incoming
    for edge in e.indices {
      let gate =
        configuration.hasGates
        ? linear("\(name).gate", e[edge]).map(PlainKernels.sigmoid) : [1, 1]
      for k in zero.indices {
        outgoing[graph.start[edge]][k] += gate[0] * e[edge][k]
        incoming[graph.end[edge]][k] += gate[1] * e[edge][k]
      }
    }
    return (incoming, outgoing)
  }

  /// For each node the sum over its group, over the root of the group's size.
  private static func groupSums(_ h: [[Double]], _ group: [Int]) -> [[Double]] {
    h.indices.map { node in
      let members = h.indices.filter { group[$0] == group[node] }
      return h[node].indices.map { k in
        members.reduce(0) { $0 + h[$1][k] } / Double(members.count).squareRoot()
      }
    }
  }

  // MARK: - Perceptrons

  private func perceptron(_ name: String, _ inputs: [[Double]]) -> [[Double]] {
    var rows = inputs
    var module = 0
    for _ in 0..<configuration.layers - 1 {
      rows = rows.map { linear("\(name).\(module)", $0) }
      module += 1
      switch configuration.norm {
      case .none: break
      case .layer: rows = rows.map { layerNorm("\(name).\(module)", $0) }
      case .batch: rows = batchNorm("\(name).\(module)", rows)
      }
      module += configuration.norm == .none ? 1 : 2
      rows = rows.map { $0.map { max($0, 0) } }
    }
    return rows.map { linear("\(name).\(module)", $0) }
  }

  private func linear(_ name: String, _ input: [Double]) -> [Double] {
    let weight = tensors[name + ".weight"]!
    let bias = tensors[name + ".bias"]!
    return bias.indices.map { row in
      var sum = bias[row]
      for k in input.indices { sum += weight[row * input.count + k] * input[k] }
      return sum
    }
  }

  private func layerNorm(_ name: String, _ row: [Double]) -> [Double] {
    let (mean, inverse) = PlainNorm.moments(row)
    let gain = tensors[name + ".weight"]!
    let shift = tensors[name + ".bias"]!
    return row.indices.map { (row[$0] - mean) * inverse * gain[$0] + shift[$0] }
  }

  private func batchNorm(_ name: String, _ rows: [[Double]]) -> [[Double]] {
    let gain = tensors[name + ".weight"]!
    let shift = tensors[name + ".bias"]!
    let columns = gain.indices.map { k -> (mean: Double, inverse: Double) in
      guard !isTraining else { return PlainNorm.moments(rows.map { $0[k] }) }
      let variance = tensors[name + ".running_var"]![k]
      return (tensors[name + ".running_mean"]![k], 1 / (variance + 1e-5).squareRoot())
    }
    return rows.map { row in
      row.indices.map { (row[$0] - columns[$0].mean) * columns[$0].inverse * gain[$0] + shift[$0] }
    }
  }
}
