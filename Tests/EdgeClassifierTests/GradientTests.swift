import EdgeClassifier
import GraphConstruction
import Testing

/// The hand-derived gradient against differences of the plain network's loss.
struct GradientTests {
  static let sizes = [(1, 1), (3, 1), (3, 2), (17, 2), (4, 3)]

  @Test("The gradient is that of the plain network's loss", arguments: sizes)
  func gradientAgreesWithDifferences(size: (hidden: Int, passes: Int)) throws {
    let graph = SmallGraphs.random(nodes: 23, layers: 4, seed: 5)
    let network = try SmallGraphs.network(hidden: size.hidden, passes: size.passes, seed: 7)
    let pass = network.trainingPass(on: PreparedGraph(graph), positiveWeight: 2.5)
    var plain = PlainNetwork(network)
    let loss = plain.loss(graph, positiveWeight: 2.5, training: true)
    #expect(abs(pass.loss - loss) < 1e-6 * loss)

    #expect(pass.gradients.count == (size.passes == 1 ? 6 : 10))
    for tensor in pass.gradients {
      let largest = tensor.values.map(abs).max() ?? 0
      for i in tensor.values.indices {
        let value = plain.tensors[tensor.name]![i]
        let step = 1e-5
        plain.tensors[tensor.name]![i] = value + step
        let above = plain.loss(graph, positiveWeight: 2.5, training: true)
        plain.tensors[tensor.name]![i] = value - step
        let below = plain.loss(graph, positiveWeight: 2.5, training: true)
        plain.tensors[tensor.name]![i] = value
        let difference = Float((above - below) / (2 * step))
        #expect(
          abs(tensor.values[i] - difference) < 2e-4 * largest + 2e-6,
          "\(tensor.name)[\(i)]: \(tensor.values[i]), by differences \(difference)")
      }
    }
  }

  @Test("A batch-norm weight of 0 has a gradient too")
  func zeroGain() throws {
    let graph = SmallGraphs.random(nodes: 20, layers: 3, seed: 2)
    var tensors = try SmallGraphs.network(hidden: 2, passes: 1, seed: 3).tensors
    let gain = try #require(tensors.firstIndex { $0.name == "edge_mlp.1.weight" })
    let shift = try #require(tensors.firstIndex { $0.name == "edge_mlp.1.bias" })
    tensors[gain].values = [0, 1]
    tensors[shift].values = [0.3, 0.1]
    let network = try EdgeNetwork(configuration: .init(hidden: 2), tensors: tensors)
    let pass = network.trainingPass(on: PreparedGraph(graph), positiveWeight: 1)
    var plain = PlainNetwork(network)
    plain.tensors["edge_mlp.1.weight"]![0] = 1e-6
    let above = plain.loss(graph, positiveWeight: 1, training: true)
    plain.tensors["edge_mlp.1.weight"]![0] = -1e-6
    let below = plain.loss(graph, positiveWeight: 1, training: true)
    let gradient = try #require(pass.gradients.first { $0.name == "edge_mlp.1.weight" })
    #expect(abs(Double(gradient.values[0]) - (above - below) / 2e-6) < 1e-5)
  }
}
