import JSONDocument

/// A result of one task: a kind, the text its key is made of, a summary and named arrays.
public struct Artifact: Sendable, Equatable {
  /// What it holds, the name of the stage kind that made it.
  public var kind: String
  /// The canonical description of how it is made; its SHA-256 is the key.
  public var keyText: JSONValue
  /// The small numbers that reports and later stages read without unpacking the arrays.
  public var summary: JSONValue
  public var arrays: [ArtifactArray]

  public init(kind: String, keyText: JSONValue, summary: JSONValue, arrays: [ArtifactArray]) {
    self.kind = kind
    self.keyText = keyText
    self.summary = summary
    self.arrays = arrays
  }

  public var key: ArtifactKey { ArtifactKey(of: keyText) }
}

/// A named array of an artifact, row-major.
public struct ArtifactArray: Sendable, Equatable {
  public enum Values: Sendable, Equatable {
    case uint8([UInt8])
    case int32([Int32])
    case int64([Int64])
    case float32([Float])
    case float64([Double])
  }

  public var name: String
  public var shape: [Int]
  public var values: Values

  /// - Parameter shape: lengths of the axes; their product is the number of values. One axis if not given.
  public init(name: String, shape: [Int]? = nil, values: Values) {
    self.name = name
    self.shape = shape ?? [values.count]
    self.values = values
    precondition(self.shape.reduce(1, *) == values.count, "shape of \(name)")
  }
}

extension ArtifactArray.Values {
  public var count: Int {
    switch self {
    case .uint8(let values): values.count
    case .int32(let values): values.count
    case .int64(let values): values.count
    case .float32(let values): values.count
    case .float64(let values): values.count
    }
  }

  var typeName: String {
    switch self {
    case .uint8: "u1"
    case .int32: "i4"
    case .int64: "i8"
    case .float32: "f4"
    case .float64: "f8"
    }
  }

  /// The values' bytes, little-endian (the byte order of every machine this builds for).
  func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    switch self {
    case .uint8(let values): try values.withUnsafeBytes(body)
    case .int32(let values): try values.withUnsafeBytes(body)
    case .int64(let values): try values.withUnsafeBytes(body)
    case .float32(let values): try values.withUnsafeBytes(body)
    case .float64(let values): try values.withUnsafeBytes(body)
    }
  }

  /// Values of a named element type from their bytes; nil for an unknown type or half a value.
  init?(typeName: String, bytes: [UInt8]) {
    switch typeName {
    case "u1": self = .uint8(bytes)
    case "i4": self = .int32(Self.load(bytes))
    case "i8": self = .int64(Self.load(bytes))
    case "f4": self = .float32(Self.load(bytes))
    case "f8": self = .float64(Self.load(bytes))
    default: return nil
    }
  }

  static func width(of typeName: String) -> Int? {
    ["u1": 1, "i4": 4, "i8": 8, "f4": 4, "f8": 8][typeName]
  }

  private static func load<Element: BitwiseCopyable>(_ bytes: [UInt8]) -> [Element] {
    let count = bytes.count / MemoryLayout<Element>.stride
    return [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
      bytes.withUnsafeBytes { source in
        UnsafeMutableRawBufferPointer(buffer).copyMemory(
          from: .init(rebasing: source[..<(count * MemoryLayout<Element>.stride)]))
      }
      initialized = count
    }
  }
}

extension Artifact {
  /// The values of the array of that name and type.
  ///
  /// - Throws: `ArtifactError.missingArray` where there is no such array of that type.
  public func float32(_ name: String) throws -> [Float] {
    guard case .float32(let values)? = values(name) else { throw missing(name, "f4") }
    return values
  }

  public func float64(_ name: String) throws -> [Double] {
    guard case .float64(let values)? = values(name) else { throw missing(name, "f8") }
    return values
  }

  public func int32(_ name: String) throws -> [Int32] {
    guard case .int32(let values)? = values(name) else { throw missing(name, "i4") }
    return values
  }

  public func int64(_ name: String) throws -> [Int64] {
    guard case .int64(let values)? = values(name) else { throw missing(name, "i8") }
    return values
  }

  public func uint8(_ name: String) throws -> [UInt8] {
    guard case .uint8(let values)? = values(name) else { throw missing(name, "u1") }
    return values
  }

  private func values(_ name: String) -> ArtifactArray.Values? {
    arrays.first { $0.name == name }?.values
  }

  private func missing(_ name: String, _ type: String) -> ArtifactError {
    .missingArray(artifact: key, kind: kind, array: name, type: type)
  }
}
