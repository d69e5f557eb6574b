import EdgeClassifier
import JSONDocument
import Testing

/// Small graphs that PyTorch trained message-passing networks on (Fixtures/make_message_reference.py).
struct MessagePassingParityTests {
  struct Case {
    var json: JSONValue
    var network: MessagePassingNetwork
    var graph: MessageGraph

    func numbers(_ path: String...) -> [Double] { json.numbers(path) }

    var focusing: Double { json["focusing"]?.doubleValue ?? .nan }
  }

  static let reference = ReferenceFile.root("message-reference.json")

  static let caseCount = 8

  static func architecture(_ json: JSONValue) throws -> MessagePassingConfiguration {
    func whole(_ name: String) throws -> Int { try #require(json[name]?.intValue) }
    func flag(_ name: String) -> Bool { json[name]?.boolValue == true }
    return MessagePassingConfiguration(
      nodeInputs: try whole("nodeInputs"), edgeInputs: try whole("edgeInputs"),
      hidden: try whole("hidden"), passes: try whole("passes"), layers: try whole("layers"),
      norm: try #require(
        .init(rawValue: json["norm"]?.stringValue ?? "") as MessagePassingConfiguration.Norm?),
      skip: try #require(
        .init(rawValue: json["skip"]?.stringValue ?? "") as MessagePassingConfiguration.Skip?),
      normalisesStates: flag("normalisesStates"), hasGates: flag("hasGates"),
      groups: try whole("groups"), sharesWeights: flag("sharesWeights"),
      addsToInitialLogit: flag("addsToInitialLogit"))
  }

  static func makeCase(_ index: Int) throws -> Case {
    let json = try #require(reference["cases"]?.arrayValue?[index])
    let numbers: (String) -> [Double] = { json.numbers([$0]) }
    let configuration = try architecture(json)
    let shapes = try MessagePassingNetwork(configuration: configuration, seed: 0).tensors
    let tensors = try shapes.map { tensor in
      let values = try #require(json["initial"]?[tensor.name]?.arrayValue, "\(tensor.name)")
      return NamedTensor(
        name: tensor.name, shape: tensor.shape, values: values.map { Float($0.doubleValue ?? .nan) }
      )
    }
    #expect(json["initial"]?.members?.map(\.name) == shapes.map(\.name))
    let label = numbers("label").map { UInt8($0) }
    let x = numbers("x").map { Float($0) }
    let graph = try MessageGraph(
      nodeCount: x.count / configuration.nodeInputs, nodeFeatures: x,
      start: numbers("start").map { Int32($0) }, end: numbers("end").map { Int32($0) },
      edgeFeatures: numbers("e").map { Float($0) }, label: label,
      groups: (json["groupOfNode"]?.arrayValue ?? []).map { group in
        (group.arrayValue ?? []).compactMap { $0.intValue.map { Int32($0) } }
      },
      initialLogit: configuration.addsToInitialLogit
        ? numbers("initialLogit").map { Float($0) } : nil,
      weights: json["weighted"]?.boolValue == true
        ? EdgeWeights(values: numbers("weight").map { Float($0) }, label: label) : nil)
    return Case(
      json: json,
      network: try MessagePassingNetwork(configuration: configuration, tensors: tensors),
      graph: graph)
  }

  @Test("There is a case of every option")
  func everyCaseIsThere() {
    #expect(Self.reference["cases"]?.arrayValue?.count == Self.caseCount)
  }

  @Test("Loss, logits and every gradient of the first step", arguments: 0..<caseCount)
  func firstStep(index: Int) throws {
    let one = try Self.makeCase(index)
    let weight = try #require(Self.reference["positiveWeight"]?.doubleValue)
    for kernels in Kernels.available {
      let pass = one.network.trainingPass(
        on: one.graph, positiveWeight: Float(weight), focusing: Float(one.focusing),
        kernels: kernels)
      #expect(abs(pass.loss / one.numbers("loss")[0] - 1) < 3e-6)
      for (a, b) in zip(pass.logits, one.numbers("logits")) {
        #expect(abs(Double(a) - b) < 2e-5)
      }
      let names = try #require(one.json["gradient"]?.members).map(\.name)
      #expect(names == pass.gradients.map(\.name))
      for tensor in pass.gradients {
        let expected = one.numbers("gradient", tensor.name)
        let largest = expected.map(abs).max() ?? 0
        #expect(expected.count == tensor.values.count)
        for (a, b) in zip(tensor.values, expected) {
          #expect(
            abs(Double(a) - b) < 5e-5 * largest + 3e-6, "\(kernels.name) \(tensor.name): \(a) \(b)")
        }
      }
    }
  }

  @Test("Losses, norms and evaluation over four AdamW steps", arguments: 0..<caseCount)
  func fourSteps(index: Int) throws {
    let one = try Self.makeCase(index)
    func head(_ name: String) throws -> Double { try #require(Self.reference[name]?.doubleValue) }
    let losses = one.numbers("loss")
    // The program scales the weights of true edges to a mean of 1, PyTorch's script does not.
    var positive = try head("positiveWeight")
    if let weights = one.graph.weights {
      positive *= weights.trueSum / Double(weights.countedTrueEdges)
    }
    var trainer = try EdgeTrainer(
      model: .messagePassing(one.network, HitFeatureList()),
      options: TrainingOptions(
        epochs: losses.count, learningRate: head("learningRate"),
        optimiser: .adamW(weightDecay: head("weightDecay")), positiveWeight: positive,
        focusing: one.focusing))
    for step in losses.indices {
      let record = try trainer.runEpoch(training: [TrainingGraph.messagePassing(one.graph)])
      #expect(abs(record.loss / losses[step] - 1) < 1e-4)
      #expect(abs(record.gradientNorm / one.numbers("gradientNorm")[step] - 1) < 1e-3)
    }
    guard case .messagePassing(let network, _) = trainer.model else { return }
    // Some biases before a batch norm have the gradient 0; Adam makes whole steps of its rounding,
    // and the running statistics follow late. PyTorch in single precision is as far from itself in
    // double precision.
    let tolerance = network.configuration.norm == .batch ? 0.03 : 1e-4
    for (a, b) in zip(network.logits(graph: one.graph), one.numbers("evaluation")) {
      #expect(abs(Double(a) - b) < tolerance * (1 + abs(b)))
    }
  }

  @Test("Any number of threads gives the same bits", arguments: 0..<caseCount)
  func threadsChangeNothing(index: Int) throws {
    let json = try #require(Self.reference["cases"]?.arrayValue?[index])
    let configuration = try Self.architecture(json)
    let network = try MessagePassingNetwork(configuration: configuration, seed: 3)
    let graph = try SmallGraphs.messages(nodes: 3000, edges: 9000, for: configuration, seed: 5)
    for kernels in Kernels.available {
      let one = network.trainingPass(on: graph, positiveWeight: 3, kernels: kernels)
      let logits = network.logits(graph: graph, kernels: kernels)
      for threads in [2, 3, 8] {
        let many = network.trainingPass(
          on: graph, positiveWeight: 3, threads: threads, kernels: kernels)
        #expect(many.loss == one.loss)
        #expect(many.logits == one.logits)
        #expect(many.gradients == one.gradients)
        #expect(many.network == one.network)
        #expect(network.logits(graph: graph, threads: threads, kernels: kernels) == logits)
      }
    }
  }
}
