import EventData
import Foundation
import TestSupport
import Testing

struct CSVReadingTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func hits(_ text: String) throws -> HitTable {
    try EventReader.hits(at: folder.write(text, to: "hits.csv"))
  }

  private func failure(_ text: String) throws -> EventDataError {
    try #require(throws: EventDataError.self) { _ = try hits(text) }
  }

  @Test func tablesHoldWhatTheFilesSay() throws {
    let event = try SmallFiles.event(in: folder).read(event: 7, files: Set(EventFile.tables))
    #expect(event.hits.hitID == [1, 2, 4])
    #expect(event.hits.x == [-72.7348, 0.0366146, 100])
    #expect(event.hits.z == [-1502.5, 0, 1302])
    #expect(event.hits.moduleID == [1, 17, 300])
    #expect(event.truth?.particleID == [391_813_169_846_222_848, 0, 4_503_599_644_147_712])
    #expect(event.truth?.tpy == [-0.166165, 1e6, 5])
    #expect(event.truth?.weight == [1.41318e-05, 0, 0.25])
    #expect(event.particles?.charge == [-1, 1])
    #expect(event.particles?.particleType == [])
    #expect(event.cells?.hitID == [1, 1, 4])
    #expect(event.cells?.channel1 == [769, 769, 1232])
  }

  /// Large enough to be read in two halves, with numbers that break the plain rows' pattern around the middle.
  @Test func largeFilesHoldWhatTheyHoldRowByRow() throws {
    var text = "hit_id,x,y,z,volume_id,layer_id,module_id\n"
    var x: [Double] = []
    for row in 1...60_000 {
      let number = row.isMultiple(of: 3) ? "1.\(row)e+07" : "-\(row % 997).\(row % 89)"
      x.append(Double(number)!)
      text += "\(row),\(number),2e+06,\(row).25,8,2,\(row % 300 + 1)\n"
    }
    #expect(text.utf8.count > 2 << 20)
    for _ in 0..<4 {
      let table = try hits(text)
      #expect(table.hitID == (1...60_000).map(Int32.init))
      #expect(table.x == x)
      #expect(table.y.allSatisfy { $0 == 2e6 })
      #expect(table.z == (1...60_000).map { Double($0) + 0.25 })
      #expect(table.moduleID == (1...60_000).map { Int32($0 % 300 + 1) })
    }
    let damaged = text.replacingOccurrences(of: "\n59998,", with: "\n59998,,")
    guard case .malformed(_, let line, _, _, _) = try failure(damaged) else {
      Issue.record("another error")
      return
    }
    #expect(line == 59_999)
  }

  @Test func columnsAreFoundByNameAndOthersPassedOver() throws {
    let table = try hits(
      "note,module_id,z,y,x,layer_id,volume_id,hit_id\nfree text + more,1,2,3,4,5,6,7\n,8,9,1,2,3,4,5\n"
    )
    #expect(table.hitID == [7, 5])
    #expect(table.x == [4, 2])
    #expect(table.moduleID == [1, 8])
  }

  @Test func lineEndsMayBeOfAnyKind() throws {
    let plain = try hits(SmallFiles.hits)
    let crlf = SmallFiles.hits.replacing("\n", with: "\r\n")
    #expect(try hits(crlf) == plain)
    #expect(try hits("\u{FEFF}" + SmallFiles.hits) == plain)
    #expect(try hits(String(SmallFiles.hits.dropLast())) == plain)
    #expect(try hits(String(crlf.dropLast())) == plain)
    #expect(try hits(SmallFiles.hits + "\n\r\n\n") == plain)
    var lines = SmallFiles.hits.split(separator: "\n").map(String.init)
    lines[2] += "\r"
    #expect(try hits(lines.joined(separator: "\n")) == plain)
  }

  @Test(arguments: ["\n", "\r\n"])
  func longFilesAreReadWhole(lineEnd: String) throws {
    // Rows get shorter and longer, so that estimates and blocks are off; some rows are unusual.
    var text = "hit_id,x,y,z,volume_id,layer_id,module_id" + lineEnd
    let count = 30_000
    for row in 1...count {
      let x = row > count / 2 ? "1" : "\(row).000000000000"
      text += "\(row),\(x),\(row % 7 == 0 ? "+" : "")2.5,\(-row),7,2,\(row % 97)\(lineEnd)"
    }
    let table = try hits(text)
    #expect(table.hitID == (1...Int32(count)).map { $0 })
    #expect(table.x == (1...count).map { $0 > count / 2 ? 1 : Double($0) })
    #expect(table.y.allSatisfy { $0 == 2.5 })
    #expect(table.z == (1...count).map { -Double($0) })
  }

  @Test func errorsInLongFilesNameTheirLine() throws {
    var lines = ["hit_id,x,y,z,volume_id,layer_id,module_id"]
    for row in 1...5000 { lines.append("\(row),1.5,2.5,3.5,7,2,1") }
    for line in [2, 3, 1000, 4999, 5001] {
      var damaged = lines
      damaged[line - 1] = "\(line - 1),1.5,2.5,x,7,2,1"
      let error = try failure(damaged.joined(separator: "\n"))
      #expect(
        error
          == .malformed(
            file: folder.appending("hits.csv"), line: line, column: "z", found: "\"x\"",
            expected: "a finite number was expected"))
    }
  }

  @Test func headersThatDoNotFitAreRefused() throws {
    let path = folder.appending("hits.csv")
    #expect(try failure("").description.hasPrefix("\(path):1: the file is empty"))
    #expect(
      try failure("hit_id,x,y,volume_id,layer_id,module_id\n").description
        == "\(path):1: column z: found \"hit_id,x,y,volume_id,layer_id,module_id\"; "
        + "the header lacks this column")
    #expect(
      try failure("hit_id,x,y,z,x,volume_id,layer_id,module_id\n").description
        == "\(path):1: column x: the column is given twice in the header")
    #expect(
      try failure(SmallFiles.hits.replacing("hit_id", with: "\"hit_id\"")).description
        .hasSuffix("quotes are not understood"))
    #expect(
      try failure("hit_id,x,y,z,volume_id,layer_id,module_id\n").description
        == "\(path):2: the file ends after its header; at least one row was expected")
  }

  @Test func rowsThatDoNotFitAreRefused() throws {
    let header = "hit_id,x,y,z,volume_id,layer_id,module_id\n1,1,1,1,7,2,1\n"
    let path = folder.appending("hits.csv")
    #expect(
      try failure(header + "2,1,1,1,7,2\n3,1,1,1,7,2,1\n").description
        == "\(path):3: column module_id: found \"2,1,1,1,7,2\"; "
        + "the row has 6 fields where the header has 7")
    #expect(
      try failure(header + "2,1,1,1,7,2,1,9\n").description
        == "\(path):3: found \"2,1,1,1,7,2,1,9\"; the row has 8 fields where the header has 7")
    #expect(try failure(header + "2,1,1").description.contains(":3: column z: "))
    #expect(try failure(header + "\n2,1,1,1,7,2,1\n").description.contains(":3: the line is blank"))
    #expect(
      try failure(header + "1,5,5,5,7,2,1\n").description
        == "\(path):3: column hit_id: found 1; line 2 has it already; it must be given once")
    #expect(
      try failure(header + "0,5,5,5,7,2,1\n").description
        == "\(path):3: column hit_id: found 0; a number of at least 1 was expected")
    #expect(try failure(header + "-3,5,5,5,7,2,1\n").description.contains("found -3"))
    #expect(try failure(header + "\"2\",5,5,5,7,2,1\n").description.contains("column hit_id"))
  }

  @Test func duplicatesOutOfOrderAreFound() throws {
    let rows = [9, 3, 5, 3].map { "\($0),1,1,1,7,2,1\n" }.joined()
    let error = try failure("hit_id,x,y,z,volume_id,layer_id,module_id\n" + rows)
    #expect(error.description.contains(":5: column hit_id: found 3; line 3 has it already"))
    let path = try folder.write(
      SmallFiles.particles + "391813169846222848,0,0,1,2,3,4,1,3\n", to: "particles.csv")
    let twice = try #require(throws: EventDataError.self) { try EventReader.particles(at: path) }
    #expect(twice.description.contains(":4: column particle_id: found 391813169846222848"))
    let truth = try folder.write(SmallFiles.truth + "4,0,0,0,0,0,0,0,0\n", to: "truth.csv")
    let hit = try #require(throws: EventDataError.self) { try EventReader.truth(at: truth) }
    #expect(hit.description.contains(":5: column hit_id: found 4; line 4 has it already"))
  }

  @Test func emptyTablesAreAllowedWhereTheyMakeSense() throws {
    let submission = try folder.write("event_id,hit_id,track_id\n", to: "submission.csv")
    #expect(try EventReader.submission(at: submission) == SubmissionTable())
    let particles = try folder.write(
      String(SmallFiles.particles.prefix { $0 != "\n" }), to: "particles.csv")
    #expect(try EventReader.particles(at: particles).count == 0)
  }

  @Test func damagedBytesNeverCrashTheReader() throws {
    var random = SeededGenerator(state: 3)
    let interesting: [UInt8] = Array(",\n\r\"-+.e0919\0 \u{7F}".utf8) + [0x80, 0xFF]
    for _ in 0..<3000 {
      var bytes = Array(SmallFiles.truth.utf8)
      for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[place] = interesting.randomElement(using: &random)!
        case 1: bytes.insert(interesting.randomElement(using: &random)!, at: place)
        case 2: bytes.remove(at: place)
        default: bytes.removeLast(bytes.count - max(place, 1))
        }
      }
      let path = folder.appending("truth.csv")
      try Data(bytes).write(to: URL(filePath: path))
      do {
        let table = try EventReader.truth(at: path)
        #expect(table.count > 0 && table.weight.allSatisfy { $0 >= 0 && $0.isFinite })
      } catch let error as EventDataError {
        #expect(error.isAboutContent)
      }
    }
  }
}
