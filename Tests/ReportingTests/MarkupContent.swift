import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

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
