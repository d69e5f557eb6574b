import EdgeClassifier
import GraphConstruction
import JSONDocument
import Testing

/// Small graphs and networks that PyTorch trained in double precision (Fixtures/make_reference.py).
struct PyTorchParityTests {
  struct Case {
    var graph: HitGraph
    var network: EdgeNetwork
    var json: JSONValue

    func numbers(_ path: String...) -> [Double] { json.numbers(path) }
  }

  static let reference = ReferenceFile.root("reference.json")

  static func makeCase(_ index: Int) throws -> Case {
    let json = try #require(reference["cases"]?.arrayValue?[index])
    let numbers: (String) -> [Double] = { json.numbers([$0]) }
    let layer = numbers("layer").map { Int32($0) }
    let edges = numbers("edges").map { Int32($0) }
    var firstEdge = [Int32](repeating: 0, count: layer.count + 1)
    for edge in 0..<edges.count / 2 { firstEdge[Int(edges[2 * edge]) + 1] += 1 }
    for node in layer.indices { firstEdge[node + 1] += firstEdge[node] }
    let graph = HitGraph(
      hitID: layer.indices.map { Int32($0 + 1) }, layer: layer,
      features: numbers("features").map { Float($0) }, firstEdge: firstEdge,
      end: (0..<edges.count / 2).map { edges[2 * $0 + 1] },
      label: numbers("label").map { UInt8($0) })
    try graph.validate()
    let configuration = EdgeNetworkConfiguration(
      hidden: try #require(json["hidden"]?.intValue),
      passes: try #require(json["passes"]?.intValue))
    let shapes = try EdgeNetwork(configuration: configuration, seed: 0).tensors
    let tensors = try shapes.map { tensor in
      let values = try #require(json["initial"]?[tensor.name]?.arrayValue)
      return NamedTensor(
        name: tensor.name, shape: tensor.shape, values: values.map { Float($0.doubleValue ?? .nan) }
      )
    }
    return Case(
      graph: graph, network: try EdgeNetwork(configuration: configuration, tensors: tensors),
      json: json)
  }

  @Test("Loss, logits and every gradient of the first step", arguments: 0..<3)
  func firstStep(index: Int) throws {
    let one = try Self.makeCase(index)
    let weight = try #require(Self.reference["positiveWeight"]?.doubleValue)
    for kernels in Kernels.available {
      let pass = one.network.trainingPass(
        on: PreparedGraph(one.graph), positiveWeight: Float(weight), kernels: kernels)
      #expect(abs(pass.loss / one.numbers("loss")[0] - 1) < 1e-6)
      let logits = one.numbers("logits")
      #expect(logits.count == pass.logits.count)
      // The prepared order differs; the sorted values do not.
      for (a, b) in zip(pass.logits.sorted(), logits.sorted()) {
        #expect(abs(Double(a) - b) < 1e-5)
      }
      let names = try #require(one.json["gradient"]?.members).map(\.name)
      #expect(names == pass.gradients.map(\.name))
      for tensor in pass.gradients {
        let expected = one.numbers("gradient", tensor.name)
        let largest = expected.map(abs).max() ?? 0
        #expect(expected.count == tensor.values.count)
        for (a, b) in zip(tensor.values, expected) {
          #expect(abs(Double(a) - b) < 2e-5 * largest + 1e-6, "\(tensor.name)")
        }
      }
    }
  }

  @Test("Losses, norms, running statistics and evaluation over five Adam steps", arguments: 0..<3)
  func fiveSteps(index: Int) throws {
    let one = try Self.makeCase(index)
    let options = TrainingOptions(
      epochs: 5, learningRate: try #require(Self.reference["learningRate"]?.doubleValue),
      positiveWeight: Self.reference["positiveWeight"]?.doubleValue)
    var trainer = try EdgeTrainer(model: .notebook(one.network), options: options)
    let graph = TrainingGraph.notebook(PreparedGraph(one.graph))
    for step in 0..<5 {
      let record = try trainer.runEpoch(training: [graph])
      #expect(abs(record.loss / one.numbers("loss")[step] - 1) < 1e-4)
      #expect(abs(record.gradientNorm / one.numbers("norm")[step] - 1) < 1e-3)
    }
    for name in ["edge_mlp.1.running_mean", "edge_mlp.1.running_var"] {
      let expected = one.numbers("running", name)
      #expect(expected.count == one.network.configuration.hidden)
      for (a, b) in zip(trainer.network[name]!.values, expected) {
        // Adam makes whole steps of the rounding in gradients that are 0, hence no closer.
        #expect(abs(Double(a) - b) < 1e-3 * (1 + abs(b)), "\(name)")
      }
    }
    let evaluation = one.numbers("evaluation")
    for (a, b) in zip(trainer.network.logits(graph: one.graph), evaluation) {
      #expect(abs(Double(a) - b) < 1e-3 * (1 + abs(b)))
    }
  }
}
