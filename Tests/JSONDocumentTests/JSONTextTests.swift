import JSONDocument
import Testing

struct JSONTextTests {
  private func parse(_ text: String) throws -> JSONValue {
    try JSONDocument(parsing: Array(text.utf8), file: "a.json").root
  }

  @Test func canonicalTextForgetsTheOrderOfMention() throws {
    let one = try parse(#"{"b": [1, 2.50], "a": {"z": 1e2, "é": "x"}}"#)
    let other = try parse(#"{ "a": { "é": "\u0078", "z": 100 }, "b": [1.0, 2.5] }"#)
    #expect(one.canonicalText == #"{"a":{"z":100,"é":"x"},"b":[1,2.5]}"#)
    #expect(other.canonicalText == one.canonicalText)
    #expect(try parse("[2,1]").canonicalText != parse("[1,2]").canonicalText)
  }

  @Test func textsReadBack() throws {
    let value: JSONValue = [
      "name": "a \"b\" \\ \n \u{1} \u{7F} \u{2028} 😀",
      "numbers": [0.1, -1e-300, 1e21, .integer(.max)],
      "empty": [[], .object([JSONMember]())], "none": nil, "yes": true,
    ]
    for text in [value.compactText, value.prettyText, value.canonicalText] {
      #expect(try parse(text).canonicalText == value.canonicalText)
    }
    #expect(try parse(value.prettyText) == value)
    #expect(!value.compactText.contains("\n"))
  }

  @Test func prettyTextIsForPeople() {
    let value: JSONValue = ["a": [1, 2], "b": ["c": [["d": 1]]]]
    #expect(
      value.prettyText == """
        {
          "a": [1,2],
          "b": {
            "c": [
              {
                "d": 1
              }
            ]
          }
        }
        """)
  }

  @Test func valuesAreReachedByTheirKind() {
    let value: JSONValue = ["i": 3, "d": 2.5, "s": "x", "l": [1], "n": nil]
    #expect(value["i"]?.intValue == 3)
    #expect(value["i"]?.doubleValue == 3)
    #expect(value["d"]?.intValue == nil)
    #expect(value["s"]?.stringValue == "x")
    #expect(value["l"]?.arrayValue?.count == 1)
    #expect(value["none"] == nil)
    #expect(value["n"] == .some(.null))
    #expect(value.kindName == "an object")
  }
}

struct NearestNameTests {
  @Test(arguments: [
    ("maxDeltaPhi", "maxDeltaPhi"), ("maxdeltaphi", "maxDeltaPhi"), ("maxDletaPhi", "maxDeltaPhi"),
    ("epoch", "epochs"), ("epohcs", "epochs"), ("seeed", "seed"), ("z", "z"),
  ])
  func mistypedNamesAreRecognised(typed: String, meant: String) {
    #expect(nearest(to: typed, among: ["seed", "epochs", "maxDeltaPhi", "z"]) == meant)
  }

  @Test(arguments: ["", "learningRate", "abc", "seedling"])
  func strangersAreNot(typed: String) {
    #expect(nearest(to: typed, among: ["seed", "epochs", "maxDeltaPhi"]) == nil)
    #expect(nearest(to: typed, among: []) == nil)
  }

  @Test func theFirstOfEquallyNearNamesWins() {
    #expect(nearest(to: "tast", among: ["test", "task"]) == "test")
  }
}
