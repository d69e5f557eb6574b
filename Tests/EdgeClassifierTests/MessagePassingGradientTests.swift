import EdgeClassifier
import Testing

/// The message-passing network of every instance against the plain one in double precision.
struct MessagePassingGradientTests {
  static func configuration(_ index: Int, hidden: Int) -> MessagePassingConfiguration {
    var all: [MessagePassingConfiguration] = []
    func add(
      _ passes: Int, _ layers: Int, _ norm: MessagePassingConfiguration.Norm,
      _ skip: MessagePassingConfiguration.Skip,
      _ change: (inout MessagePassingConfiguration) -> Void = { _ in }
    ) {
      var configuration = MessagePassingConfiguration(
        nodeInputs: 3, edgeInputs: 4, hidden: hidden, passes: passes, layers: layers, norm: norm,
        skip: skip)
      change(&configuration)
      all.append(configuration)
    }
    add(2, 2, .none, .none)
    add(2, 3, .none, .residual) { $0.hasGates = true }
    add(3, 2, .layer, .residual) {
      $0.normalisesStates = true
      $0.hasGates = true
      $0.groups = 2
      $0.addsToInitialLogit = true
    }
    add(3, 3, .layer, .concatenated) { $0.sharesWeights = true }
    add(2, 2, .batch, .residual)
    add(2, 3, .batch, .concatenated) {
      $0.normalisesStates = true
      $0.hasGates = true
      $0.groups = 1
    }
    add(2, 2, .batch, .none) {
      $0.sharesWeights = true
      $0.groups = 1
      $0.addsToInitialLogit = true
    }
    add(2, 2, .layer, .concatenated) {
      $0.normalisesStates = true
      $0.hasGates = true
      $0.sharesWeights = true
      $0.groups = 3
    }
    add(0, 2, .layer, .residual)
    precondition(all.count == count)
    return all[index]
  }

  static let count = 9
  static let positive = 2.5
  static let focusing: [Double] = [0, 2, 0.5]

