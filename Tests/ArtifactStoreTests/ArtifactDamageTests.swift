import ArtifactStore
import Compression
import Crypto
import Foundation
import JSONDocument
import TestSupport
import Testing

/// The bytes of an artifact's file, put together by hand so that single parts can be wrong.
struct ForgedArtifact {
  static let keyText: JSONValue = ["kind": "sample", "number": 1]

  var length: Int?
  var version: UInt32 = 1
  var members: [String: JSONValue] = [:]
  var arrays: [(type: String, shape: JSONValue, frame: [UInt8], declared: Int?)] = []

  var key: ArtifactKey { ArtifactKey(of: Self.keyText) }

  var bytes: [UInt8] {
    var all: [String: JSONValue] = [
      "kind": "sample", "key": .string(key.hex), "keyText": Self.keyText, "summary": .null,
      "arrays": .array(
        arrays.map {
          [
            "name": "values", "type": .string($0.type), "shape": $0.shape,
            "frame": .integer($0.declared ?? $0.frame.count),
          ]
        }),
    ]
    all.merge(members) { $1 }
    let text = Array(
      JSONValue.object(
        all.sorted { $0.key < $1.key }.map { JSONMember(name: $0.key, value: $0.value) }
      ).compactText.utf8)
    var bytes = Array("TRKFLOW\n".utf8)
    for number in [version, UInt32(length ?? text.count)] {
      withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }
    bytes.append(contentsOf: SHA256.hash(data: text))
    return bytes + text + arrays.flatMap(\.frame)
  }

  static func frame(_ content: [UInt8]) throws -> [UInt8] {
    try content.withUnsafeBytes { try Zstandard.compress($0, level: 1) }
  }

  /// A frame of one block that says it repeats a byte, with a size of its own declaration in its head.
  static func frame(declaring size: UInt64) -> [UInt8] {
    var bytes: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0b1100_0000, 0]
    withUnsafeBytes(of: size.littleEndian) { bytes.append(contentsOf: $0) }
    // The last block, repeating, of 100 bytes.
    let block = UInt32(100 << 3 | 1 << 1 | 1)
    return bytes + [UInt8(block & 255), UInt8(block >> 8 & 255), UInt8(block >> 16 & 255), 7]
  }
}

@Suite struct ArtifactDamageTests {
  let folder: TemporaryFolder
  let store: ObjectStore

  init() throws {
    folder = try TemporaryFolder()
    store = ObjectStore(root: folder.path)
  }

  private func write(_ artifact: ForgedArtifact) throws {
    let path = store.path(of: artifact.key)
    try FileSystem.createFolder((path as NSString).deletingLastPathComponent)
    try Data(artifact.bytes).write(to: URL(filePath: path))
  }

  /// Writes the file and gives the reason for which it is not believed.
  private func reason(_ change: (inout ForgedArtifact) throws -> Void) throws -> String {
    var artifact = ForgedArtifact()
    artifact.arrays = [("u1", [3], try ForgedArtifact.frame([1, 2, 3]), nil)]
    try change(&artifact)
    try write(artifact)
    var reasons: [String] = []
    for read in [
      { _ = try store.load(artifact.key) }, { _ = try store.check(artifact.key) },
    ] as [() throws -> Void] {
      do {
        try read()
        reasons.append("")
      } catch ArtifactError.damaged(_, let reason) {
        reasons.append(reason)
      }
    }
    #expect(Set(reasons).count == 1, "both ways of reading say the same")
    return reasons[0]
  }

  @Test func theForgeryItselfIsBelieved() throws {
    #expect(try reason { _ in } == "")
    #expect(try store.load(ForgedArtifact().key).arrays.first?.values == .uint8([1, 2, 3]))
  }

  @Test func aWrongLengthOfTheHeaderIsSeen() throws {
    #expect(try reason { $0.length = 10_000 } == "its header is cut off")
    #expect(try reason { $0.length = Int(UInt32.max) } == "its header is cut off")
    #expect(try reason { $0.length = 0 } == "its header does not match its checksum")
    #expect(try reason { $0.length = 20 } == "its header does not match its checksum")
  }

