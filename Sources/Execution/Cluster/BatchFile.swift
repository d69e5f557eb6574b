import ArtifactStore
import JSONDocument
import Workflow

/// What one job of a cluster is to do: orders of one stage, as a file that the driver writes and the node reads.
struct BatchFile: Sendable {
  private static let format = 1

  var stage: String
  var scope: StageScope
  var limits: StageLimits
  /// Worker processes that share the orders.
  var workers: Int
  /// How often a task is tried again whose worker ended without an answer.
  var retries: Int
  /// How long an input is waited for that a shared file system shows late, in seconds.
  var inputWait: Double
  var orders: [TaskOrder]

  var json: JSONValue {
    [
      "format": .integer(Self.format), "stage": .string(stage), "scope": .string(scope.rawValue),
      "limits": limits.json, "workers": .integer(workers), "retries": .integer(retries),
      "inputWait": .number(inputWait), "orders": .array(orders.map(\.json)),
    ]
  }
}

extension BatchFile {
  /// - Throws: `BatchError` for what is no batch of this version.
  init(path: String) throws {
    let data = try FileSystem.read(path)
    guard let json = try? JSONDocument(parsing: Array(data), file: path).root,
      json["format"]?.intValue == Self.format, let stage = json["stage"]?.stringValue,
      let scope = json["scope"]?.stringValue.flatMap(StageScope.init(rawValue:)),
      let limits = json["limits"].flatMap(StageLimits.init(json:)),
      let workers = json["workers"]?.intValue, let retries = json["retries"]?.intValue,
      let inputWait = json["inputWait"]?.doubleValue,
      let orders = json["orders"]?.arrayValue?.map(TaskOrder.init(json:)),
      !orders.contains(where: { $0 == nil })
    else { throw BatchError.unreadable(path: path) }
    self.init(
      stage: stage, scope: scope, limits: limits, workers: workers, retries: retries,
      inputWait: inputWait, orders: orders.compactMap { $0 })
  }
}

/// Why a batch could not be carried out on its node.
public enum BatchError: Error, CustomStringConvertible {
  case unreadable(path: String)
  case instructionSet(wanted: String, node: String, known: [String])
  case unwritable(path: String)

  public var description: String {
    switch self {
    case .unreadable(let path):
      "\(path) is no batch of this version of trackflow: the driver and the node must have the same"
    case .instructionSet(let wanted, let node, let known):
      "the workflow pins the instruction set \(wanted), which \(node) can't run; it can run"
        + " \(known.joined(separator: ", ")). Pin one that all nodes have, or keep to nodes that"
        + " have it (\"extra\": [\"--constraint=…\"])"
    case .unwritable(let path): "the results could not be written to \(path)"
    }
  }
}
