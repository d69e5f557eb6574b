import Foundation

/// The artifacts of a cache folder, as they lie there.
enum CacheObjects {
  /// Each file's name and bytes.
  static func all(in cache: String) throws -> [String: Data] {
    var found: [String: Data] = [:]
    for name in names(in: cache) {
      found[name] = try Data(contentsOf: URL(filePath: "\(cache)/objects/\(name)"))
    }
    return found
  }

  /// Their names, of files that are whole.
  static func names(in cache: String) -> [String] {
    files(in: cache).filter { $0.hasSuffix(".tfz") }
  }

  /// What was left half-written.
  static func partial(in cache: String) -> [String] {
    files(in: cache).filter { $0.contains(".partial-") }
  }

  private static func files(in cache: String) -> [String] {
    let names = FileManager.default.enumerator(atPath: "\(cache)/objects")
    var found: [String] = []
    while let name = names?.nextObject() as? String { found.append(name) }
    return found
  }
}
