/// A network as ONNX describes it: operators over named tensors, weights, inputs and outputs.
///
/// Source: onnx.proto3 and Operators.md of ONNX 1.12: operator set 17, intermediate representation 8.
public struct ONNXModel: Sendable {
  static let operatorSet = 17
  static let representation = 8

  enum ElementType: Int {
    case float = 1
    case int64 = 7
    case double = 11
  }

  /// A length of an axis: a number, or a name for what varies.
  enum Axis: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral {
    case length(Int)
    case named(String)

    init(integerLiteral value: Int) { self = .length(value) }
    init(stringLiteral value: String) { self = .named(value) }
  }

  enum Attribute {
    case integer(Int)
    case number(Float)
    case text(String)
    case tensor(bytes: [UInt8])
  }

  var name: String
  private var nodes: [ProtocolBuffer] = []
  private var weights: [ProtocolBuffer] = []
  private var weightNames: Set<String> = []
  private var inputs: [ProtocolBuffer] = []
  private var outputs: [ProtocolBuffer] = []
  private var metadata: [(key: String, value: String)] = []
  private let producerVersion: String

  init(name: String, producerVersion: String) {
    self.name = name
    self.producerVersion = producerVersion
  }

  // MARK: - Building

  mutating func addInput(_ name: String, _ type: ElementType, _ shape: [Axis], _ words: String) {
    inputs.append(Self.valueInfo(name, type, shape, words))
  }

  mutating func addOutput(_ name: String, _ type: ElementType, _ shape: [Axis], _ words: String) {
    outputs.append(Self.valueInfo(name, type, shape, words))
  }

  mutating func addMetadata(_ key: String, _ value: String) { metadata.append((key, value)) }

  /// Adds a constant; one whose name is there already stands for it.
  ///
  /// - Returns: its name.
  mutating func weight(_ name: String, _ values: [Float], shape: [Int]) -> String {
    add(name, .float, shape, values.withUnsafeBytes { Array($0) })
  }

  mutating func weight(_ name: String, _ values: [Int64], shape: [Int]) -> String {
    add(name, .int64, shape, values.withUnsafeBytes { Array($0) })
  }

  mutating func weight(_ name: String, _ values: [Double], shape: [Int]) -> String {
    add(name, .double, shape, values.withUnsafeBytes { Array($0) })
  }

  private mutating func add(
    _ name: String, _ type: ElementType, _ shape: [Int], _ bytes: [UInt8]
  ) -> String {
    if weightNames.insert(name).inserted {
      weights.append(Self.tensor(name, type, shape, bytes))
    }
    return name
  }

  /// Adds an operator with one output.
  ///
  /// - Parameter output: its name; by default the operator's with a number.
  /// - Returns: the name of the output.
  mutating func apply(
    _ kind: String, _ inputs: String..., attributes: KeyValuePairs<String, Attribute> = [:],
    as output: String? = nil
  ) -> String {
    let output = output ?? "\(kind)_\(nodes.count)"
    var node = ProtocolBuffer()
    for input in inputs { node.put(1, input) }
    node.put(2, output)
    node.put(3, "\(kind)_\(nodes.count)")
    node.put(4, kind)
    for (name, value) in attributes { node.put(5, Self.attribute(name, value)) }
    nodes.append(node)
    return output
  }

  /// The same for operators over any number of inputs.
  mutating func concatenate(_ inputs: [String], axis: Int) -> String {
    guard inputs.count > 1 else { return inputs[0] }
    let output = "Concat_\(nodes.count)"
    var node = ProtocolBuffer()
    for input in inputs { node.put(1, input) }
    node.put(2, output)
    node.put(3, output)
    node.put(4, "Concat")
    node.put(5, Self.attribute("axis", .integer(axis)))
    nodes.append(node)
    return output
  }

  // MARK: - Encoding

  /// The whole file.
  public var bytes: [UInt8] {
    var graph = ProtocolBuffer()
    for node in nodes { graph.put(1, node) }
    graph.put(2, name)
    for weight in weights { graph.put(5, weight) }
    for input in inputs { graph.put(11, input) }
    for output in outputs { graph.put(12, output) }
    var operators = ProtocolBuffer()
    operators.put(1, "")
    operators.put(2, Self.operatorSet)
    var model = ProtocolBuffer()
    model.put(1, Self.representation)
    model.put(2, "trackflow")
    model.put(3, producerVersion)
    model.put(7, graph)
    model.put(8, operators)
    for (key, value) in metadata {
      var entry = ProtocolBuffer()
      entry.put(1, key)
      entry.put(2, value)
      model.put(14, entry)
    }
    return model.bytes
  }

  private static func valueInfo(
    _ name: String, _ type: ElementType, _ shape: [Axis], _ words: String
  ) -> ProtocolBuffer {
    var axes = ProtocolBuffer()
    for axis in shape {
      var dimension = ProtocolBuffer()
      switch axis {
      case .length(let length): dimension.put(1, length)
      case .named(let name): dimension.put(2, name)
      }
      axes.put(1, dimension)
    }
    var tensor = ProtocolBuffer()
    tensor.put(1, type.rawValue)
    tensor.put(2, axes)
    var kind = ProtocolBuffer()
    kind.put(1, tensor)
    var info = ProtocolBuffer()
    info.put(1, name)
    info.put(2, kind)
    info.put(3, words)
    return info
  }

  private static func tensor(
    _ name: String, _ type: ElementType, _ shape: [Int], _ bytes: [UInt8]
  ) -> ProtocolBuffer {
    var tensor = ProtocolBuffer()
    tensor.put(1, packed: shape)
    tensor.put(2, type.rawValue)
    if !name.isEmpty { tensor.put(8, name) }
    tensor.put(9, bytes)
    return tensor
  }

  /// A float as a tensor of one element, for attributes.
  static func scalar(_ value: Float) -> Attribute {
    .tensor(
      bytes: tensor("", .float, [1], withUnsafeBytes(of: value) { Array($0) }).bytes)
  }

  private static func attribute(_ name: String, _ value: Attribute) -> ProtocolBuffer {
    var attribute = ProtocolBuffer()
    attribute.put(1, name)
    switch value {
    case .number(let value):
      attribute.put(2, value)
      attribute.put(20, 1)
    case .integer(let value):
      attribute.put(3, value)
      attribute.put(20, 2)
    case .text(let value):
      attribute.put(4, value)
      attribute.put(20, 3)
    case .tensor(let bytes):
      attribute.put(5, bytes)
      attribute.put(20, 4)
    }
    return attribute
  }
}
