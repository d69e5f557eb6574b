import EdgeClassifier
import Foundation
import Testing

/// Training of row networks.
struct RowTrainerTests {
  static let rows = RowPieces.table(rows: 3000)
  static let validation = RowPieces.table(rows: 700, seed: 6)

  static func trainer(
    epochs: Int = 3, batch: Int = 800, threads: Int = 1, sizes: [Int] = [4, 20, 9, 1]
  ) throws -> RowTrainer {
    try RowTrainer(
      network: try RowNetwork(sizes: sizes, seed: 2),
      options: RowTrainingOptions(
        epochs: epochs, batch: batch, learningRate: 0.02, seed: 9, threads: threads))
  }

  @Test(
    "Gradients are the slopes of the loss",
    arguments: [[4, 16, 1], [4, 20, 9, 1], [4, 5, 33, 6, 1], [22, 17, 1], [75, 24, 12, 1]])
  func slopes(sizes: [Int]) throws {
    let network = try RowPieces.network(sizes, seed: 4)
    // More rows than a chunk holds.
    let rows = RowPieces.table(rows: 40_000, inputs: sizes[0])
    let order: [UInt32] = (0..<300).map { 131 * $0 }
    func loss(_ tensors: [[Double]]) -> Double {
      order.reduce(0) { sum, row in
        let logit = RowPieces.logit(tensors, rows.features(ofRow: Int(row)))
        let wrong = rows.label(ofRow: Int(row)) == 0 ? logit : -logit
        return sum + Double(rows.weight(ofRow: Int(row))) * log1p(exp(wrong))
      } / Double(order.count)
    }
    let tensors = network.tensors.map(\.values.doubles)
    for kernels in Kernels.available {
      let pass = network.trainingPass(on: rows, order: order, threads: 2, kernels: kernels)
      #expect(abs(pass.loss - loss(tensors)) < 1e-6)
      for (index, gradient) in pass.gradients.enumerated() {
        let places = stride(from: 0, to: gradient.values.count, by: 5)
        let slopes = places.map { place in
          func moved(_ by: Double) -> Double {
            var changed = tensors
            changed[2 + index][place] += by
            return loss(changed)
          }
          // So small that no rectifier opens on the way.
          return (moved(1e-7) - moved(-1e-7)) / 2e-7
        }
        #expect(
          distance(places.map { gradient.values[$0] }, slopes) < 1e-4,
          "\(kernels.name), \(gradient.name)")
      }
    }
  }

  @Test("One, two and three threads give the same bits", arguments: [1, 255, 800, 5000])
  func threads(batch: Int) throws {
    var states: [RowTrainingState] = []
    for threads in 1...3 {
      var trainer = try Self.trainer(epochs: batch == 1 ? 1 : 2, batch: batch, threads: threads)
      while !trainer.isDone {
        try trainer.runEpoch(rows: Self.rows, validation: Self.validation)
      }
      states.append(trainer.state)
    }
    #expect(states[0] == states[1] && states[0] == states[2])
  }

  @Test("Stopped after any epoch and gone on with other threads, a training gives the same bits")
  func resuming() throws {
    var whole = try Self.trainer()
    var states = [whole.state]
    while !whole.isDone {
      try whole.runEpoch(rows: Self.rows, validation: Self.validation)
      states.append(whole.state)
    }
    for (epoch, state) in states.enumerated() {
      let stored = RowTrainingState(
        arrays: try Safetensors.read(bytes: Safetensors.write(state.arrays)), step: state.step,
        curve: state.curve)
      var options = whole.options
      options.threads = 1 + epoch
      var trainer = try RowTrainer(state: stored, sizes: [4, 20, 9, 1], options: options)
      #expect(trainer.epoch == epoch)
      while !trainer.isDone {
        try trainer.runEpoch(rows: Self.rows, validation: Self.validation)
      }
      #expect(trainer.state == whole.state)
    }
  }

  @Test("Rows that a line cannot part are learned")
  func learning() throws {
    var trainer = try Self.trainer(epochs: 60, batch: 200, threads: 2)
    while !trainer.isDone {
      try trainer.runEpoch(rows: Self.rows, validation: Self.validation)
    }
    let first = try #require(trainer.curve.first)
    let last = try #require(trainer.curve.last)
    #expect(try #require(last.validationAUC) > 0.99)
    #expect(last.loss < first.loss / 3)
    #expect(try #require(last.validationLoss) < first.loss / 3)
  }

  @Test("A feature that never changes is left as it is, and mean and scale are those of all rows")
  func standardisation() throws {
    var rows = RowTable(inputs: 2)
    for row in 0..<8 {
      rows.append(features: [3, Float(row)], label: UInt8(row % 2), weight: Float(row))
    }
    var trainer = try RowTrainer(
      network: try RowNetwork(sizes: [2, 3, 1], seed: 1), options: RowTrainingOptions(epochs: 1))
    try trainer.runEpoch(rows: rows)
    #expect(trainer.network.mean == [3, 3.5])
    #expect(trainer.network.scale == [1, Float(1 / 5.25.squareRoot())])
    // A network that has them keeps them.
    let given = try RowPieces.network([2, 3, 1])
    var other = try RowTrainer(network: given, options: RowTrainingOptions(epochs: 1))
    try other.runEpoch(rows: rows)
    #expect(other.network.mean == given.mean && other.network.scale == given.scale)
  }

  @Test("What cannot be trained on is refused, and the trainer stays as it was")
  func refusals() throws {
    var trainer = try Self.trainer()
    func refuses(_ rows: RowTable, _ error: EdgeClassifierError) {
      #expect(throws: error) { try trainer.runEpoch(rows: rows) }
      #expect(
        trainer.epoch == 0 && trainer.state.step == 0 && trainer.network.mean == [0, 0, 0, 0])
      #expect(error.description.contains("row"))
    }
    refuses(RowTable(inputs: 4), .noTrainingRows)
    refuses(RowPieces.table(rows: 50, inputs: 3), .wrongInputs(rows: 3, network: 4))
    var oneClass = RowTable(inputs: 4)
    for _ in 0..<5 { oneClass.append(features: [1, 2, 3, 4], label: 1) }
    refuses(oneClass, .oneClassOfRows(rows: 5, trueRows: 5))
    var odd = RowPieces.table(rows: 50)
    odd.append(features: [1, 2, .infinity, 3], label: 0)
    refuses(odd, .inputNotFinite(column: 2))
    var heavy = RowPieces.table(rows: 50)
    heavy.append(features: [1, 2, 3, 4], label: 0, weight: .infinity)
    refuses(heavy, .rowsDiverged(epoch: 1, step: 1))
    #expect(throws: EdgeClassifierError.wrongInputs(rows: 3, network: 4)) {
      try trainer.runEpoch(rows: Self.rows, validation: RowPieces.table(rows: 9, inputs: 3))
    }
  }

  @Test(
    "Options outside their range are refused by name",
    arguments: [
      ("epochs", RowTrainingOptions(epochs: 0)), ("batch", RowTrainingOptions(batch: 0)),
      ("learningRate", RowTrainingOptions(learningRate: .nan)),
      ("threads", RowTrainingOptions(threads: 0)),
    ])
  func options(name: String, options: RowTrainingOptions) throws {
    let error = #expect(throws: EdgeClassifierError.self) {
      try RowTrainer(network: try RowNetwork(sizes: [4, 3, 1], seed: 1), options: options)
    }
    guard case .invalidOption(name, _, _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test("A state whose parts do not belong together is refused")
  func damagedStates() throws {
    var trainer = try Self.trainer()
    for _ in 0..<2 { try trainer.runEpoch(rows: Self.rows) }
    func refuses(_ sizes: [Int] = [4, 20, 9, 1], _ change: (inout RowTrainingState) -> Void) {
      var damaged = trainer.state
      change(&damaged)
      #expect(throws: EdgeClassifierError.self) {
        try RowTrainer(state: damaged, sizes: sizes, options: trainer.options)
      }
    }
    refuses([4, 20, 8, 1]) { _ in }
    refuses { $0.step = 0 }
    refuses { $0.curve.removeFirst() }
    for index in trainer.state.arrays.indices {
      refuses { $0.arrays.remove(at: index) }
      refuses { $0.arrays[index].shape = [1] + $0.arrays[index].shape }
    }
  }
}
