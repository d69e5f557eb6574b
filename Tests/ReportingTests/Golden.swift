import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Texts kept in `Golden/`; `TRACKFLOW_UPDATE_GOLDEN=1` writes them anew.
enum Golden {
  /// Expects that a text is, byte for byte, what the file of that name holds.
  static func expect(
    _ text: String, is name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Golden").appending(path: name)
    if ProcessInfo.processInfo.environment["TRACKFLOW_UPDATE_GOLDEN"] == "1" {
      try Data(text.utf8).write(to: file)
    }
    let golden = try #require(
      try? String(contentsOf: file, encoding: .utf8),
      "no \(name); set TRACKFLOW_UPDATE_GOLDEN=1 to write it", sourceLocation: sourceLocation)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let goldenLines = golden.split(separator: "\n", omittingEmptySubsequences: false)
    for (number, pair) in zip(lines, goldenLines).enumerated() where pair.0 != pair.1 {
      Issue.record(
        "\(name):\(number + 1) is\n\(pair.0)\nand was\n\(pair.1)", sourceLocation: sourceLocation)
      return
    }
    #expect(lines.count == goldenLines.count, "lines of \(name)", sourceLocation: sourceLocation)
  }
}

/// What an XML parser finds in a text.
struct MarkupContent {
  var elements: [String: Int] = [:]
  /// Every attribute's name, such as `class`.
  var attributes: Set<String> = []
  var text = ""

  /// Reads a text; fails the test if it is not well-formed.
  init(of markup: String) throws {
    let reader = Reader()
    let parser = XMLParser(data: Data(markup.utf8))
    parser.delegate = reader
    let isWellFormed = parser.parse()
    let lines = markup.split(separator: "\n", omittingEmptySubsequences: false)
    let line = lines.indices.contains(parser.lineNumber - 1) ? lines[parser.lineNumber - 1] : ""
    try #require(isWellFormed, "line \(parser.lineNumber) is not well-formed: \(line)")
    self = reader.content
  }

  private init() {}

  private final class Reader: NSObject, XMLParserDelegate {
    var content = MarkupContent()

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
      qualifiedName: String?, attributes: [String: String]
    ) {
      content.elements[name, default: 0] += 1
      content.attributes.formUnion(attributes.keys)
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) { content.text += text }
  }
}
