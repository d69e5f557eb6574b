import ArtifactStore
import Foundation
import JSONDocument
import TestSupport
import Testing

func sampleArtifact(_ number: Int = 1) -> Artifact {
  Artifact(
    kind: "sample", keyText: ["kind": "sample", "number": .integer(number)],
    summary: ["score": 0.25, "words": "ok"],
    arrays: [
      ArtifactArray(name: "u1", values: .uint8([1, 2, 255])),
      ArtifactArray(name: "i4", shape: [2, 2], values: .int32([1, -2, 3, .max])),
      ArtifactArray(name: "i8", values: .int64([.min, 4_503_599_644_147_712])),
      ArtifactArray(name: "f4", values: .float32([0.1, -.infinity, 1.5e-30])),
      ArtifactArray(name: "f8", values: .float64([0.1, .pi])),
      ArtifactArray(name: "none", shape: [0, 5], values: .float32([])),
    ])
}

@Suite struct ArtifactFileTests {
  let folder: TemporaryFolder
  let store: ObjectStore

  init() throws {
    folder = try TemporaryFolder()
    store = ObjectStore(root: folder.path)
  }

  @Test func aPublishedArtifactReadsBackAsItWas() throws {
    let artifact = sampleArtifact()
    try store.publish(artifact)
    #expect(try store.load(artifact.key) == artifact)
    let description = try store.description(of: artifact.key)
    #expect(description.summary["score"]?.doubleValue == 0.25)
    #expect(store.keys() == [artifact.key])
  }

  @Test func theSameArtifactGivesTheSameBytes() throws {
    let other = ObjectStore(root: folder.appending("other"))
    try store.publish(sampleArtifact())
    try other.publish(sampleArtifact())
    let key = sampleArtifact().key
    #expect(
      try Data(contentsOf: URL(filePath: store.path(of: key)))
        == Data(contentsOf: URL(filePath: other.path(of: key))))
  }

  @Test func theKeyDoesNotDependOnTheOrderOfMention() {
    let one = ArtifactKey(of: ["a": 1, "b": ["c": 2.0, "d": "x"]])
    let two = ArtifactKey(of: ["b": ["d": "x", "c": 2], "a": 1])
    #expect(one == two)
    #expect(one != ArtifactKey(of: ["a": 1, "b": ["c": 3, "d": "x"]]))
  }

  @Test func anyTruncationIsSeen() throws {
    let key = sampleArtifact().key
    try store.publish(sampleArtifact())
    let whole = try Data(contentsOf: URL(filePath: store.path(of: key)))
    for length in 0..<whole.count {
      try whole.prefix(length).write(to: URL(filePath: store.path(of: key)))
      #expect(throws: ArtifactError.self) { try store.load(key) }
    }
    try (whole + Data([0])).write(to: URL(filePath: store.path(of: key)))
    #expect(throws: ArtifactError.self) { try store.load(key) }
  }

  @Test func anyFlippedBitIsSeen() throws {
    let key = sampleArtifact().key
    try store.publish(sampleArtifact())
    let whole = try Data(contentsOf: URL(filePath: store.path(of: key)))
    for offset in 0..<whole.count {
      var damaged = whole
      damaged[offset] ^= 1 << UInt8(offset % 8)
      try damaged.write(to: URL(filePath: store.path(of: key)))
      // A flipped bit in a frame's reserved or optional header bits may leave the content as it was.
      if let read = try? store.load(key) { #expect(read == sampleArtifact()) }
    }
  }

  @Test func anArtifactUnderAnothersNameIsRefused() throws {
    try store.publish(sampleArtifact(1))
    try store.publish(sampleArtifact(2))
    let (one, two) = (store.path(of: sampleArtifact(1).key), store.path(of: sampleArtifact(2).key))
    try FileManager.default.removeItem(atPath: one)
    try FileManager.default.copyItem(atPath: two, toPath: one)
    #expect(throws: ArtifactError.self) { try store.load(sampleArtifact(1).key) }
  }

  @Test func aLaterFormatIsNamedAsSuch() throws {
    let key = sampleArtifact().key
    try store.publish(sampleArtifact())
    var bytes = try Data(contentsOf: URL(filePath: store.path(of: key)))
    bytes[8] = 9
    try bytes.write(to: URL(filePath: store.path(of: key)))
    #expect(throws: ArtifactError.newerFormat(path: store.path(of: key), found: 9, known: 2)) {
      try store.load(key)
    }
  }

  @Test func whatAKilledWriterLeftIsRemovedAndNothingElse() throws {
    try store.publish(sampleArtifact())
    let object = URL(filePath: store.path(of: sampleArtifact().key))
    let partial = object.deletingLastPathComponent().appending(path: ".partial-1-x")
    try Data("half".utf8).write(to: partial)
    store.removePartialFiles()
    #expect(!FileManager.default.fileExists(atPath: partial.path))
    #expect(store.keys() == [sampleArtifact().key])
  }

  @Test func aFolderThatCanNotBeMadeIsNamed() throws {
    let blocked = ObjectStore(root: try folder.write("a file", to: "file"))
    let error = #expect(throws: ArtifactError.self) { try blocked.publish(sampleArtifact()) }
    #expect(error?.description.contains("file/objects") == true)
  }
}
