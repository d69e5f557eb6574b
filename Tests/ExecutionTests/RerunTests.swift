import ArtifactStore
import Execution
import Foundation
import JSONDocument
import TestSupport
import Testing
import Workflow

/// Makes the length of a file, times a factor.
private struct Measure: StageKind {
  let name = "measure"
  var version = 1
  let summary = "A kind for tests."
  let scope = StageScope.event
  let inputs: [StageInput] = []
  let eventFiles = [EventFileNeed("hits")]
  let parameters = [
    ParameterSpec("factor", .integer(0...100), default: 1, "What the length is multiplied by."),
    ParameterSpec("patience", .integer(0...100), default: 7, affectsResult: false, "Nothing."),
  ]
  /// Added to the result, as a fault would.
  var fault = 0

  func run(_ task: StageTask) throws -> StageResult {
    let size = try FileSystem.read(task.files["hits"] ?? "").count
    let value = size * (task.parameters["factor"]?.intValue ?? 0) + fault
    return StageResult(
      summary: ["patience": task.parameters["patience"] ?? .null],
      arrays: [ArtifactArray(name: "length", values: .int64([Int64(value)]))])
  }
}

/// Adds lengths up, those of the events with the larger numbers first in its bits.
private struct Total: StageKind {
  let name = "total"
  let version = 1
  let summary = "A kind for tests."
  let scope = StageScope.study
  let inputs = [StageInput("measure")]
  let parameters: [ParameterSpec] = []

  func run(_ task: StageTask) throws -> StageResult {
    var sum = 0.0
    for input in task.inputs {
      sum = sum / 10 + Double(try task.store.load(input.key).int64("length")[0])
    }
    return StageResult(
      summary: ["threads": .bool(task.threads > 0)],
      arrays: [ArtifactArray(name: "sum", values: .float64([sum]))])
  }
}

@Suite struct RerunTests {
  let folder: TemporaryFolder
  let cache: ObjectStore
  let catalog: Catalog
  private static let events = 8..<12

  init() throws {
    folder = try TemporaryFolder()
    cache = ObjectStore(root: folder.appending("cache"))
    catalog = try Catalog.open(store: cache, notice: { _ in })
    try FileManager.default.createDirectory(
      atPath: folder.appending("data"), withIntermediateDirectories: true)
    for event in Self.events {
      _ = try folder.write(String(repeating: "x", count: event), to: "data/\(event)-hits.csv")
    }
  }

  private func digest(_ path: String) throws -> String {
    // Equal content has equal digests, which is all that counts here.
    "\(try FileSystem.read(path).count)"
  }

  private func measure(_ event: Int) -> JSONValue {
    [
      "event": .integer(event), "files": ["hits": .string("\(event)")], "format": 1, "inputs": [],
      "kind": "measure", "parameters": ["factor": 3], "version": 1,
    ]
  }

  private var total: JSONValue {
    let inputs = Self.events.map {
      TaskInput(
        kind: "measure", event: $0, split: "train", key: ArtifactKey(of: measure($0)))
    }
    return [
      // The order of a key's text is another than that of the events.
      "inputs": .array(inputs.map(\.json).sorted { $0.canonicalText < $1.canonicalText }),
      "kind": "total", "parameters": [:], "version": 1,
    ]
  }

  /// Publishes what a planner's run would leave; gives the path of the total.
  private func publish() throws -> String {
    var sum = 0.0
    for event in Self.events {
      try cache.publish(
        Artifact(
          kind: "measure", keyText: measure(event), summary: ["patience": 7],
          arrays: [ArtifactArray(name: "length", values: .int64([Int64(3 * event)]))]))
      sum = sum / 10 + Double(3 * event)
    }
    let artifact = Artifact(
      kind: "total", keyText: total, summary: ["threads": true],
      arrays: [ArtifactArray(name: "sum", values: .float64([sum]))])
    try cache.publish(artifact)
    try catalog.record(
      cache.keys().map { key in
        let description = try cache.description(of: key)
        return ArtifactRecord(
          key: key, kind: description.kind, keyText: description.keyText.canonicalText)
      })
    return cache.path(of: artifact.key)
  }

  private func rerun(
    _ kinds: [any StageKind] = [Measure(), Total()], folders: [String] = []
  ) -> Rerun {
    Rerun(
      kinds: kinds, cache: cache, catalog: catalog,
      scratch: ObjectStore(root: folder.appending("scratch-\(UUID().uuidString)")),
      folders: folders, digest: digest, threads: 2, notice: { _ in })
  }

  private func removeMeasures() throws {
    for event in Self.events {
      try FileManager.default.removeItem(atPath: cache.path(of: ArtifactKey(of: measure(event))))
    }
  }

  @Test func wholeInputsAreTakenFromTheCache() throws {
    let outcome = try rerun().remake(publish())
    #expect(outcome.isSameFile && outcome.differences.isEmpty)
    #expect((outcome.inputsTaken, outcome.inputsMade) == (4, 0))
  }

