import EdgeClassifier

/// Small networks and tables for the tests of the rows' parts.
enum RowPieces {
  /// A network whose weights and standardisation are random.
  static func network(_ sizes: [Int], seed: UInt64 = 1) throws -> RowNetwork {
    var tensors = try RowNetwork(sizes: sizes, seed: seed).tensors
    var numbers = TestNumbers(seed: seed)
    tensors[0].values = tensors[0].values.map { _ in 2 * numbers.next() }
    tensors[1].values = tensors[1].values.map { _ in 1 + numbers.next() / 2 }
    return try RowNetwork(sizes: sizes, tensors: tensors)
  }

  /// Logit of a row in double precision.
  static func logit(_ network: RowNetwork, _ row: [Float]) -> Double {
    logit(network.tensors.map(\.values.doubles), row)
  }

  /// Logit of a row by the values of a network's tensors.
  static func logit(_ tensors: [[Double]], _ row: [Float]) -> Double {
    var values = row.indices.map { (Double(row[$0]) - tensors[0][$0]) * tensors[1][$0] }
    for place in stride(from: 2, to: tensors.count, by: 2) {
      let inputs = values
      values = tensors[place + 1].enumerated().map { output, bias in
        let sum = inputs.indices.reduce(bias) {
          $0 + tensors[place][output * inputs.count + $1] * inputs[$1]
        }
        return place + 2 < tensors.count ? max(0, sum) : sum
      }
    }
    return values[0]
  }

  /// Two features that are true where their signs differ, and others that say nothing.
  static func table(
    rows: Int, inputs: Int = 4, seed: UInt64 = 5, isWeighted: Bool = true
  ) -> RowTable {
    var table = RowTable(inputs: inputs)
    var numbers = TestNumbers(seed: seed)
    for row in 0..<rows {
      let features = (0..<inputs).map { Float($0) + Float($0 + 1) * numbers.next() }
      let isTrue = (features[0] > 0) != (features[1] > 1)
      table.append(
        features: features, label: isTrue ? 1 : 0,
        weight: isWeighted ? Float(row % 4) / 2 : 1)
    }
    return table
  }
}
