import EdgeClassifier
import Testing

struct SafetensorsTests {
  static let tensors = [
    NamedTensor(name: "b", shape: [2, 1], values: [1, -2]),
    NamedTensor(name: "a", shape: [], values: [.pi]),
    NamedTensor(name: "none", shape: [0, 3], values: []),
  ]

  static func file(_ header: String, data: Int = 0) -> [UInt8] {
    let text = [UInt8](header.utf8)
    return (0..<8).map { UInt8(truncatingIfNeeded: text.count >> (8 * $0)) } + text
      + [UInt8](repeating: 0, count: data)
  }

  static func problem(_ bytes: [UInt8]) -> String? {
    do {
      _ = try Safetensors.read(bytes: bytes, file: "x.safetensors")
      return nil
    } catch { return error.description }
  }

  @Test("What is written is read again, bit for bit")
  func roundTrip() throws {
    let bits = NamedTensor(
      name: "bits", shape: [4], values: [-0.0, .infinity, .leastNonzeroMagnitude, .ulpOfOne])
    let bytes = Safetensors.write(Self.tensors + [bits])
    let read = try Safetensors.read(bytes: bytes)
    #expect(Set(read.map(\.name)) == ["a", "b", "none", "bits"])
    for tensor in Self.tensors + [bits] {
      let same = try #require(read.first { $0.name == tensor.name })
      #expect(same.shape == tensor.shape)
      #expect(same.values.map(\.bitPattern) == tensor.values.map(\.bitPattern))
    }
  }

  @Test("The bytes are the format's: length, padded header, data in order")
  func goldenBytes() {
    let bytes = Safetensors.write([Self.tensors[1]])
    let header = #"{"a":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}"# + "   "
    #expect(header.utf8.count % 8 == 0)
    #expect(bytes == Self.file(header) + [0xDA, 0x0F, 0x49, 0x40])
  }

  @Test("A network goes through a file; free text beside the tensors is passed over")
  func network() throws {
    let network = try EdgeNetwork(configuration: .init(hidden: 3, passes: 2), seed: 8)
    let read = try Safetensors.read(bytes: Safetensors.write(network.tensors))
    #expect(read == network.tensors)
    #expect(try EdgeNetwork(configuration: network.configuration, tensors: read) == network)
    let text =
      #"{"__metadata__":{"format":"pt"},"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#
    #expect(try Safetensors.read(bytes: Self.file(text, data: 4)).map(\.name) == ["x"])
  }

  @Test(
    "Malformed files are refused with the reason",
    arguments: [
      (#"{}"#, 3, "belong to no tensor"),
      (#"[]"#, 0, "not an object"),
      (#"{"#, 0, "header:1:"),
      (#"{"x":{"shape":[1],"data_offsets":[0,4]}}"#, 4, "no dtype"),
      (#"{"x":{"dtype":"F16","shape":[2],"data_offsets":[0,4]}}"#, 4, "type F16"),
      (#"{"x":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#, 4, "shape of 'x'"),
      (#"{"x":{"dtype":"F32","shape":"1","data_offsets":[0,4]}}"#, 4, "shape of 'x'"),
      (#"{"x":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}"#, 4, "data_offsets of 'x'"),
      (#"{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,8]}}"#, 4, "data_offsets of 'x'"),
      (#"{"x":{"dtype":"F32","shape":[1],"data_offsets":[0]}}"#, 4, "data_offsets of 'x'"),
      (#"{"x":{"dtype":"F32","shape":[3],"data_offsets":[0,4]}}"#, 4, "takes 12 bytes"),
      (
        #"{"x":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,4]}}"#, 4,
        "too large"
      ),
      (
        #"{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"y":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#,
        8, "overlaps"
      ),
      (#"{"x":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#, 8, "belong to no tensor"),
      (#"{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, 8, "belong to no tensor"),
    ])
  func malformed(header: String, data: Int, reason: String) {
    let problem = Self.problem(Self.file(header, data: data))
    #expect(problem?.contains(reason) == true, "\(problem ?? "accepted")")
    #expect(problem?.hasPrefix("x.safetensors") == true)
  }

  @Test("Header lengths beyond the file are refused, and every cut of a good file")
  func truncated() {
    #expect(Self.problem([1, 2, 3])?.contains("3 bytes") == true)
    #expect(
      Self.problem([UInt8](repeating: 255, count: 16))?.contains("more than the format") == true)
    let good = Safetensors.write(Self.tensors)
    for length in good.indices { #expect(Self.problem(Array(good[..<length])) != nil) }
  }
}
