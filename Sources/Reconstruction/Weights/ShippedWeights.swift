import CReconstructionWeights
import JSONDocument

/// The trained sets that are part of the program.
public enum ShippedWeights {
  /// In the order in which they are tried where none is asked for.
  public static var names: [String] {
    (0..<tfw_set_count).map { String(cString: tfw_set_at($0).name) }
  }

  /// The set of a name; nil where there is none.
  public static func named(_ name: String) throws(WeightsError) -> ReconstructionWeights? {
    guard let index = names.firstIndex(of: name) else { return nil }
    let found = tfw_set_at(index)
    return try ReconstructionWeights(
      UnsafeBufferPointer(start: found.bytes, count: found.count), file: name)
  }

  /// A shipped set by its name, or a file by its path.
  ///
  /// - Throws: `WeightsError`.
  public static func load(_ nameOrPath: String) throws(WeightsError) -> ReconstructionWeights {
    if let set = try named(nameOrPath) { return set }
    guard nameOrPath.contains("/") || nameOrPath.contains(".") else {
      throw .unknownSet(
        name: nameOrPath, known: names, nearest: nearest(to: nameOrPath, among: names))
    }
    return try ReconstructionWeights(contentsOf: nameOrPath)
  }
}
