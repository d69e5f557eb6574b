import Foundation

/// The text of three.js, taken from where a system has it, to be put into pages; no copy of it is part of this
/// program.
public struct ThreeSource: Sendable, Equatable {
  /// Where Debian's package libjs-three puts it.
  public static let debianFolder = "/usr/share/javascript/three"

  /// Such as "111".
  public let release: String
  let core: String
  let controls: String

  /// The releases that have what the pages call, in files that are no modules.
  private static let releases = 111...147

  /// Takes it from a folder.
  public init(folder: String) throws(DisplayError) {
    let names = ["build/three.min.js", "build/three.js", "three.min.js", "three.js"]
    guard let name = names.first(where: { Self.isFile("\(folder)/\($0)") }) else {
      let modules = ["build/three.module.js", "build/three.module.min.js", "three.module.js"]
      if modules.contains(where: { Self.isFile("\(folder)/\($0)") }) {
        throw .onlyModules(folder: folder)
      }
      throw .noThree(folder: folder, missing: names[0])
    }
    let controlsName = "examples/js/controls/OrbitControls.js"
    guard Self.isFile("\(folder)/\(controlsName)") else {
      throw .noThree(folder: folder, missing: controlsName)
    }
    core = try Self.text(of: "\(folder)/\(name)")
    controls = try Self.text(of: "\(folder)/\(controlsName)")
    release = Self.release(of: core)
    guard let number = Int(release), Self.releases.contains(number) else {
      throw .otherRelease(path: "\(folder)/\(name)", release: release)
    }
  }

  /// As this system has it; nil where it does not.
  public static func ofSystem() -> ThreeSource? { try? ThreeSource(folder: debianFolder) }

  private static func isFile(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && !isFolder.boolValue
  }

  private static func text(of path: String) throws(DisplayError) -> String {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
      throw .unreadable(path: path)
    }
    return text
  }

  /// What it says of itself, as in `REVISION="111"`.
  private static func release(of core: String) -> String {
    guard let match = core.firstMatch(of: /REVISION\s*=\s*["']([0-9A-Za-z.]+)["']/) else {
      return "?"
    }
    return String(match.1)
  }
}
