/// Why a display cannot be made as it was asked for.
public enum DisplayError: Error, Equatable, CustomStringConvertible {
  /// The folder holds no three.js that pages can take in.
  case noThree(folder: String, missing: String)
  /// The folder holds three.js as modules only, which a page that is opened from a file cannot load.
  case onlyModules(folder: String)
  /// A file of three.js cannot be read.
  case unreadable(path: String)
  /// The release of three.js is not one that the pages are written for.
  case otherRelease(path: String, release: String)

  public var description: String {
    switch self {
    case .noThree(let folder, let missing):
      "\(folder) has no \(missing); a folder of three.js laid out as Debian's package libjs-three has it was"
        + " expected: build/three.min.js and examples/js/controls/OrbitControls.js"
    case .onlyModules(let folder):
      "\(folder) holds three.js as modules only, which a page opened from a file cannot load; a release from"
        + " r111 to r147 was expected, such as Debian's package libjs-three"
    case .unreadable(let path): "\(path) cannot be read as text"
    case .otherRelease(let path, let release):
      "\(path) is three.js r\(release); a release from r111 to r147 was expected"
    }
  }
}
