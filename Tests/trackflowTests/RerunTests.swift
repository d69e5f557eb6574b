import ArtifactStore
import Foundation
import JSONDocument
import TestSupport
import Testing

/// Every artifact's file is enough to make it again.
@Suite struct RerunTests {
  let study: SmallStudy

  init() throws {
    study = try SmallStudy()
    let ending = try study.run(cache: "cache")
    try #require(ending.code == 0, "\(ending.errors)")
  }

  private func rerun(_ file: String, _ more: String...) throws -> Program.Ending {
    try Program.run(
      ["rerun", "--from", file, "--cache", "cache", "--json", "--quiet"] + more,
      in: study.folder.path)
  }

  @Test func everyArtifactIsMadeAgainToTheSameBitsAndTheCacheStaysAsItWas() throws {
    let objects = try study.objects(cache: "cache")
    #expect(objects.count == 19)
    for name in objects.keys.sorted() {
      let ending = try rerun("cache/objects/\(name)")
      #expect(ending.code == 0, "\(name): \(ending.errors) \(ending.output)")
      #expect(ending.json?["isSameFile"] == true)
      #expect(ending.json?["inputsMade"] == 0)
    }
    #expect(try study.objects(cache: "cache") == objects)
  }

  @Test func inputsThatAreGoneFromTheCacheAreMadeAgain() throws {
    let objects = try study.objects(cache: "cache")
    try FileManager.default.moveItem(
      atPath: study.folder.appending("cache/objects"), toPath: study.folder.appending("kept"))
    var kinds: [String: Int] = [:]
    for name in objects.keys.sorted() {
      let ending = try rerun("kept/\(name)", "--out", "again.tfz")
      #expect(ending.code == 0, "\(name): \(ending.errors) \(ending.output)")
      #expect(ending.json?["inputsTaken"] == 0)
      kinds[ending.json?["kind"]?.stringValue ?? "", default: 0] +=
        ending.json?["inputsMade"]?.intValue ?? 0
      let bytes = try Data(contentsOf: URL(filePath: study.folder.appending("again.tfz")))
      #expect(bytes == objects[name])
    }
    #expect(
      kinds == [
        "build-graphs": 0, "train-edge-classifier": 4, "training-checkpoint": 24,
        "classify-edges": 12, "build-tracks": 14, "score-tracks": 16,
      ])
    #expect(study.objectCount(cache: "cache") == 0)
  }

  @Test func aWholeChainIsMadeAgainFromTheFileOfItsScore() throws {
    let chain = try TrainedChain.shared.get()
    // A cache that knows how everything is made, and holds nothing of it.
    let lonely = study.folder.appending("lonely")
    try FileManager.default.createDirectory(atPath: lonely, withIntermediateDirectories: true)
    for suffix in ["", "-wal", "-shm"] {
      let name = "catalog.sqlite\(suffix)"
      let from = chain.folder.appending("cache/\(name)")
      guard FileManager.default.fileExists(atPath: from) else { continue }
      try FileManager.default.copyItem(atPath: from, toPath: "\(lonely)/\(name)")
    }
    let store = ObjectStore(root: chain.folder.appending("cache"))
    let key = try #require(
      store.keys().first { (try? store.description(of: $0).kind) == "score-reconstruction" })
    let ending = try Program.run(
      ["rerun", "--from", store.path(of: key), "--cache", "lonely", "--json", "--quiet"],
      in: study.folder.path)
    #expect(ending.code == 0, "\(ending.errors) \(ending.output)")
    #expect(ending.json?["isSameFile"] == true)
    #expect(ending.json?["inputsTaken"] == 0)
    #expect((ending.json?["inputsMade"]?.intValue ?? 0) > 20)
  }

  @Test func filesThatMovedAreFoundByTheirContent() throws {
    let score = try objectOfKind("score-tracks")
    try FileManager.default.moveItem(
      atPath: study.folder.appending("events"), toPath: study.folder.appending("elsewhere"))
    let missing = try rerun(score)
    #expect(missing.code == 66)
    #expect(missing.errors.contains("--data"), "\(missing.errors)")
    let found = try rerun(score, "--data", "elsewhere")
    #expect(found.code == 0, "\(found.errors)")
    #expect(found.json?["isSame"] == true)
  }

  @Test func aFileThatSaysOtherThanItsTaskGivesIsToldFromTheBits() throws {
    let score = try objectOfKind("score-tracks")
    // A whole file under the right key, as another machine may have made it.
    var artifact = try ObjectStore.artifact(ofFile: study.folder.appending(score))
    artifact.summary = .object(
      (artifact.summary.members ?? []) + [JSONMember(name: "luck", value: 1)])
    let elsewhere = ObjectStore(root: study.folder.appending("elsewhere"))
    try elsewhere.publish(artifact)
    let ending = try rerun(elsewhere.path(of: artifact.key))
    #expect(ending.code == 65, "\(ending.errors)")
    #expect(ending.json?["isSame"] == false)
    let words = ending.json?["differences"]?.arrayValue?.compactMap(\.stringValue) ?? []
    #expect(words == ["summary.luck 1 -> null"])
  }

  @Test func whatIsNoWholeArtifactIsRefused() throws {
    let score = try objectOfKind("score-tracks")
    let bytes = try Data(contentsOf: URL(filePath: study.folder.appending(score)))
    try bytes.dropLast(2).write(to: URL(filePath: study.folder.appending("cut.tfz")))
    #expect(try rerun("cut.tfz").code == 65)
    #expect(try rerun("small.json").code == 65)
    #expect(try rerun("nowhere.tfz").code == 66)
  }

  private func objectOfKind(_ kind: String) throws -> String {
    let objects = try study.objects(cache: "cache").sorted { $0.key < $1.key }
    let beginning = Data("{\"kind\":\"\(kind)\",\"key\"".utf8)
    let found = try #require(objects.first { $0.value.range(of: beginning) != nil })
    return "cache/objects/\(found.key)"
  }
}