  @Test func inputsThatAreGoneAreMadeOfFilesWithTheirContentAndTheCacheStaysAsItWas() throws {
    let path = try publish()
    try removeMeasures()
    let before = cache.keys()
    let outcome = try rerun(folders: [folder.appending("data")]).remake(path)
    #expect(outcome.isSameFile, "\(outcome.differences)")
    #expect((outcome.inputsTaken, outcome.inputsMade) == (0, 4))
    #expect(cache.keys() == before)
  }

  @Test func aDamagedInputIsMadeAgain() throws {
    let path = try publish()
    let input = cache.path(of: ArtifactKey(of: measure(9)))
    let bytes = try Data(contentsOf: URL(filePath: input))
    try (bytes.dropLast() + [bytes.last! ^ 1]).write(to: URL(filePath: input))
    let outcome = try rerun(folders: [folder.appending("data")]).remake(path)
    #expect(outcome.isSameFile)
    #expect((outcome.inputsTaken, outcome.inputsMade) == (3, 1))
  }

  @Test func otherBitsAreTold() throws {
    let path = try publish()
    try removeMeasures()
    let kinds: [any StageKind] = [Measure(fault: 1), Total()]
    let outcome = try rerun(kinds, folders: [folder.appending("data")]).remake(path)
    #expect(!outcome.isSameFile)
    #expect(outcome.differences.count == 1)
    #expect(outcome.differences.first?.hasPrefix("array sum: 1 of 1 values differ") == true)
  }

  private func failure(_ rerun: Rerun, _ path: String) -> RerunError? {
    #expect(throws: RerunError.self) { _ = try rerun.remake(path) }
  }

  @Test func whatIsMissingIsNamed() throws {
    let path = try publish()
    try removeMeasures()
    guard case .missingFile(let name, let event, _, let places) = failure(rerun(), path) else {
      Issue.record("another error")
      return
    }
    #expect(name == "hits" && Self.events.contains(event ?? 0) && places.isEmpty)
    #expect(failure(rerun(), path)?.isMissingInput == true)
    let empty = Rerun(
      kinds: [Measure(), Total()], cache: ObjectStore(root: folder.appending("other")),
      catalog: nil, scratch: ObjectStore(root: folder.appending("scratch")), folders: [],
      digest: digest, threads: 1, notice: { _ in })
    guard case .unknownInput(_, "measure", _) = failure(empty, path) else {
      Issue.record("another error")
      return
    }
  }

  @Test func aKindThatThisProgramHasNotIsNamedBeforeAnythingIsMade() throws {
    let path = try publish()
    try removeMeasures()
    #expect(failure(rerun([Total()]), path)?.description.contains("\"measure\"") == true)
    let newer = failure(rerun([Measure(version: 2), Total()]), path)
    #expect(newer?.description.contains("version 2 of measure") == true)
    #expect(newer?.isMissingInput == false)
  }

  @Test func aFileThatIsNoWholeArtifactIsRefused() throws {
    let path = try publish()
    let bytes = try Data(contentsOf: URL(filePath: path))
    let cut = folder.appending("cut.tfz")
    try bytes.dropLast(3).write(to: URL(filePath: cut))
    #expect(throws: ArtifactError.self) { _ = try rerun().remake(cut) }
  }
}

@Suite struct ArtifactDifferenceTests {
  private func artifact(_ summary: JSONValue, _ values: [Float]) -> Artifact {
    Artifact(
      kind: "k", keyText: ["n": 1], summary: summary,
      arrays: [ArtifactArray(name: "a", values: .float32(values))])
  }

  private func words(
    _ old: (JSONValue, [Float]), _ new: (JSONValue, [Float])
  ) -> [String] {
    ArtifactDifference(from: artifact(old.0, old.1), to: artifact(new.0, new.1)).words
  }

  @Test func membersAndValuesThatDifferAreNamed() {
    #expect(words((["x": 1], [1, 2]), (["x": 1], [1, 2])).isEmpty)
    #expect(
      words((["x": 1, "y": ["z": "a"]], [1, 2]), (["x": 2, "y": ["z": "b"]], [1, 2.5])) == [
        "summary.x 1 -> 2", "summary.y.z \"a\" -> \"b\"",
        "array a: 1 of 2 values differ, by up to 0.5",
      ])
    #expect(words((["x": [1, 2]], []), (["x": [1, 3]], [])) == ["summary.x[1] 2 -> 3"])
  }

  @Test func bitsCountNotNumbers() {
    #expect(words(([:], [0]), ([:], [-0.0])) == ["array a: 1 of 1 values differ, by up to 0.0"])
    #expect(words(([:], [.nan]), ([:], [.nan])).isEmpty)
    #expect(words(([:], [1]), ([:], [1, 2])) == ["array a: shape [1] -> [2]"])
  }
}
