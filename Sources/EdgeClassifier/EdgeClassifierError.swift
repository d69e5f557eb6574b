/// Why a network cannot be made, read, trained or evaluated.
public enum EdgeClassifierError: Error, Equatable, CustomStringConvertible {
  /// A size or option is outside what it may be.
  case invalidOption(name: String, value: String, expected: String)
  case missingTensor(name: String, shape: [Int])
  case unknownTensor(name: String, known: [String])
  case repeatedTensor(name: String)
  case wrongShape(name: String, shape: [Int], expected: [Int])
  case notFinite(name: String, index: Int)
  /// A safetensors file breaks the format's rules or holds what is not supported.
  case invalidSafetensors(file: String, problem: String)
  /// Batch statistics of an event need two edges at least.
  case tooFewEdges(epoch: Int, event: Int, edges: Int)
  case noTrainingEvents
  /// The weight of true edges cannot come from data that has only one class.
  case oneClassOnly(edges: Int, trueEdges: Int)
  /// The loss or a gradient became infinite or not a number.
  case diverged(epoch: Int, event: Int, quantity: String)
  case noTrainingRows
  /// A classifier cannot learn from rows that are all true or all false.
  case oneClassOfRows(rows: Int, trueRows: Int)
  /// The rows have not as many features as the network has inputs.
  case wrongInputs(rows: Int, network: Int)
  /// A feature of the training rows is infinite or not a number.
  case inputNotFinite(column: Int)
  /// The loss over some rows became infinite or not a number.
  case rowsDiverged(epoch: Int, step: Int)
  /// A graph for a message-passing network contradicts itself.
  case invalidGraph(problem: String)
  /// The loss is to weigh edges by what the graphs do not say.
  case missingTruth(quantity: String)
  /// A training does not fit into the memory that it was given.
  case tooLittleMemory(given: Int, needed: Int)
  /// A saved training state does not belong to this training.
  case invalidState(problem: String)

  public var description: String {
    switch self {
    case .invalidOption(let name, let value, let expected):
      return "\(name) is \(value); expected \(expected)"
    case .missingTensor(let name, let shape):
      return "the tensor '\(name)' of shape \(shape) is missing; write all weights of the network"
    case .unknownTensor(let name, let known):
      return "the tensor '\(name)' is not the network's; it has \(known.joined(separator: ", "))"
    case .repeatedTensor(let name):
      return "the tensor '\(name)' is given twice"
    case .wrongShape(let name, let shape, let expected):
      return """
        the tensor '\(name)' has shape \(shape), expected \(expected); \
        the hidden width must be that of the network that was saved
        """
    case .notFinite(let name, let index):
      return "value \(index) of the tensor '\(name)' is not a finite number; use earlier weights"
    case .invalidSafetensors(let file, let problem):
      return "\(file) is not a usable safetensors file: \(problem)"
    case .tooFewEdges(let epoch, let event, let edges):
      return """
        epoch \(epoch), training event \(event): its graph has \(edges) edges, batch statistics \
        need 2 at least; widen the graph's windows or leave the event out
        """
    case .noTrainingEvents:
      return "there is no event to train on; give the training split at least one"
    case .oneClassOnly(let edges, let trueEdges):
      return """
        \(trueEdges) of the training events' \(edges) edges are true: the weight of true edges \
        cannot be taken from the data; set positiveWeight, or check the truth files
        """
    case .diverged(let epoch, let event, let quantity):
      return """
        epoch \(epoch), training event \(event): the \(quantity) is not a finite number; \
        lower the learning rate, or check the event's features
        """
    case .noTrainingRows:
      return "there is no row to train on; sample rows from at least one event"
    case .oneClassOfRows(let rows, let trueRows):
      return """
        \(trueRows) of the \(rows) training rows are true; a classifier needs true and false ones: \
        check the truth files, or sample more events
        """
    case .wrongInputs(let rows, let network):
      return "the rows have \(rows) features, but the network takes \(network)"
    case .inputNotFinite(let column):
      return "feature \(column) of the training rows is not a finite number in some row"
    case .rowsDiverged(let epoch, let step):
      return """
        epoch \(epoch), step \(step): the loss is not a finite number; lower the learning rate, or \
        check the rows' weights
        """
    case .invalidGraph(let problem):
      return "not a graph that a network can take: \(problem)"
    case .missingTruth(let quantity):
      return """
        the loss is to weigh edges by their hits, but the graphs hold no \(quantity); take another \
        weighting, or graphs that were built from hits and truth
        """
    case .tooLittleMemory(let given, let needed):
      return """
        the training may use \(given / 1_000_000) MB of memory, but needs \
        \(needed / 1_000_000 + 1) MB for one event at a time; raise "memory", or take smaller graphs \
        or a smaller network
        """
    case .invalidState(let problem):
      return "the saved training state cannot be used: \(problem)"
    }
  }
}
