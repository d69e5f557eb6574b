import EventData
import Foundation
import TestSupport
import Testing

struct NumberReadingTests {
  /// Reads texts as the x of hits, a row each, with the given line ends.
  private func read(_ numbers: [String], lineEnd: String = "\n") throws -> [Double] {
    let folder = try TemporaryFolder()
    var lines = ["hit_id,x,y,z,volume_id,layer_id,module_id"]
    for (row, number) in numbers.enumerated() { lines.append("\(row + 1),\(number),0,0,7,2,1") }
    let path = try folder.write(
      lines.joined(separator: lineEnd) + lineEnd, to: "event000000001-hits.csv")
    return try EventReader.hits(at: path).x
  }

  @Test(arguments: ["\n", "\r\n"])
  func everyDoubleIsTheOneThatTheSystemReads(lineEnd: String) throws {
    var random = SeededGenerator(state: 42)
    let numbers = (0..<60_000).map { _ in SmallFiles.randomNumber(&random) }
    let finite = numbers.filter { strtod($0, nil).isFinite }
    let values = try read(finite, lineEnd: lineEnd)
    #expect(values.count == finite.count)
    for (text, value) in zip(finite, values) where value.bitPattern != strtod(text, nil).bitPattern
    {
      Issue.record("\(text) was read as \(value)")
    }
  }

  @Test func roundingIsExactWhereItIsHard() throws {
    let texts = [
      "9007199254740993", "9007199254740992.5", "0.1", "1e22", "1e23", "8.5e-324", "5e-324",
      "2.2250738585072011e-308", "1.7976931348623157e308", "123456789012345678901234567890",
      "0.00000000000000000000000000000000000001", "-0", "-0.0", "5.", ".5", "-.25", "+1.5",
      "1E5", "00012.50", "4.35", "0.000001", "1e-400",
    ]
    let values = try read(texts)
    for (text, value) in zip(texts, values) {
      #expect(value.bitPattern == strtod(text, nil).bitPattern, "\(text)")
    }
  }

  @Test(arguments: [
    "", "-", ".", "-.", "abc", "nan", "inf", "-inf", "1e999", "0x10", "1.2.3", "1-2", "--1", "1e",
    "1e+",
    " 1", "1 ", "\"1\"", "1\u{0}", "1e5e5", "12345678x", "١",
  ])
  func whatIsNoFiniteNumberIsRefused(text: String) throws {
    let error = try #require(throws: EventDataError.self) { _ = try read(["1", text, "2"]) }
    guard case .malformed(_, let line, let column, let found, let expected) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(line == 3)
    #expect(column == "x")
    #expect(found != nil)
    #expect(expected == "a finite number was expected")
    #expect(error.isAboutContent)
  }

  @Test func wholeNumbersKeepAllTheirDigits() throws {
    let folder = try TemporaryFolder()
    let ids: [Int64] = [
      0, 1, -1, 12_345_678, 123_456_789, -123_456_789_012_345, 999_999_999_999_999_999,
      1_000_000_000_000_000_000, .max, .min,
    ]
    let rows = ids.enumerated().map { "\($0 + 1),\($1)\n" }.joined()
    let path = try folder.write("hit_id,track_id\n" + rows, to: "submission.csv")
    #expect(try EventReader.submission(at: path).trackID == ids)
  }

  @Test(arguments: [
    ("track_id", "9223372036854775808", "64"), ("track_id", "1.0", "64"), ("track_id", "", "64"),
    ("hit_id", "2147483648", "32"), ("hit_id", "99999999999999999999999", "32"),
    ("hit_id", "1e3", "32"), ("hit_id", "1_0", "32"),
  ])
  func wholeNumbersThatDoNotFitAreRefused(column: String, text: String, bits: String) throws {
    let folder = try TemporaryFolder()
    let row = column == "hit_id" ? "\(text),1" : "1,\(text)"
    let path = try folder.write("hit_id,track_id\n5,5\n\(row)\n", to: "submission.csv")
    let error = try #require(throws: EventDataError.self) {
      try EventReader.submission(at: path)
    }
    #expect(
      error
        == .malformed(
          file: path, line: 3, column: column, found: "\"\(text)\"",
          expected: "a whole number that fits in \(bits) bits was expected"))
  }
}
