/// An array of a NumPy file (.npy): element type, shape and elements.
///
/// Versions 1 to 3 of the format, little-endian numbers and truth values, in C or Fortran order;
/// elements come out row-major. Source: `numpy.lib.format`.
public struct NumPyArray: Sendable {
  /// Types of elements by the names that NumPy writes.
  public enum ElementType: String, CaseIterable, Sendable {
    case bool = "|b1"
    case int8 = "|i1"
    case uint8 = "|u1"
    case int16 = "<i2"
    case uint16 = "<u2"
    case int32 = "<i4"
    case uint32 = "<u4"
    case int64 = "<i8"
    case uint64 = "<u8"
    case float32 = "<f4"
    case float64 = "<f8"

    /// Bytes of an element.
    var size: Int { Int(String(rawValue.suffix(1))) ?? 1 }
    public var isFloat: Bool { self == .float32 || self == .float64 }
  }

  public let file: String
  public let name: String
  public let type: ElementType
  /// Lengths of the axes; empty for a single number.
  public let shape: [Int]
  private let isFortranOrder: Bool
  /// The elements as they lie in the file.
  private let bytes: ArraySlice<UInt8>

  /// Reads an .npy file in memory.
  ///
  /// - Parameters:
  ///   - npy: the whole file.
  ///   - file: the archive that it is a member of, for errors.
  ///   - name: its name there, for errors.
  /// - Throws: `EventDataError.array`.
  public init(npy: [UInt8], file: String, name: String) throws {
    func failure(_ message: String) -> EventDataError {
      .array(file: file, name: name, message: message)
    }
    guard npy.count >= 10, npy.starts(with: [0x93] + Array("NUMPY".utf8)) else {
      throw failure("it is not a NumPy array (.npy)")
    }
    guard (1...3).contains(npy[6]) else {
      throw failure("its format has version \(npy[6]); 1 to 3 are understood")
    }
    let textStart = npy[6] == 1 ? 10 : 12
    guard npy.count >= textStart else { throw failure("its header is truncated") }
    let length = npy[8..<textStart].reversed().reduce(0) { $0 << 8 | Int($1) }
    guard length <= 1 << 16, textStart + length <= npy.count else {
      throw failure("its header is truncated")
    }
    let text = String(decoding: npy[textStart..<textStart + length], as: UTF8.self)
    guard let order = text.firstMatch(of: /'fortran_order':\s*(True|False)/)?.1,
      let axes = text.firstMatch(of: /'shape':\s*\(([^)]*)\)/)?.1
    else { throw failure("its header is not understood") }
    guard let typeName = text.firstMatch(of: /'descr':\s*'([^']*)'/)?.1,
      let type = ElementType(rawValue: String(typeName))
    else {
      let found = text.firstMatch(of: /'descr':\s*'([^']*)'/).map { " \($0.1)" } ?? ""
      throw failure(
        "its element type\(found) is not read; expected one of "
          + ElementType.allCases.map(\.rawValue).joined(separator: ", "))
    }
    let words = axes.split(separator: ",").map { $0.filter { $0 != " " } }.filter { !$0.isEmpty }
    let shape = words.compactMap { Int($0) }.filter { $0 >= 0 }
    guard shape.count == words.count else { throw failure("its shape (\(axes)) is not understood") }
    let size = shape.reduce(type.size as Int?) { product, length in
      product.flatMap { factor in
        let (value, overflow) = factor.multipliedReportingOverflow(by: length)
        return overflow ? nil : value
      }
    }
    bytes = npy[(textStart + length)...]
    guard size == bytes.count else {
      throw failure(
        "it holds \(bytes.count) bytes; its shape (\(axes)) of \(type.rawValue) needs "
          + "\(size.map(String.init) ?? "more than there can be")")
    }
    self.file = file
    self.name = name
    self.type = type
    self.shape = shape
    isFortranOrder = order == "True"
  }

  public var count: Int { bytes.count / type.size }

  /// The elements of an array of just that type.
  func elements<Element: BitwiseCopyable>(_ wanted: ElementType) throws -> [Element] {
    guard type == wanted, MemoryLayout<Element>.size == wanted.size else {
      throw EventDataError.array(
        file: file, name: name,
        message: "its element type is \(type.rawValue); \(wanted.rawValue) was expected")
    }
    return elements(Element.self)
  }

  /// Every element as a double; exact but for 64-bit integers beyond 2^53.
  public func doubles() -> [Double] {
    switch type {
    case .float32: elements(Float.self).map(Double.init)
    case .float64: elements(Double.self)
    case .uint64: elements(UInt64.self).map(Double.init)
    default: (try? integers())?.map(Double.init) ?? []
    }
  }

  /// Every element as an integer; true is 1. Numbers beyond 2^63 become 2^63 - 1.
  ///
  /// - Throws: `EventDataError.array` where the elements are no whole numbers by their type.
  public func integers() throws -> [Int64] {
    switch type {
    case .bool, .uint8: return elements(UInt8.self).map(Int64.init)
    case .int8: return elements(Int8.self).map(Int64.init)
    case .int16: return elements(Int16.self).map(Int64.init)
    case .uint16: return elements(UInt16.self).map(Int64.init)
    case .int32: return elements(Int32.self).map(Int64.init)
    case .uint32: return elements(UInt32.self).map(Int64.init)
    case .int64: return elements(Int64.self)
    case .uint64: return elements(UInt64.self).map(Int64.init(clamping:))
    case .float32, .float64:
      throw EventDataError.array(
        file: file, name: name,
        message: "its element type is \(type.rawValue); whole numbers were expected")
    }
  }

  /// The elements in row-major order.
  private func elements<Element: BitwiseCopyable>(_: Element.Type) -> [Element] {
    bytes.withUnsafeBytes { buffer in
      (0..<count).map {
        buffer.loadUnaligned(fromByteOffset: place(of: $0) * type.size, as: Element.self)
      }
    }
  }

  /// Where the element of a row-major index lies in the file.
  private func place(of index: Int) -> Int {
    guard isFortranOrder, shape.count > 1 else { return index }
    var rest = index
    var step = count
    var place = 0
    for length in shape.reversed() {
      step /= length
      place += rest % length * step
      rest /= length
    }
    return place
  }
}
