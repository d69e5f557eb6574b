import EdgeClassifier
import Foundation
import GraphConstruction
import Testing

/// Every instruction set that this machine has, held against plain Swift and against the others.
struct KernelTests {
  @Test("The baseline instance runs everywhere and stands last")
  func baselineIsAvailable() {
    #expect(["baseline", "neon"].contains(Kernels.available.last?.name))
    #expect(Kernels.available.map(\.name).contains(Kernels.instructionSet))
  }

  @Test(
    "Each instruction set gives the plain network's logits and gradient",
    arguments: Kernels.available.map(\.name), [(1, 1), (16, 1), (40, 2), (130, 1), (250, 2)])
  func instanceAgreesWithPlainSwift(name: String, size: (hidden: Int, passes: Int)) throws {
    let kernels = try #require(Kernels.available.first { $0.name == name })
    let graph = SmallGraphs.random(nodes: 61, layers: 4, share: 0.6, seed: 11)
    let network = try SmallGraphs.network(hidden: size.hidden, passes: size.passes, seed: 13)
    let plain = PlainNetwork(network)
    let logits = network.logits(graph: graph, kernels: kernels)
    let expected = plain.logits(graph, training: false)
    let largest = expected.map(abs).max() ?? 0
    for (logit, value) in zip(logits, expected) {
      #expect(abs(Double(logit) - value) < 1e-5 * (1 + largest))
    }
    let probabilities = network.probabilities(graph: graph, kernels: kernels)
    for (probability, value) in zip(probabilities, expected) {
      #expect(abs(Double(probability) - 1 / (1 + exp(-value))) < 1e-5 * (1 + largest))
    }

    let prepared = PreparedGraph(graph)
    let evaluation = network.evaluation(on: prepared, positiveWeight: 4, kernels: kernels)
    let loss = plain.loss(graph, positiveWeight: 4, training: false)
    #expect(abs(evaluation.loss - loss) < 1e-5 * loss)

    let pass = network.trainingPass(on: prepared, positiveWeight: 4, kernels: kernels)
    let reference = network.trainingPass(
      on: prepared, positiveWeight: 4, kernels: Kernels.available.last!)
    #expect(abs(pass.loss - plain.loss(graph, positiveWeight: 4, training: true)) < 1e-5 * loss)
    for (tensor, other) in zip(pass.gradients, reference.gradients) {
      let largest = other.values.map(abs).max() ?? 0
      for (a, b) in zip(tensor.values, other.values) {
        #expect(abs(a - b) <= 1e-4 * largest + 1e-7, "\(tensor.name)")
      }
    }
  }

  @Test(
    "Any number of threads gives the same bits",
    arguments: Kernels.available.map(\.name), [1, 2, 3])
  func threadsChangeNothing(name: String, passes: Int) throws {
    let kernels = try #require(Kernels.available.first { $0.name == name })
    let graph = SmallGraphs.random(nodes: 1500, layers: 9, share: 0.1, seed: 17)
    let network = try SmallGraphs.network(hidden: 24, passes: passes, seed: 19)
    let one = network.trainingPass(
      on: PreparedGraph(graph), positiveWeight: 3, threads: 1, kernels: kernels)
    let logits = network.logits(graph: graph, threads: 1, kernels: kernels)
    for threads in [2, 3, 8, 100] {
      let many = network.trainingPass(
        on: PreparedGraph(graph, threads: threads), positiveWeight: 3, threads: threads,
        kernels: kernels)
      #expect(many.loss == one.loss)
      #expect(many.logits == one.logits)
      #expect(many.gradients == one.gradients)
      #expect(many.network == one.network)
      #expect(network.logits(graph: graph, threads: threads, kernels: kernels) == logits)
    }
  }

  @Test("Logits far from 0 keep probabilities and loss finite and exact")
  func extremeLogits() throws {
    for bias: Float in [-1000, -80, -20, 0, 20, 80, 1000] {
      var tensors = try EdgeNetwork(configuration: .init(hidden: 1), seed: 1).tensors
      for i in tensors.indices where tensors[i].name == "edge_mlp.3.weight" {
        tensors[i].values = [0]
      }
      for i in tensors.indices where tensors[i].name == "edge_mlp.3.bias" {
        tensors[i].values = [bias]
      }
      let network = try EdgeNetwork(configuration: .init(hidden: 1), tensors: tensors)
      let graph = SmallGraphs.random(nodes: 20, layers: 2, seed: 1)
      let expected = PlainNetwork(network).loss(graph, positiveWeight: 2, training: true)
      for kernels in Kernels.available {
        let pass = network.trainingPass(
          on: PreparedGraph(graph), positiveWeight: 2, kernels: kernels)
        #expect(abs(pass.loss - expected) <= 1e-6 * expected)
        let sigmoid = 1 / (1 + exp(-Double(bias)))
        for probability in network.probabilities(graph: graph, kernels: kernels) {
          #expect(abs(Double(probability) - sigmoid) <= 1e-6 * sigmoid + 1e-37)
        }
      }
    }
  }

  @Test("A graph without edges has no logits, and its nodes may stand alone")
  func graphWithoutEdges() throws {
    let network = try EdgeNetwork(configuration: .init(hidden: 8, passes: 2), seed: 1)
    let none = HitGraph(hitID: [], layer: [], features: [], firstEdge: [0], end: [], label: [])
    #expect(network.probabilities(graph: none) == [])
    let alone = SmallGraphs.random(nodes: 5, layers: 1, seed: 1)
    #expect(network.probabilities(graph: alone, threads: 4) == [])
  }
}
