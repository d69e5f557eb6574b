import Foundation

/// The folder of reference data beside a checkout, where there is one.
public enum SharedData {
  /// `TRACKFLOW_SHARED` if set, else `shared` beside the checkout; nil where it does not exist.
  public static let folder: String? = {
    let checkout = URL(filePath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let beside = checkout.deletingLastPathComponent().appending(path: "shared").path
    let path = ProcessInfo.processInfo.environment["TRACKFLOW_SHARED"] ?? beside
    return FileManager.default.fileExists(atPath: path + "/data") ? path : nil
  }()

  public static var isPresent: Bool { folder != nil }

  /// What a skipped test says.
  public static let absence: String =
    "SKIPPED: no reference data in ../shared (set TRACKFLOW_SHARED to the folder that holds data/)"

  /// The path of a file under the shared folder; the file is promised to exist there.
  public static func path(_ relative: String) -> String { (folder ?? "") + "/" + relative }
}
