import ArtifactStore
import JSONDocument
import Stages
import TestSupport
import Testing
import Workflow

/// Runs one task of a stage kind, without a workflow, on a store of its own.
struct SmallTask {
  let folder: TemporaryFolder
  let store: ObjectStore

  init() throws {
    folder = try TemporaryFolder()
    store = ObjectStore(root: folder.appending("cache"))
  }

  /// What a kind makes, with its default parameters but for those given.
  func result(
    of name: String, event: Int? = 7, files: [String: String] = [:], inputs: [TaskInput] = [],
    parameters given: [String: JSONValue] = [:]
  ) throws -> StageResult {
    let kind = try #require(StageKinds.all.first { $0.name == name })
    let keyText: JSONValue = ["kind": .string(name)]
    let parameters = kind.parameters.map {
      JSONMember(name: $0.name, value: given[$0.name] ?? $0.defaultValue)
    }
    let task = StageTask(
      stage: name, key: ArtifactKey(of: keyText), keyText: keyText,
      parameters: .object(parameters), event: event, files: files, inputs: inputs, threads: 1,
      store: store, report: { _ in }, publish: { _ in })
    return try kind.run(task)
  }
}

extension StageResult {
  func values(_ name: String) -> ArtifactArray.Values? {
    arrays.first { $0.name == name }?.values
  }
}
