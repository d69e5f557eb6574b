import Compression

/// The arrays of a NumPy archive (.npz): a ZIP file with one .npy member an array.
///
/// Source: `numpy.savez`, `numpy.savez_compressed`. Each array is unpacked and checked as it is
/// asked for; every complaint names the file and the array.
public struct NumPyArchive: Sendable {
  public let path: String
  private let zip: ZipArchive

  /// Opens an archive; as with other compressed files there is a limit to what it may unpack to.
  ///
  /// - Throws: `EventDataError.unreadable` or `.compressed`.
  public init(path: String) throws {
    self.path = path
    let bytes = try FileContent(path: path).withBytes { Array($0) }
    let limit = min(FileContent.sizeLimit, 1 << 20 + bytes.count * FileContent.expansionLimit)
    do {
      zip = try ZipArchive(bytes, limit: limit)
    } catch {
      throw EventDataError.compressed(file: path, error)
    }
  }

  /// Names of the arrays, in the file's order.
  public var names: [String] {
    zip.names.compactMap { $0.hasSuffix(".npy") ? String($0.dropLast(4)) : nil }
  }

  /// One array.
  ///
  /// - Throws: `EventDataError.array` where it is missing or is no array, `.compressed` where its
  ///   member of the archive is damaged.
  public func array(_ name: String) throws -> NumPyArray {
    let content: [UInt8]?
    do {
      content = try zip.content(of: name + ".npy")
    } catch {
      throw EventDataError.compressed(file: path, error)
    }
    guard let content else {
      let known = names.isEmpty ? "no arrays" : names.joined(separator: ", ")
      throw EventDataError.array(
        file: path, name: name, message: "it is missing; the file has \(known)")
    }
    return try NumPyArray(npy: content, file: path, name: name)
  }

  /// The elements of arrays of just these types, row-major.
  public func int32(_ name: String) throws -> [Int32] { try array(name).elements(.int32) }
  public func int64(_ name: String) throws -> [Int64] { try array(name).elements(.int64) }
  public func float(_ name: String) throws -> [Float] { try array(name).elements(.float32) }
  public func double(_ name: String) throws -> [Double] { try array(name).elements(.float64) }
  public func uint8(_ name: String) throws -> [UInt8] { try array(name).elements(.uint8) }
}
