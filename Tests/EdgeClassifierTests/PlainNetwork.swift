import EdgeClassifier
import Foundation
import GraphConstruction

/// The interaction network written down plainly in double precision: the kernels' reference.
struct PlainNetwork {
  let hidden: Int
  let passes: Int
  var tensors: [String: [Double]]

  init(_ network: EdgeNetwork) {
    hidden = network.configuration.hidden
    passes = network.configuration.passes
    tensors = Dictionary(
      uniqueKeysWithValues: network.tensors.map { ($0.name, $0.values.map(Double.init)) })
  }

  func loss(_ graph: HitGraph, positiveWeight: Double, training: Bool) -> Double {
    let logits = logits(graph, training: training)
    var sum = 0.0
    for (edge, logit) in logits.enumerated() {
      let isTrue = graph.label[edge] == 1
      let x = isTrue ? -logit : logit
      sum += (isTrue ? positiveWeight : 1) * (max(x, 0) + log1p(exp(-abs(x))))
    }
    return sum / Double(logits.count)
  }

  func logits(_ graph: HitGraph, training: Bool) -> [Double] {
    var x = (0..<graph.nodeCount).map { node in
      (0..<5).map { Double(graph.features[node * 5 + $0]) }
    }
    var logits: [Double] = []
    for pass in 0..<passes {
      logits = edgeLogits(x, graph, training: training)
      guard pass < passes - 1 else { break }
      var sums = [Double](repeating: 0, count: graph.nodeCount)
      for edge in logits.indices { sums[Int(graph.end[edge])] += logits[edge] }
      x = x.indices.map { node in
        let rows = linear("node_mlp.0", x[node] + [sums[node]]).map { max($0, 0) }
        return linear("node_mlp.2", rows)
      }
    }
    return logits
  }

  private func edgeLogits(_ x: [[Double]], _ graph: HitGraph, training: Bool) -> [Double] {
    let start = graph.start
    var rows = graph.end.indices.map { edge in
      let a = x[Int(graph.end[edge])]
      let b = x[Int(start[edge])]
      return linear("edge_mlp.0", a + b + zip(b, a).map { $0 - $1 })
    }
    let count = Double(rows.count)
    for k in 0..<hidden {
      var mean = tensors["edge_mlp.1.running_mean"]![k]
      var variance = tensors["edge_mlp.1.running_var"]![k]
      if training {
        mean = rows.reduce(0) { $0 + $1[k] } / count
        variance = rows.reduce(0) { $0 + ($1[k] - mean) * ($1[k] - mean) } / count
      }
      let factor = tensors["edge_mlp.1.weight"]![k] / (variance + 1e-5).squareRoot()
      let shift = tensors["edge_mlp.1.bias"]![k]
      for edge in rows.indices { rows[edge][k] = max((rows[edge][k] - mean) * factor + shift, 0) }
    }
    return rows.map { linear("edge_mlp.3", $0)[0] }
  }

  private func linear(_ name: String, _ input: [Double]) -> [Double] {
    let weight = tensors[name + ".weight"]!
    let bias = tensors[name + ".bias"]!
    return bias.indices.map { row in
      input.indices.reduce(bias[row]) { $0 + weight[row * input.count + $1] * input[$1] }
    }
  }
}
