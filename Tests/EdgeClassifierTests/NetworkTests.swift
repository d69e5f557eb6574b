import EdgeClassifier
import Testing

struct NetworkTests {
  @Test("Tensors have PyTorch's names, shapes and order")
  func layout() throws {
    let network = try EdgeNetwork(configuration: .init(hidden: 7), seed: 1)
    #expect(
      network.tensors.map { "\($0.name) \($0.shape)" } == [
        "edge_mlp.0.weight [7, 15]", "edge_mlp.0.bias [7]", "edge_mlp.1.weight [7]",
        "edge_mlp.1.bias [7]", "edge_mlp.1.running_mean [7]", "edge_mlp.1.running_var [7]",
        "edge_mlp.3.weight [1, 7]", "edge_mlp.3.bias [1]", "node_mlp.0.weight [7, 6]",
        "node_mlp.0.bias [7]", "node_mlp.2.weight [5, 7]", "node_mlp.2.bias [5]",
      ])
    #expect(network.parameterCount == 7 * 15 + 3 * 7 + 7 + 1 + 7 * 6 + 7 + 5 * 7 + 5)
  }

  @Test("A seed decides the first weights, which fill PyTorch's range")
  func initialisation() throws {
    let configuration = EdgeNetworkConfiguration(hidden: 256)
    let network = try EdgeNetwork(configuration: configuration, seed: 42)
    #expect(try network == EdgeNetwork(configuration: configuration, seed: 42))
    #expect(try network != EdgeNetwork(configuration: configuration, seed: 43))
    for (name, inputs) in [
      ("edge_mlp.0.weight", 15), ("edge_mlp.0.bias", 15), ("edge_mlp.3.weight", 256),
      ("node_mlp.0.weight", 6), ("node_mlp.2.weight", 256),
    ] {
      let values = try #require(network[name]).values
      let bound = 1 / Float(inputs).squareRoot()
      let largest = try #require(values.map(abs).max())
      #expect(largest <= bound && largest > 0.95 * bound)
      let mean = values.reduce(0, +) / Float(values.count)
      #expect(abs(mean) < 4 * bound / (3 * Float(values.count)).squareRoot())
    }
    #expect(network["edge_mlp.1.weight"]?.values.allSatisfy { $0 == 1 } == true)
    #expect(network["edge_mlp.1.running_var"]?.values.allSatisfy { $0 == 1 } == true)
    #expect(network["edge_mlp.1.running_mean"]?.values.allSatisfy { $0 == 0 } == true)
  }

  /// splitmix64 and xoshiro256** written down once more from their papers' code.
  @Test("The first weights come from the published generators")
  func generator() throws {
    var seed: UInt64 = 5
    let state = (0..<4).map { _ -> UInt64 in
      seed &+= 0x9E37_79B9_7F4A_7C15
      var z = seed
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
    let product = state[1] &* 5
    let number = ((product << 7) | (product >> 57)) &* 9
    let first = try EdgeNetwork(configuration: .init(hidden: 1), seed: 5).tensors[0].values[0]
    #expect(first == (2 * Float(number >> 40) * 0x1p-24 - 1) / Float(15).squareRoot())
  }

  @Test("Tensors that do not fit are named")
  func refusedTensors() throws {
    let configuration = EdgeNetworkConfiguration(hidden: 3)
    let good = try EdgeNetwork(configuration: configuration, seed: 1).tensors
    #expect(throws: Never.self) {
      try EdgeNetwork(configuration: configuration, tensors: good.reversed())
    }
    func error(_ change: (inout [NamedTensor]) -> Void) -> EdgeClassifierError? {
      var tensors = good
      change(&tensors)
      do {
        _ = try EdgeNetwork(configuration: configuration, tensors: tensors)
        return nil
      } catch { return error }
    }
    #expect(
      error { $0.remove(at: 0) } == .missingTensor(name: "edge_mlp.0.weight", shape: [3, 15]))
    #expect(error { $0.append($0[1]) } == .repeatedTensor(name: "edge_mlp.0.bias"))
    #expect(
      error { $0[6].shape = [3, 1] }
        == .wrongShape(name: "edge_mlp.3.weight", shape: [3, 1], expected: [1, 3]))
    #expect(
      error { $0[1].values[2] = .infinity } == .notFinite(name: "edge_mlp.0.bias", index: 2))
    let extra = NamedTensor(name: "head.weight", shape: [1], values: [0])
    #expect(
      error { $0.append(extra) }
        == .unknownTensor(name: "head.weight", known: good.map(\.name)))
    #expect(throws: EdgeClassifierError.self) {
      try EdgeNetwork(configuration: .init(hidden: 0), seed: 1)
    }
    #expect(throws: EdgeClassifierError.self) {
      try EdgeNetwork(configuration: .init(passes: 0), seed: 1)
    }
  }
}
