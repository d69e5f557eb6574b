import ArtifactStore
import Foundation
import JSONDocument
import TestSupport

/// A cache with artifacts, runs that use them, and times to choose.
struct SmallCache {
  let folder: TemporaryFolder
  let store: ObjectStore
  let catalog: Catalog
  let registry: RunRegistry
  static let now = 1_800_000_000.0
  static let day = 86_400.0

  init() throws {
    folder = try TemporaryFolder()
    store = ObjectStore(root: folder.appending("cache"))
    catalog = try Catalog.open(store: store, notice: { _ in })
    registry = RunRegistry(store: store)
  }

  /// Publishes artifacts and tells the catalog, as a run does.
  @discardableResult
  func make(_ numbers: Range<Int>, daysAgo: Double = 0, seconds: Double? = 2) throws
    -> [ArtifactKey]
  {
    try numbers.map { number in
      let artifact = sampleArtifact(number)
      let path = store.path(of: artifact.key)
      try store.publish(artifact)
      try setTime(of: path, daysAgo: daysAgo)
      try catalog.record([
        ArtifactRecord(
          key: artifact.key, kind: artifact.kind, keyText: artifact.keyText.canonicalText,
          stamp: FileSystem.stamp(of: path), seconds: seconds)
      ])
      return artifact.key
    }
  }

  func setTime(of path: String, daysAgo: Double) throws {
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: Self.now - daysAgo * Self.day)],
      ofItemAtPath: path)
  }

  /// Enters a run that is over.
  @discardableResult
  func enter(
    _ id: String, workflow: String = "small", uses keys: [ArtifactKey], daysAgo: Double,
    status: RunRecord.Status = .done, folder runFolder: String = "/", hasPlan: Bool = true,
    published: [ArtifactKey] = []
  ) throws -> RunRecord {
    let started = Self.now - daysAgo * Self.day
    var record = RunRecord(
      id: id, workflow: workflow, file: "small.json", folder: runFolder, started: started,
      process: .current(command: "test"), version: "0", definition: .null)
    record.status = status
    record.ended = status == .running ? nil : started + 10
    record.published = published
    if hasPlan { record.plan = try registry.writePlan(keys) }
    try registry.write(record)
    try setTime(of: "\(store.root)/runs/\(id).json", daysAgo: daysAgo)
    return record
  }

  func plan(_ rules: GarbageRules = GarbageRules()) throws -> GarbagePlan {
    GarbagePlan(
      files: CacheFiles(of: store), known: try catalog.artifactRows(),
      judge: GarbageJudge(registry: registry, rules: rules, now: Self.now), rules: rules)
  }

  /// The numbers of the artifacts that would go, in their order.
  func going(_ rules: GarbageRules = GarbageRules()) throws -> [Int] {
    let numbers = Dictionary(
      uniqueKeysWithValues: (0..<100).map { (sampleArtifact($0).key, $0) })
    return try plan(rules).artifacts.map { numbers[$0.key] ?? -1 }
  }

  func check(isDeep: Bool = false) throws -> CacheCheck.Outcome {
    try CacheCheck(store: store, isDeep: isDeep).perform { _ in }
  }

  func flipLastByte(of path: String) throws {
    var bytes = try Data(contentsOf: URL(filePath: path))
    bytes[bytes.count - 1] ^= 0xFF
    try bytes.write(to: URL(filePath: path))
  }
}
