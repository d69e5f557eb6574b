import EdgeClassifier
import Exchange
import Testing

@Suite struct ONNXModelTests {
  private func notebook(passes: Int = 1) throws -> EdgeModel {
    .notebook(
      try EdgeNetwork(configuration: EdgeNetworkConfiguration(hidden: 4, passes: passes), seed: 1))
  }

  /// The fields of a message of protocol buffers: number and content, or value.
  private func fields(_ bytes: ArraySlice<UInt8>) throws -> [(
    field: Int, content: ArraySlice<UInt8>
  )] {
    var rest = bytes
    func varint() throws -> Int {
      var (value, shift) = (0, 0)
      while true {
        let first = rest.popFirst()
        let byte = try #require(first)
        value |= Int(byte & 0x7F) << shift
        shift += 7
        if byte < 0x80 { return value }
      }
    }
    var found: [(Int, ArraySlice<UInt8>)] = []
    while !rest.isEmpty {
      let tag = try varint()
      switch tag & 7 {
      case 0: found.append((tag >> 3, [UInt8(truncatingIfNeeded: try varint())]))
      case 2:
        let count = try varint()
        try #require(count <= rest.count)
        found.append((tag >> 3, rest.prefix(count)))
        rest = rest.dropFirst(count)
      default:
        try #require(tag & 7 == 5)
        found.append((tag >> 3, rest.prefix(4)))
        rest = rest.dropFirst(4)
      }
    }
    return found
  }

  private func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

  @Test func theFileIsAModelOfOperatorSet17WithTwoInputsAndOneOutput() throws {
    let model = try fields(ONNXModel(notebook(), producerVersion: "1.2").bytes[...])
    #expect(model.first { $0.field == 1 }?.content == [8])
    #expect(model.first { $0.field == 2 }.map { text($0.content) } == "trackflow")
    #expect(model.first { $0.field == 3 }.map { text($0.content) } == "1.2")
    let operators = try fields(try #require(model.first { $0.field == 8 }).content)
    #expect(operators.map(\.content) == [[], [17]])
    let graph = try fields(try #require(model.first { $0.field == 7 }).content)
    func names(_ field: Int) throws -> [String] {
      try graph.filter { $0.field == field }.map { entry in
        text(try #require(try fields(entry.content).first { $0.field == 1 }).content)
      }
    }
    #expect(try names(11) == ["x", "edge_index"])
    #expect(try names(12) == ["logit"])
    let kinds = try graph.filter { $0.field == 1 }.map { node in
      text(try #require(try fields(node.content).first { $0.field == 4 }).content)
    }
    #expect(
      kinds == [
        "Gather", "Gather", "Gather", "Gather", "Sub", "Concat", "Gemm", "BatchNormalization",
        "Relu", "Gemm",
      ])
    let weights = try graph.filter { $0.field == 5 }.map { weight in
      text(try #require(try fields(weight.content).first { $0.field == 8 }).content)
    }
    #expect(Set(weights).isSuperset(of: ["edge_mlp.0.weight", "edge_mlp.3.bias"]))
    #expect(Set(weights).count == weights.count)
  }

  @Test func theSameNetworkGivesTheSameBytes() throws {
    let bytes = ONNXModel(try notebook(passes: 2), producerVersion: "1").bytes
    #expect(bytes == ONNXModel(try notebook(passes: 2), producerVersion: "1").bytes)
    #expect(bytes != ONNXModel(try notebook(passes: 1), producerVersion: "1").bytes)
  }
}
