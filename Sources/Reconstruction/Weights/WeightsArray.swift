/// A named array of a file of weights, row-major.
struct WeightsArray: Equatable {
  enum Values: Equatable {
    case float32([Float])
    /// Floats that half precision holds exactly.
    case float16([Float])
    case int32([Int32])
    case uint8([UInt8])
  }

  var name: String
  var shape: [Int]
  var values: Values

  init(_ name: String, shape: [Int]? = nil, _ values: Values) {
    self.name = name
    self.values = values
    self.shape = shape ?? [values.count]
  }
}

extension WeightsArray.Values {
  var count: Int {
    switch self {
    case .float32(let values), .float16(let values): values.count
    case .int32(let values): values.count
    case .uint8(let values): values.count
    }
  }

  /// As the file's header names the element.
  var typeName: String {
    switch self {
    case .float32: "f4"
    case .float16: "f2"
    case .int32: "i4"
    case .uint8: "u1"
    }
  }

  static func width(of typeName: String) -> Int? {
    ["f4": 4, "f2": 2, "i4": 4, "u1": 1][typeName]
  }

  /// Little-endian.
  var bytes: [UInt8] {
    func all<Value: FixedWidthInteger>(_ values: [Value]) -> [UInt8] {
      values.flatMap { value in withUnsafeBytes(of: value.littleEndian) { Array($0) } }
    }
    switch self {
    case .float32(let values): return all(values.map(\.bitPattern))
    case .float16(let values): return all(values.map { Float16($0).bitPattern })
    case .int32(let values): return all(values)
    case .uint8(let values): return values
    }
  }

  /// - Parameter bytes: as many as the elements take.
  init?(typeName: String, bytes: ArraySlice<UInt8>) {
    func all<Value: FixedWidthInteger>(_: Value.Type) -> [Value] {
      let width = MemoryLayout<Value>.size
      return bytes.withUnsafeBytes { raw in
        (0..<raw.count / width).map {
          Value(littleEndian: raw.loadUnaligned(fromByteOffset: $0 * width, as: Value.self))
        }
      }
    }
    switch typeName {
    case "f4": self = .float32(all(UInt32.self).map { Float(bitPattern: $0) })
    case "f2": self = .float16(all(UInt16.self).map { Float(Float16(bitPattern: $0)) })
    case "i4": self = .int32(all(Int32.self))
    case "u1": self = .uint8(Array(bytes))
    default: return nil
    }
  }
}
