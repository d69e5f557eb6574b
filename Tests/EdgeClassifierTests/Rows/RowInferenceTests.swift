import EdgeClassifier
import Testing

/// Logits of tiles of rows.
struct RowInferenceTests {
  /// Rows feature by feature; what is behind the last row is no number.
  static func tile(_ rows: [[Float]], stride: Int) -> [Float] {
    (0..<rows[0].count).flatMap { input in
      (0..<stride).map { $0 < rows.count ? rows[$0][input] : .nan }
    }
  }

  static func logits(
    _ inference: RowInference, _ rows: [[Float]], stride: Int = RowInference.tile
  ) -> [Float] {
    let out = WalledFloats(count: rows.count)
    inference.logits(tile(rows, stride: stride), stride: stride, count: rows.count, into: out.base)
    #expect(out.wallsStand)
    return out.values
  }

  static func rows(_ count: Int, inputs: Int) -> [[Float]] {
    (0..<count).map { TestNumbers.floats(inputs, seed: UInt64($0 + 100)) }
  }

  @Test("A network of a few weights gives what it gives by hand")
  func byHand() throws {
    let network = try RowNetwork(
      sizes: [2, 2, 1],
      tensors: [
        NamedTensor(name: "2.bias", shape: [1], values: [0.5]),
        NamedTensor(name: "mean", shape: [2], values: [1, -1]),
        NamedTensor(name: "scale", shape: [2], values: [2, 0.5]),
        NamedTensor(name: "0.weight", shape: [2, 2], values: [1, 2, -1, 1]),
        NamedTensor(name: "0.bias", shape: [2], values: [0.25, -1]),
        NamedTensor(name: "2.weight", shape: [1, 2], values: [3, -4]),
      ])
    #expect(network.parameterCount == 9 && network.multiplyAddsPerRow == 6)
    #expect(
      network.tensors.map(\.name) == ["mean", "scale", "0.weight", "0.bias", "2.weight", "2.bias"])
    for kernels in Kernels.available {
      let inference = RowInference(network: network, kernels: kernels)
      // Standardised (2, 2) and (-2, 1); hidden (6.25, 0) and (0.25, 2).
      #expect(Self.logits(inference, [[2, 3], [0, 1]]) == [19.25, -6.75])
    }
  }

  @Test(
    "Logits are those of the formula in double precision",
    arguments: [
      [22, 64, 32, 1], [31, 64, 32, 1], [75, 64, 32, 1], [18, 24, 12, 1], [30, 32, 16, 1],
      [1, 1, 1], [130, 7, 9, 5, 1],
    ])
  func formula(sizes: [Int]) throws {
    let network = try RowPieces.network(sizes)
    for kernels in Kernels.available {
      let inference = RowInference(network: network, kernels: kernels)
      for count in [1, 15, 16, 17, 33, RowInference.tile] {
        let rows = Self.rows(count, inputs: sizes[0])
        let expected = rows.map { RowPieces.logit(network, $0) }
        #expect(
          distance(Self.logits(inference, rows), expected) < 1e-5, "\(kernels.name), \(count) rows")
      }
    }
  }

  @Test("A row's logit has the same bits in every place, with any others, and in a copy")
  func places() throws {
    let network = try RowPieces.network([22, 64, 32, 1])
    let rows = Self.rows(RowInference.tile, inputs: 22)
    for kernels in Kernels.available {
      let inference = RowInference(network: network, kernels: kernels)
      let whole = Self.logits(inference, rows)
      for count in 1...rows.count {
        for first in [0, rows.count - count] {
          let part = Self.logits(
            inference.copy(), Array(rows[first..<first + count]), stride: 16 * (3 + rows.count / 16)
          )
          #expect(part == Array(whole[first..<first + count]))
        }
      }
    }
  }

  @Test("Networks of other sizes than they can have are refused")
  func sizes() {
    for sizes in [[], [3], [3, 1], [3, 4, 2], [3, 0, 1], [0, 4, 1]] {
      #expect(throws: EdgeClassifierError.self) { try RowNetwork(sizes: sizes, seed: 1) }
    }
  }

  @Test("A network comes back from a safetensors file")
  func files() throws {
    let network = try RowPieces.network([5, 6, 1])
    let tensors = try Safetensors.read(bytes: Safetensors.write(network.tensors))
    #expect(try RowNetwork(sizes: [5, 6, 1], tensors: tensors) == network)
    #expect(throws: EdgeClassifierError.self) {
      try RowNetwork(sizes: [5, 7, 1], tensors: tensors)
    }
  }

  @Test("First weights are uniform within one over the root of the inputs")
  func start() throws {
    let network = try RowNetwork(sizes: [16, 64, 25, 1], seed: 3)
    for (layer, bound) in [Float(0.25), 0.125, 0.2].enumerated() {
      let weight = network.weight(layer)
      #expect(weight.allSatisfy { abs($0) <= bound } && weight.contains { abs($0) > 0.8 * bound })
      #expect(network.bias(layer).allSatisfy { abs($0) <= bound })
    }
    #expect(try RowNetwork(sizes: [16, 64, 25, 1], seed: 3) == network)
    #expect(try RowNetwork(sizes: [16, 64, 25, 1], seed: 4) != network)
  }
}