  @Test(
    "The gradient is that of differences of the plain network's loss", arguments: 0..<count,
    [1, 3, 17])
  func gradient(index: Int, hidden: Int) throws {
    let configuration = Self.configuration(index, hidden: hidden)
    let network = try MessagePassingNetwork.random(configuration, seed: UInt64(index) + 1)
    let graph = PlainMessageGraph.random(
      nodes: 9, edges: 15, for: configuration, isWeighted: index % 2 == 1, seed: UInt64(hidden))
    let focusing = Self.focusing[index % 3]
    var plain = PlainMessagePassing(network)
    let loss = plain.loss(graph, positiveWeight: Self.positive, focusing: focusing)
    let passes = try Kernels.available.map {
      network.trainingPass(
        on: try graph.prepared(), positiveWeight: Float(Self.positive), focusing: Float(focusing),
        kernels: $0)
    }
    for pass in passes {
      #expect(abs(pass.loss - loss) < 1e-5 * loss)
      #expect(distance(pass.logits, plain.logits(graph)) < 5e-5)
    }
    // Of the wide network not all, so that the differences are soon taken.
    let step = hidden > 3 ? 13 : 1
    for (place, tensor) in passes[0].gradients.enumerated() {
      let largest = Double(tensor.values.map(abs).max() ?? 0)
      for i in stride(from: 0, to: tensor.values.count, by: step) {
        let value = plain.tensors[tensor.name]![i]
        plain.tensors[tensor.name]![i] = value + 1e-6
        let above = plain.loss(graph, positiveWeight: Self.positive, focusing: focusing)
        plain.tensors[tensor.name]![i] = value - 1e-6
        let below = plain.loss(graph, positiveWeight: Self.positive, focusing: focusing)
        plain.tensors[tensor.name]![i] = value
        let difference = (above - below) / 2e-6
        // Single precision through some ten layers; batch norm divides by small deviations.
        for (kernels, pass) in zip(Kernels.available, passes) {
          let own = Double(pass.gradients[place].values[i])
          #expect(
            abs(own - difference) < 2e-4 * largest + 1e-5,
            "\(kernels.name) \(tensor.name)[\(i)]: \(own), by differences \(difference)")
        }
      }
    }
  }

  @Test(
    "Along each tensor's gradient the loss of a graph of many tiles rises as its norm says",
    arguments: 0..<count)
  func manyTiles(index: Int) throws {
    let configuration = Self.configuration(index, hidden: 5)
    let network = try MessagePassingNetwork.random(configuration, seed: UInt64(index) + 31)
    let graph = PlainMessageGraph.random(
      nodes: 1200, edges: 2500, for: configuration, isWeighted: true, seed: 3)
    var plain = PlainMessagePassing(network)
    let loss = plain.loss(graph, positiveWeight: Self.positive)
    for kernels in Kernels.available {
      let pass = network.trainingPass(
        on: try graph.prepared(), positiveWeight: Float(Self.positive), threads: 2,
        kernels: kernels)
      #expect(abs(pass.loss - loss) < 1e-5 * loss)
      guard kernels.name == Kernels.instructionSet else { continue }
      let overall = pass.gradients.flatMap(\.values).reduce(0) { $0 + Double($1) * Double($1) }
        .squareRoot()
      for tensor in pass.gradients {
        let norm = tensor.values.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
        guard norm > 1e-3 * overall else { continue }
        let values = plain.tensors[tensor.name]!
        func moved(_ step: Double) -> Double {
          plain.tensors[tensor.name] = zip(values, tensor.values).map {
            $0 + step * Double($1) / norm
          }
          return plain.loss(graph, positiveWeight: Self.positive)
        }
        let rise = (moved(1e-7) - moved(-1e-7)) / 2e-7
        plain.tensors[tensor.name] = values
        // The step is so short that hardly one of the many rectifiers opens or closes within it.
        #expect(abs(rise - norm) < 5e-4 * norm, "\(tensor.name): \(norm), rises by \(rise)")
      }
    }
  }

  @Test(
    "In evaluation the logits are the plain network's with its running statistics",
    arguments: 0..<count, [3, 17, 40])
  func inference(index: Int, hidden: Int) throws {
    let configuration = Self.configuration(index, hidden: hidden)
    let network = try MessagePassingNetwork.random(configuration, seed: UInt64(index) + 61)
    var plain = PlainMessagePassing(network)
    plain.isTraining = false
    for (nodes, edges) in [(9, 15), (130, 300), (4, 1)] {
      let graph = PlainMessageGraph.random(
        nodes: nodes, edges: edges, for: configuration, seed: UInt64(nodes))
      let expected = plain.logits(graph)
      for kernels in Kernels.available {
        let logits = network.logits(graph: try graph.prepared(), kernels: kernels)
        #expect(distance(logits, expected) < 5e-5, "\(kernels.name), \(edges) edges")
      }
    }
  }

  @Test(
    "A graph without edges has the loss and the gradient 0, and so has one without nodes",
    arguments: 0..<count)
  func withoutEdges(index: Int) throws {
    let configuration = Self.configuration(index, hidden: 3)
    let network = try MessagePassingNetwork.random(configuration, seed: 5)
    for nodes in [6, 0] {
      let graph = try PlainMessageGraph.random(
        nodes: nodes, edges: 0, for: configuration, seed: 7
      ).prepared()
      for kernels in Kernels.available {
        #expect(network.logits(graph: graph, threads: 3, kernels: kernels) == [])
        let pass = network.trainingPass(on: graph, positiveWeight: 2, threads: 3, kernels: kernels)
        #expect(pass.loss == 0)
        #expect(pass.logits == [])
        #expect(pass.gradients.allSatisfy { $0.values.allSatisfy { $0 == 0 } })
        #expect(pass.network.tensors.allSatisfy { $0.values.allSatisfy(\.isFinite) })
      }
    }
  }

  @Test("Multiply-adds are those counted by hand")
  func multiplyAdds() {
    let first = MessagePassingConfiguration(
      nodeInputs: 2, edgeInputs: 3, hidden: 4, passes: 1, hasGates: true)
    // Encoders; the edges' perceptron with the terms of its nodes; gates and gated sums; the nodes'
    // perceptron of three states; the output with the terms of its nodes.
    let edgePass = 7 * (16 + 16) + 5 * (16 + 16)
    let gates = 7 * (2 * 4 + 2 * 4)
    let output = 7 * (16 + 4) + 5 * (16 + 16)
    #expect(
      first.multiplyAdds(nodes: 5, edges: 7)
        == 5 * (8 + 16) + 7 * (12 + 16) + edgePass + gates + 5 * (48 + 16) + output)
    #expect(first.multiplyAdds(nodes: 5, edges: 7) == 1432)

    let second = MessagePassingConfiguration(
      nodeInputs: 2, edgeInputs: 3, hidden: 4, passes: 2, layers: 3, skip: .concatenated, groups: 1)
    let pass = 7 * (32 + 16 + 16) + 5 * (32 + 32) + 5 * (5 * 16 + 16 + 16)
    #expect(
      second.multiplyAdds(nodes: 5, edges: 7)
        == 5 * (8 + 32) + 7 * (12 + 32) + 2 * pass + 7 * (16 + 16 + 4) + 5 * 32)
    #expect(second.multiplyAdds(nodes: 5, edges: 7) == 3576)
    #expect(first.multiplyAdds(nodes: 0, edges: 0) == 0)
  }
}
