import ArtifactStore
import Compression
import Crypto
import Foundation
import JSONDocument
import TestSupport
import Testing

/// Arrays come back as they were, whatever they hold and however their bytes were laid out.
@Suite struct ArrayFilterTests {
  let folder: TemporaryFolder
  let store: ObjectStore

  init() throws {
    folder = try TemporaryFolder()
    store = ObjectStore(root: folder.path)
  }

  private func artifact(_ arrays: [ArtifactArray], _ number: Int = 1) -> Artifact {
    Artifact(
      kind: "sample", keyText: ["number": .integer(number)], summary: .null, arrays: arrays)
  }

  @Test(arguments: [0, 1, 2, 3, 7, 64, 65, 1000, 4099])
  func everyTypeComesBackBitByBit(count: Int) throws {
    var random = SeededGenerator(state: UInt64(count))
    func make<Value>(_ value: (inout SeededGenerator) -> Value) -> [Value] {
      (0..<count).map { _ in value(&random) }
    }
    var rising: Int32 = -5
    let arrays = [
      ArtifactArray(name: "bytes", values: .uint8(make { UInt8.random(in: 0...255, using: &$0) })),
      ArtifactArray(
        name: "wild", values: .int32(make { Int32.random(in: .min ... .max, using: &$0) })),
      ArtifactArray(
        name: "rising",
        values: .int32(
          make {
            rising &+= Int32.random(in: 0...40, using: &$0)
            return rising
          })),
      ArtifactArray(
        name: "edges", values: .int64(make { [.min, .max, 0, -1, 1].randomElement(using: &$0)! })),
      ArtifactArray(
        name: "single",
        values: .float32(make { Float(bitPattern: UInt32.random(in: 0...0x7F7F_FFFF, using: &$0)) })
      ),
      ArtifactArray(
        name: "double",
        values: .float64(
          make { [-0.0, .infinity, .pi, .leastNonzeroMagnitude].randomElement(using: &$0)! })),
    ]
    let sample = artifact(arrays)
    try store.publish(sample)
    let read = try store.load(sample.key)
    #expect(read == sample)
    // Equal as numbers is not yet equal in bits.
    let zeros = try read.float64("double").map(\.bitPattern)
    #expect(try zeros == sample.float64("double").map(\.bitPattern))
  }

  @Test(arguments: [1, 2, 3, 16, 17])
  func tablesComeBackWhateverTheirColumns(columns: Int) throws {
    let count = 37 * columns
    let sample = artifact([
      ArtifactArray(
        name: "table", shape: [37, columns], values: .float32((0..<count).map { Float($0) / 7 })),
      ArtifactArray(
        name: "numbers", shape: [37, columns], values: .int64((0..<count).map { Int64($0 * $0) })),
      ArtifactArray(
        name: "cube", shape: [37, columns, 1], values: .int32((0..<count).map { Int32($0) })),
    ])
    try store.publish(sample)
    #expect(try store.load(sample.key) == sample)
  }

  @Test func notANumberKeepsItsBits() throws {
    let odd = Float(bitPattern: 0x7FC0_1234)
    let sample = artifact([ArtifactArray(name: "odd", values: .float32([odd, .nan, 1]))])
    try store.publish(sample)
    let bits = try store.load(sample.key).float32("odd").map(\.bitPattern)
    #expect(bits == [odd.bitPattern, Float.nan.bitPattern, Float(1).bitPattern])
  }

  @Test func risingNumbersTakeLessThanTheirPlainBytes() throws {
    let numbers = (0..<50_000).map { (index: Int) -> Int32 in Int32(index * 37 % 40 + index * 3) }
    let size = try store.publish(artifact([ArtifactArray(name: "a", values: .int32(numbers))]))
    let plain = try numbers.withUnsafeBytes { (bytes: UnsafeRawBufferPointer) in
      try Zstandard.compress(bytes, level: 1)
    }.count
    #expect(2 * size < plain)
  }

  /// Files that were written before there were filters.
  @Test func aFileOfTheFirstVersionIsRead() throws {
    let sample = sampleArtifact()
    var frames: [UInt8] = []
    let arrays = try sample.arrays.map { array -> JSONValue in
      let (type, frame) = try Self.plainFrame(of: array.values)
      frames += frame
      return [
        "name": .string(array.name), "type": .string(type),
        "shape": .array(array.shape.map { .integer($0) }), "frame": .integer(frame.count),
      ]
    }
    let header: JSONValue = [
      "kind": .string(sample.kind), "key": .string(sample.key.hex), "keyText": sample.keyText,
      "summary": sample.summary, "arrays": .array(arrays),
    ]
    let text = Array(header.compactText.utf8)
    var bytes = Array("TRKFLOW\n".utf8)
    for number in [UInt32(1), UInt32(text.count)] {
      withUnsafeBytes(of: number.littleEndian) { bytes += $0 }
    }
    bytes += Array(SHA256.hash(data: text)) + text + frames
    let path = store.path(of: sample.key)
    try FileManager.default.createDirectory(
      atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try Data(bytes).write(to: URL(filePath: path))
    #expect(try store.load(sample.key) == sample)
  }

  private static func plainFrame(of values: ArtifactArray.Values) throws -> (String, [UInt8]) {
    switch values {
    case .uint8(let values): ("u1", try values.withUnsafeBytes { try Zstandard.compress($0) })
    case .int32(let values): ("i4", try values.withUnsafeBytes { try Zstandard.compress($0) })
    case .int64(let values): ("i8", try values.withUnsafeBytes { try Zstandard.compress($0) })
    case .float32(let values): ("f4", try values.withUnsafeBytes { try Zstandard.compress($0) })
    case .float64(let values): ("f8", try values.withUnsafeBytes { try Zstandard.compress($0) })
    }
  }
}
