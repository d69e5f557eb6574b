import TrackScoring

/// Trains a row network on a table of rows by their weighted binary cross entropy.
///
/// ```swift
/// var trainer = try RowTrainer(network: network, options: RowTrainingOptions(epochs: 8, threads: 2))
/// while !trainer.isDone { try trainer.runEpoch(rows: rows, validation: others) }
/// ```
/// The order of rows in an epoch follows from the seed and the epoch's number alone, so a training
/// that goes on from a saved `state` gives the same bits as one that never stopped, on any number of
/// threads.
public struct RowTrainer: Sendable {
  public internal(set) var network: RowNetwork
  public let options: RowTrainingOptions
  /// What the epochs so far gave.
  public internal(set) var curve: [RowEpoch] = []
  var optimiser: Optimiser

  /// - Throws: `EdgeClassifierError.invalidOption`.
  public init(
    network: RowNetwork, options: RowTrainingOptions
  ) throws(EdgeClassifierError) {
    try options.validate()
    self.network = network
    self.options = options
    optimiser = Optimiser(network.tensors) { $0 >= RowNetwork.weightIndex(0) }
  }

  /// Epochs done so far.
  public var epoch: Int { curve.count }

  public var isDone: Bool { epoch >= options.epochs }

  /// One epoch over all rows.
  ///
  /// Before its first step a network whose inputs are not standardised takes their mean and scale
  /// from the rows, weights aside. The trainer is as it was before if this throws.
  /// - Parameter validation: judged after the epoch.
  /// - Throws: `EdgeClassifierError` for no rows, rows of one class, of another width or with a
  ///   feature that is not finite, and for a loss that is not.
  @discardableResult
  public mutating func runEpoch(
    rows: RowTable, validation: RowTable? = nil, kernels: Kernels = .current
  ) throws(EdgeClassifierError) -> RowEpoch {
    try check(rows, validation)
    var next = self
    if optimiser.step == 0 { try next.network.standardise(by: rows, threads: options.threads) }
    let record = try next.advance(rows, validation, kernels)
    self = next
    return record
  }

  private func check(_ rows: RowTable, _ validation: RowTable?) throws(EdgeClassifierError) {
    guard !rows.isEmpty else { throw .noTrainingRows }
    for table in [rows, validation ?? rows] where table.inputs != network.inputs {
      throw .wrongInputs(rows: table.inputs, network: network.inputs)
    }
    guard rows.trueCount > 0, rows.trueCount < rows.count else {
      throw .oneClassOfRows(rows: rows.count, trueRows: rows.trueCount)
    }
  }

  private mutating func advance(
    _ rows: RowTable, _ validation: RowTable?, _ kernels: Kernels
  ) throws(EdgeClassifierError) -> RowEpoch {
    let number = epoch + 1
    let batch = min(options.batch, rows.count)
    let steps = (rows.count + batch - 1) / batch
    let cycle = OneCycle(
      steps: options.epochs * steps, learningRate: options.learningRate)
    let order = Self.order(of: rows.count, seed: options.seed, epoch: number)
    let loss = RowLoss(network, batch: batch, threads: options.threads, kernels: kernels)
    var record = RowEpoch(epoch: number, loss: 0, learningRate: 0)
    for step in 0..<steps {
      let part = step * batch..<min((step + 1) * batch, rows.count)
      let result = order.withUnsafeBufferPointer { order in
        rows.withKernelTable { loss.gradient($0, UnsafeBufferPointer(rebasing: order[part])) }
      }
      guard result.loss.isFinite else { throw .rowsDiverged(epoch: number, step: step + 1) }
      record.loss += result.loss
      let factors = cycle.factors(step: (number - 1) * steps + step)
      record.learningRate = factors.learningRate
      optimiser.update(
        &network.tensors, with: result.gradient, kind: .adam,
        learningRate: factors.learningRate, firstDecay: factors.firstDecay)
      loss.take(network)
    }
    record.loss /= Double(rows.count)
    if let validation, !validation.isEmpty { Self.validate(validation, loss, record: &record) }
    curve.append(record)
    return record
  }

  private static func validate(_ rows: RowTable, _ loss: RowLoss, record: inout RowEpoch) {
    let result = loss.evaluate(rows)
    record.validationLoss = result.loss / Double(rows.count)
    var scores: [Float] = []
    var labels: [UInt8] = []
    for row in 0..<rows.count where rows.weight(ofRow: row) != 0 {
      scores.append(result.logits.base[row])
      labels.append(rows.label(ofRow: row))
    }
    record.validationAUC = EdgeMetrics.areaUnderROC(scores: scores, labels: labels)
  }

  /// The order in which an epoch takes the rows.
  package static func order(of count: Int, seed: UInt64, epoch: Int) -> [UInt32] {
    var mixer = SplitMix(state: seed)
    var generator = SeededGenerator(seed: mixer.next() ^ UInt64(epoch))
    return generator.smallPermutation(of: count)
  }
}

extension SeededGenerator {
  /// `permutation(of:)` in half the memory.
  mutating func smallPermutation(of count: Int) -> [UInt32] {
    var order = [UInt32](unsafeUninitializedCapacity: count) { buffer, filled in
      for index in 0..<count { buffer[index] = UInt32(index) }
      filled = count
    }
    order.withUnsafeMutableBufferPointer { order in
      for last in stride(from: count - 1, to: 0, by: -1) {
        order.swapAt(last, Int(integer(below: UInt64(last + 1))))
      }
    }
    return order
  }
}
