/// The gradient of the loss with respect to the trained tensors, in double precision.
struct NetworkGradient {
  let hidden: Int
  /// By `EdgeTensor`; empty where the loss does not depend on the tensor.
  private(set) var values: [[Double]]

  /// - Parameter nodes: whether the node perceptron has a part in the loss.
  init(hidden: Int, nodes: Bool) {
    self.hidden = hidden
    values = EdgeTensor.allCases.map { tensor in
      let isNode = tensor.rawValue >= EdgeTensor.nodeWeight.rawValue
      guard tensor.isTrained, nodes || !isNode else { return [] }
      return Array(repeating: 0, count: tensor.shape(hidden: hidden).reduce(1, *))
    }
  }

  subscript(tensor: EdgeTensor) -> [Double] {
    get { values[tensor.rawValue] }
    _modify { yield &values[tensor.rawValue] }
  }

  var tensors: [NamedTensor] {
    EdgeTensor.allCases.filter { !self[$0].isEmpty }.map {
      NamedTensor(
        name: $0.name, shape: $0.shape(hidden: hidden), values: self[$0].map { Float($0) })
    }
  }
}
