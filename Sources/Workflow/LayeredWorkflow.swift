import Foundation
import JSONDocument

/// A workflow file over those that it extends, and what `--set` gives over them.
struct LayeredWorkflow {
  /// One of the places in which a part of a workflow may stand.
  enum Layer {
    /// A file, and the folder from which its paths are taken.
    case file(JSONDocument, folder: String)
    case override(WorkflowOverride)
  }

  /// The first file that is extended comes first.
  private(set) var layers: [Layer]
  private var tree: LayeredValue
  /// The whole put together.
  private(set) var root: JSONValue

  /// Puts files together, each over those before it.
  init(files: [(document: JSONDocument, folder: String)]) {
    layers = files.map { .file($0.document, folder: $0.folder) }
    tree = LayeredValue(.object([]), layer: 0)
    for (index, file) in files.enumerated() {
      let value = LayeredValue(file.document.root, layer: index)
      tree = index == 0 ? value : value.merged(over: tree, isFile: true)
    }
    root = tree.json
  }

  /// Puts the value of a `--set` over all.
  mutating func set(_ override: WorkflowOverride, at path: [String]) {
    let value = LayeredValue(override.value, at: path[...], layer: layers.count)
    tree = value.merged(over: tree, isFile: false)
    layers.append(.override(override))
    root = tree.json
  }

  /// What stands at a path, as written.
  func written(at path: [String]) -> JSONValue? {
    path.reduce(root as JSONValue?) { $0?[$1] }
  }

  /// What stands at a path; nil where nothing does, or a null that takes back what another layer might say.
  func value(at path: [String]) -> JSONValue? {
    guard let value = written(at: path) else { return nil }
    // A conditional expression would make null of its nil.
    if value == .null, takesBack(at: path) { return nil }
    return value
  }

  /// Whether null at a path means what holds when nothing is said.
  private func takesBack(at path: [String]) -> Bool {
    switch layer(at: path) {
    case .override: true
    case .file(let document, _): document.root["extends"] != nil
    }
  }

  /// The layer of what stands at a path, or of the nearest value around it.
  func layer(at path: [String]) -> Layer { layers[tree.layer(at: path[...])] }

  /// A complaint about what stands at a path, or is missing there.
  func error(at path: [String], isName: Bool = false, _ message: String) -> WorkflowError {
    switch layer(at: path) {
    case .override(let override): .override(text: override.text, message: message)
    case .file(let document, _):
      .invalid(
        JSONError(
          file: document.file,
          position: isName ? document.position(ofNameAt: path) : document.position(of: path),
          message: message))
    }
  }

  /// A path that stands in the workflow: from the folder of its file, or from that of the command.
  func resolved(_ path: String, at place: [String]) -> String {
    guard !path.hasPrefix("/") else { return path }
    let folder =
      switch layer(at: place) {
      case .file(_, let folder): folder
      case .override: FileManager.default.currentDirectoryPath
      }
    return URL(filePath: folder).appending(path: path).standardized.path
  }
}
