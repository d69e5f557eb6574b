import JSONDocument
import Testing

struct JSONDocumentTests {
  private func parse(_ text: String) throws -> JSONDocument {
    try JSONDocument(parsing: Array(text.utf8), file: "a.json")
  }

  private func failure(_ bytes: [UInt8], maximumDepth: Int = 64) throws -> String {
    try #require(throws: JSONError.self) {
      _ = try JSONDocument(parsing: bytes, file: "a.json", maximumDepth: maximumDepth)
    }.description
  }

  @Test func valuesOfEveryKindAreRead() throws {
    let root = try parse(
      #" { "a": [1, -2, 3.5, 1e3, true, false, null], "b": { }, "c": "x" , "d":[ ] } "#
    ).root
    #expect(
      root
        == [
          "a": [1, -2, 3.5, .number(1000), true, false, nil], "b": .object([JSONMember]()),
          "c": "x", "d": [],
        ])
    #expect(try parse("9223372036854775807").root == .integer(.max))
    #expect(try parse("-9223372036854775808").root == .integer(.min))
    #expect(try parse("\u{FEFF}7").root == 7)
  }

  @Test func positionsAreThoseOfTheText() throws {
    let document = try parse("{\n  \"ü\": { \"b\": [10,\n    20] },\n  \"c\": 1\n}")
    #expect(document.position(of: []) == JSONPosition(line: 1, column: 1))
    #expect(document.position(of: ["ü"]) == JSONPosition(line: 2, column: 8))
    #expect(document.position(ofNameAt: ["ü", "b"]) == JSONPosition(line: 2, column: 10))
    #expect(document.position(of: ["ü", "b", "1"]) == JSONPosition(line: 3, column: 5))
    #expect(document.position(of: ["c"]) == JSONPosition(line: 4, column: 8))
    // What is not there is where it should have been.
    #expect(document.position(of: ["ü", "none"]) == JSONPosition(line: 2, column: 8))
  }

  @Test func escapesAreUndone() throws {
    let text = #""\" \\ \/ \b \f \n \r \t \u0041 \u00e9 \ud83d\ude00""#
    #expect(try parse(text).root == "\" \\ / \u{8} \u{C} \n \r \t A é 😀")
  }

  @Test(arguments: [
    ("", "1:1: the file is empty"), ("{", "1:2: a member's name"), ("[1,]", "1:4: a JSON value"),
    ("{\"a\" 1}", "1:6: a colon"), ("{\"a\":1,\n \"a\":2}", "2:2: the name \"a\" is given twice"),
    ("[1 2]", "1:4: a comma or ]"), ("1 2", "1:3: unexpected text"), ("01", "1:1: 01 is not"),
    ("-", "1:1: - is not"), ("1.", "1:1: 1. is not"), ("1e", "1:1: 1e is not"),
    ("9223372036854775808", "1:1: the whole number"), ("1e999", "1:1: the number 1e999 is out"),
    ("\"a", "1:1: the string is not closed"), ("\"\n\"", "1:2: a string may not contain"),
    (#""\x""#, "1:2: unknown escape"), (#""\ud83d""#, "1:8: half a surrogate pair"),
    (#""\ude00""#, "1:8: half a surrogate pair"), (#""\u12g4""#, "1:4: four hexadecimal digits"),
    ("nul", "1:1: a JSON value"), ("NaN", "1:1: a JSON value"), ("+1", "1:1: a JSON value"),
  ])
  func errorsSayWhereAndWhat(text: String, expected: String) throws {
    #expect(try failure(Array(text.utf8)).hasPrefix("a.json:" + expected))
  }

  @Test(arguments: [
    #"{"a": [1, 2.5, {"b": "\u00e4\n", "c": null}], "d": "é", "e": "plain"}"#, #"{"a": 1, "a": 2}"#,
    "{" + (0..<40).map { "\"m\($0)\": \($0)" }.joined(separator: ",") + "}",
    "{" + (0..<40).map { "\"m\($0 % 39)\": \($0)" }.joined(separator: ",") + "}", "\"open", "[1,",
    "\"a\u{7F}\"", "\"line\n\"", String(repeating: "[", count: 70),
  ])
  func aValueWithoutPlacesIsThatOfTheDocument(text: String) {
    let document = Result { () throws(JSONError) in
      try JSONDocument(parsing: Array(text.utf8), file: "text").root
    }
    let value = Result { () throws(JSONError) in try JSONValue(parsing: text, file: "text") }
    #expect(value == document)
  }

  @Test func depthIsBounded() throws {
    let deep = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
    _ = try parse(deep)
    let deeper = [UInt8](repeating: UInt8(ascii: "["), count: 100_000)
    #expect(try failure(deeper) == "a.json:1:65: nested more than 64 levels deep")
    #expect(try failure(Array("[[1]]".utf8), maximumDepth: 2).contains("more than 2 levels"))
  }

  @Test func bytesThatAreNoUTF8AreRefused() throws {
    #expect(try failure([0x22, 0xFF, 0x22]).hasSuffix("the string is not valid UTF-8"))
    #expect(try failure([0x22, 0xED, 0xA0, 0x80, 0x22]).hasSuffix("is not valid UTF-8"))
    #expect(try failure([0xFF, 0xFE, 0x31, 0]).contains("a JSON value was expected"))
  }

  @Test func damagedBytesNeverCrashTheParser() {
    let text = Array(#"{"a": [1, -2.5e3, "é\u00e9"], "b": {"c": null, "d": true}}"#.utf8)
    var state: UInt64 = 1
    func next(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
    for _ in 0..<5000 {
      var bytes = text
      for _ in 0...next(3) { bytes[next(bytes.count)] = UInt8(next(256)) }
      bytes.removeLast(next(2) * next(bytes.count))
      if let document = try? JSONDocument(parsing: bytes, file: "a.json") {
        let again = try? JSONDocument(parsing: Array(document.root.compactText.utf8), file: "b")
        #expect(again?.root.canonicalText == document.root.canonicalText)
      }
    }
  }
}