  @Test func aHeaderThatIsNoneIsSeenDespiteItsChecksum() throws {
    let words = "its header is not that of an artifact"
    #expect(try reason { $0.members = ["arrays": .null] } == words)
    #expect(try reason { $0.members = ["key": "ab"] } == words)
    #expect(try reason { $0.members = ["keyText": ["kind": "other"]] } == words)
    #expect(try reason { $0.members = ["kind": 3] } == words)
  }

  @Test func framesThatDoNotFitTheFileAreSeen() throws {
    for declared in [-1, 100_000, Int.max] {
      #expect(
        try reason { $0.arrays[0].declared = declared } == "an array is cut off or not described")
    }
    #expect(try reason { $0.arrays[0].declared = 2 }.contains("bytes too many at its end"))
    #expect(try reason { $0.arrays[0] = ("u1", [0], [], nil) } != "")
  }

  @Test func shapesThatDoNotFitTheFrameAreSeen() throws {
    #expect(try reason { $0.arrays[0].shape = [4] } == "array values has the wrong size")
    #expect(try reason { $0.arrays[0].shape = [2] }.contains("more than 2 bytes"))
    #expect(try reason { $0.arrays[0].shape = [-3] } == "an array is cut off or not described")
    #expect(try reason { $0.arrays[0].type = "x9" }.contains("unknown type"))
    for shape in [[1 << 40], [1 << 32, 1 << 32], [Int.max, 2]] {
      let shape = JSONValue.array(shape.map { .integer($0) })
      #expect(try reason { $0.arrays[0].shape = shape } == "array values has an impossible shape")
    }
  }

  @Test func aBombGivesNoMoreThanWasDeclared() throws {
    // 64 MiB of zeros in a frame of some kilobytes, declared as one value.
    let bomb = try ForgedArtifact.frame([UInt8](repeating: 0, count: 64 << 20))
    #expect(bomb.count < 100_000)
    #expect(
      try reason { $0.arrays[0] = ("u1", [1], bomb, nil) }.contains("more than 1 bytes"))
  }

  @Test func aFrameThatLiesAboutItsSizeIsRefusedWithoutTheMemoryForIt() throws {
    // Memory for 2^40 bytes is nowhere; the limit of the header lets the first of them through.
    for size in [UInt64(1) << 33, 1 << 40, .max] {
      let frame = ForgedArtifact.frame(declaring: size)
      #expect(try reason { $0.arrays[0] = ("f8", [.integer(1 << 30)], frame, nil) } != "")
    }
    // The same frame with its true size is a good one.
    let frame = ForgedArtifact.frame(declaring: 100)
    #expect(try reason { $0.arrays[0] = ("u1", [100], frame, nil) } == "")
  }

  @Test func severalFramesForOneArrayCountTogether() throws {
    let frame = try ForgedArtifact.frame([1, 2, 3])
    #expect(try reason { $0.arrays[0] = ("u1", [6], frame + frame, nil) } == "")
    #expect(try reason { $0.arrays[0] = ("u1", [5], frame + frame, nil) }.contains("more than"))
    #expect(try reason { $0.arrays[0] = ("u1", [6], frame + frame.dropLast(), nil) } != "")
  }

  @Test func aCutAtEveryBoundaryIsSeenByTheHeaderAlone() throws {
    var artifact = ForgedArtifact()
    artifact.arrays = [
      ("u1", [3], try ForgedArtifact.frame([1, 2, 3]), nil),
      ("u1", [2], try ForgedArtifact.frame([4, 5]), nil),
    ]
    let whole = artifact.bytes
    let frames = artifact.arrays.map(\.frame.count)
    let header = whole.count - frames.reduce(0, +)
    let path = store.path(of: artifact.key)
    try write(artifact)
    _ = try store.description(of: artifact.key)
    for cut in [0, 8, 12, 16, 48, header - 1, header, header + frames[0], whole.count - 1] {
      try Data(whole.prefix(cut)).write(to: URL(filePath: path))
      #expect(throws: ArtifactError.self, "cut at \(cut)") {
        try store.description(of: artifact.key)
      }
    }
  }
}
