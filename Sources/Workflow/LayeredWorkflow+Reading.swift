import Foundation
import JSONDocument

extension LayeredWorkflow {
  /// Reads a workflow file and those that it extends.
  ///
  /// - Throws: `WorkflowError.unreadable` for the file itself; `invalid` for what it or one that it
  ///   extends says, and for one that can't be read.
  init(path: String) throws(WorkflowError) {
    var files: [(document: JSONDocument, folder: String)] = []
    var chain: [(path: String, identity: String)] = []
    var next: String? = path
    while let path = next {
      chain.append((path, Self.identity(of: path)))
      let document = try Self.document(at: path, named: files.first?.document)
      let folder = URL(filePath: path).deletingLastPathComponent().path
      files.insert((document, folder), at: 0)
      next = try Self.parent(of: document, at: path)
      if let parent = next,
        let first = chain.firstIndex(where: { $0.identity == Self.identity(of: parent) })
      {
        let circle = (chain[first...].map(\.path) + [chain[first].path]).joined(separator: " -> ")
        throw Self.error(in: document, "the files extend each other in a circle: \(circle)")
      }
    }
    self.init(files: files)
  }

  /// - Parameter child: the file that names this one; nil for that of the command.
  private static func document(at path: String, named child: JSONDocument?) throws(WorkflowError)
    -> JSONDocument
  {
    let bytes: Data
    do {
      bytes = try Data(contentsOf: URL(filePath: path))
    } catch {
      let reason = (error as NSError).localizedDescription
      guard let child else { throw .unreadable(path: path, reason: reason) }
      throw Self.error(
        in: child,
        "\(path), which this workflow extends, can't be read: \(reason)"
          + " The path is taken from the folder of this file.")
    }
    let document: JSONDocument
    do {
      document = try JSONDocument(parsing: Array(bytes), file: path)
    } catch {
      throw .invalid(error)
    }
    guard document.root.members != nil else {
      throw .invalid(
        JSONError(
          file: path, position: document.position(of: []),
          message: "an object was expected, not \(document.root.kindName)"))
    }
    return document
  }

  /// The path of the file that a document extends.
  private static func parent(of document: JSONDocument, at path: String) throws(WorkflowError)
    -> String?
  {
    guard let value = document.root["extends"] else { return nil }
    guard let name = value.stringValue, !name.isEmpty, !name.contains("\0") else {
      throw error(
        in: document, "the path of a workflow file was expected, not \(value.compactText)")
    }
    guard !name.hasPrefix("/") else { return name }
    let folder = (path as NSString).deletingLastPathComponent
    return folder.isEmpty ? name : (folder as NSString).appendingPathComponent(name)
  }

  private static func error(in document: JSONDocument, _ message: String) -> WorkflowError {
    .invalid(
      JSONError(
        file: document.file, position: document.position(of: ["extends"]), message: message))
  }

  /// What two paths of one file have in common.
  private static func identity(of path: String) -> String {
    URL(filePath: path).standardizedFileURL.resolvingSymlinksInPath().path
  }
}
