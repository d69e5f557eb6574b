import EdgeClassifier
import JSONDocument
import Testing

/// A training that PyTorch made in double precision (Fixtures/make_row_reference.py).
struct RowParityTests {
  let reference: JSONValue
  let network: RowNetwork
  let options: RowTrainingOptions
  let rows: RowTable

  init() throws {
    let root = ReferenceFile.root("row-reference.json")
    reference = root
    let sizes = root.numbers(["sizes"]).map { Int($0) }
    // A reference that cannot be read has no sizes, which the network refuses.
    let shapes = try RowNetwork(sizes: sizes, seed: 1).tensors
    network = try RowNetwork(
      sizes: sizes,
      tensors: shapes.map { tensor in
        let values = root.numbers(["initial", tensor.name]).map { Float($0) }
        return values.isEmpty
          ? tensor : NamedTensor(name: tensor.name, shape: tensor.shape, values: values)
      })
    options = RowTrainingOptions(
      epochs: try #require(root["epochs"]?.intValue), batch: try #require(root["batch"]?.intValue),
      learningRate: try #require(root["learningRate"]?.doubleValue),
      seed: UInt64(try #require(root["seed"]?.intValue)))
    let features = root.numbers(["features"]).map { Float($0) }
    let weights = root.numbers(["weight"]).map { Float($0) }
    var rows = RowTable(inputs: sizes[0])
    for (row, label) in root.numbers(["label"]).enumerated() {
      rows.append(
        features: Array(features[row * sizes[0]..<(row + 1) * sizes[0]]), label: UInt8(label),
        weight: weights[row])
    }
    self.rows = rows
  }

  /// The network with mean and scale of the reference.
  private func standardised() throws -> RowNetwork {
    var tensors = network.tensors
    for index in 0..<2 {
      tensors[index].values = reference.numbers([tensors[index].name]).map { Float($0) }
    }
    return try RowNetwork(sizes: network.sizes, tensors: tensors)
  }

  @Test("Rows come in the order that the script takes them in")
  func orders() throws {
    let orders = try #require(reference["orders"]?.arrayValue)
    #expect(orders.count == 2)
    for (epoch, order) in orders.enumerated() {
      #expect(
        RowTrainer.order(of: rows.count, seed: options.seed, epoch: epoch + 1).map(Double.init)
          == order.numbers([]))
    }
  }

  @Test("Loss and every gradient of the first step")
  func firstStep() throws {
    let order = RowTrainer.order(of: rows.count, seed: options.seed, epoch: 1)
    for kernels in Kernels.available {
      let pass = try standardised().trainingPass(
        on: rows, order: Array(order[..<options.batch]), kernels: kernels)
      #expect(abs(pass.loss / (reference["loss"]?.doubleValue ?? .nan) - 1) < 1e-6)
      #expect(pass.gradients.map(\.name) == network.tensors.dropFirst(2).map(\.name))
      for tensor in pass.gradients {
        let expected = reference.numbers(["gradient", tensor.name])
        #expect(distance(tensor.values, expected) < 1e-5, "\(kernels.name), \(tensor.name)")
      }
    }
  }

  @Test("Step sizes and decays are those of OneCycleLR")
  func cycle() {
    let rates = reference.numbers(["rates"])
    let decays = reference.numbers(["decays"])
    let cycle = OneCycle(steps: rates.count, learningRate: options.learningRate)
    #expect(rates.count == 10 && decays.count == 10)
    for step in rates.indices {
      let factors = cycle.factors(step: step)
      #expect(abs(factors.learningRate - rates[step]) < 1e-14)
      #expect(abs(factors.firstDecay - decays[step]) < 1e-14)
    }
    // One step has the end's size, and none of a short cycle is infinite or not a number.
    for steps in 1...8 {
      let cycle = OneCycle(steps: steps, learningRate: 1)
      #expect(
        (0..<steps).allSatisfy { (3.99e-6...1).contains(cycle.factors(step: $0).learningRate) })
      #expect(abs(cycle.factors(step: steps - 1).learningRate - 4e-6) < 1e-12)
    }
  }

  @Test("Losses, weights and logits over two epochs of Adam in one cycle")
  func twoEpochs() throws {
    for kernels in Kernels.available {
      var trainer = try RowTrainer(network: network, options: options)
      let losses = reference.numbers(["losses"])
      for epoch in 0..<2 {
        let record = try trainer.runEpoch(rows: rows, validation: rows, kernels: kernels)
        #expect(abs(record.loss / losses[epoch] - 1) < 1e-5)
      }
      #expect(trainer.isDone)
      for name in ["mean", "scale"] {
        let tensor = try #require(trainer.network.tensors.first { $0.name == name })
        #expect(distance(tensor.values, reference.numbers([name])) < 1e-6)
      }
      for tensor in trainer.network.tensors.dropFirst(2) {
        let expected = reference.numbers(["final", tensor.name])
        #expect(distance(tensor.values, expected) < 2e-4, "\(tensor.name)")
      }
      let evaluation = reference.numbers(["evaluation"])
      let logits = (0..<rows.count).map {
        Float(RowPieces.logit(trainer.network, rows.features(ofRow: $0)))
      }
      #expect(distance(logits, evaluation) < 2e-4)
      let loss = try #require(reference["evaluationLoss"]?.doubleValue)
      #expect(abs(try #require(trainer.curve[1].validationLoss) / loss - 1) < 1e-5)
    }
  }
}
