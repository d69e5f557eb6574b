/// All that a training needs to go on as if it had never stopped, as plain arrays and numbers.
///
/// The state of the random generator is in it through the number of epochs: every epoch's order and
/// augmentation follow from that and the seed.
public struct TrainingState: Sendable, Equatable {
  /// The network's tensors under their names, the optimiser's moments as `adam.first.<name>` and
  /// `adam.second.<name>`, and the best epoch's tensors as `best.<name>`.
  public var arrays: [NamedTensor]
  /// `step`: the optimiser's; `events`, `edges` and `trueEdges` of the training.
  public var integers: [String: Int]
  /// `trueWeight`: sum of the true edges' weights in the loss.
  public var numbers: [String: Double]
  public var curve: [EpochRecord]

  public init(
    arrays: [NamedTensor], integers: [String: Int], numbers: [String: Double],
    curve: [EpochRecord]
  ) {
    self.arrays = arrays
    self.integers = integers
    self.numbers = numbers
    self.curve = curve
  }
}

extension EdgeTrainer {
  private static let first = "adam.first."
  private static let second = "adam.second."
  private static let best = "best."

  /// The state after the last whole epoch.
  public var state: TrainingState {
    let tensors = model.tensors
    var arrays = tensors
    for (prefix, moments) in [(Self.first, optimiser.first), (Self.second, optimiser.second)] {
      for (tensor, values) in zip(tensors, moments) where !values.isEmpty {
        arrays.append(
          NamedTensor(name: prefix + tensor.name, shape: tensor.shape, values: values))
      }
    }
    arrays += best.map {
      NamedTensor(name: Self.best + $0.name, shape: $0.shape, values: $0.values)
    }
    return TrainingState(
      arrays: arrays,
      integers: [
        "step": optimiser.step, "events": census.events, "edges": census.edges,
        "trueEdges": census.trueEdges,
      ], numbers: ["trueWeight": census.trueWeight], curve: curve)
  }

  /// A trainer that goes on from a saved state.
  ///
  /// - Parameter model: of the architecture that was saved, with any weights.
  /// - Throws: `EdgeClassifierError` where the state lacks something or holds what it should not.
  public init(
    state: TrainingState, model: EdgeModel, options: TrainingOptions
  ) throws(EdgeClassifierError) {
    func integer(_ name: String) throws(EdgeClassifierError) -> Int {
      guard let value = state.integers[name], value >= 0 else {
        throw .invalidState(problem: "the whole number '\(name)' is missing or below 0")
      }
      return value
    }
    func tensors(_ prefix: String) -> [NamedTensor] {
      state.arrays.filter { $0.name.hasPrefix(prefix) }.map {
        NamedTensor(
          name: String($0.name.dropFirst(prefix.count)), shape: $0.shape, values: $0.values)
      }
    }
    let prefixes = [Self.first, Self.second, Self.best]
    let plain = state.arrays.filter { tensor in
      !prefixes.contains { tensor.name.hasPrefix($0) }
    }
    try self.init(model: try model.with(tensors: plain), options: options)
    for (tensor, values) in self.model.tensors.enumerated() where self.model.isTrained(tensor) {
      func moments(_ prefix: String) throws(EdgeClassifierError) -> [Float] {
        guard let moments = state.arrays.first(where: { $0.name == prefix + values.name }) else {
          throw .missingTensor(name: prefix + values.name, shape: values.shape)
        }
        guard moments.shape == values.shape else {
          throw .wrongShape(
            name: moments.name, shape: moments.shape, expected: values.shape)
        }
        return moments.values
      }
      optimiser.first[tensor] = try moments(Self.first)
      optimiser.second[tensor] = try moments(Self.second)
    }
    optimiser.step = try integer("step")
    census.events = try integer("events")
    census.edges = try integer("edges")
    census.trueEdges = try integer("trueEdges")
    guard let weight = state.numbers["trueWeight"] else {
      throw .invalidState(problem: "the number 'trueWeight' is missing")
    }
    census.trueWeight = weight
    guard zip(1..., state.curve).allSatisfy({ $0 == $1.epoch }) else {
      throw .invalidState(problem: "the epochs of its curve are not 1, 2, 3, …")
    }
    curve = state.curve
    let best = tensors(Self.best)
    guard best.isEmpty == (bestEpoch == nil) else {
      throw .invalidState(problem: "the weights of its best epoch are missing, or are of none")
    }
    if !best.isEmpty { self.best = try model.with(tensors: best).tensors }
  }
}
