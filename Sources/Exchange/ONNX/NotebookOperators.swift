import EdgeClassifier

/// The notebook's network as operators; `EdgeNetwork` says what it computes.
struct NotebookOperators {
  private let passes: Int
  private let tensors: TensorTable
  /// Names of the edges' start and end nodes.
  private let start: String
  private let end: String

  init(_ network: EdgeNetwork, start: String, end: String) {
    passes = network.configuration.passes
    tensors = TensorTable(network.tensors)
    self.start = start
    self.end = end
  }

  func add(to model: inout ONNXModel) {
    var x = "x"
    for pass in 1...passes {
      let isLast = pass == passes
      let logit = edges(x, as: isLast ? ONNXModel.logit : "logit_\(pass)", &model)
      if !isLast { x = nodes(x, logit, &model) }
    }
  }

  private func edges(_ x: String, as output: String, _ model: inout ONNXModel) -> String {
    let atEnd = model.rows(x, at: end)
    let atStart = model.rows(x, at: start)
    let difference = model.apply("Sub", atStart, atEnd)
    let input = model.concatenate([atEnd, atStart, difference], axis: 1)
    let linear = model.linear(input, tensors["edge_mlp.0.weight"], tensors["edge_mlp.0.bias"])
    let normed = model.batchNorm(linear, tensors.norm("edge_mlp.1"))
    let hidden = model.apply("Relu", normed)
    let (weight, bias) = (
      model.weight(tensors["edge_mlp.3.weight"]), model.weight(tensors["edge_mlp.3.bias"])
    )
    return model.apply(
      "Gemm", hidden, weight, bias, attributes: ["transB": .integer(1)], as: output)
  }

  private func nodes(_ x: String, _ logit: String, _ model: inout ONNXModel) -> String {
    let sums = model.sum(
      logit, by: model.sumIndex(end, width: 1), zeros: model.zeros(width: 1))
    let input = model.concatenate([x, sums], axis: 1)
    let linear = model.linear(input, tensors["node_mlp.0.weight"], tensors["node_mlp.0.bias"])
    let hidden = model.apply("Relu", linear)
    return model.linear(hidden, tensors["node_mlp.2.weight"], tensors["node_mlp.2.bias"])
  }
}
