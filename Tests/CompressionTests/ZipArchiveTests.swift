import Compression
import TestSupport
import Testing

@Suite struct ZipArchiveTests {
  static let members: [(name: String, content: [UInt8])] = [
    ("a", Array("stored text".utf8)), ("empty", []),
    ("b", (0..<20_000).map { UInt8($0 / 100 % 7) }),
  ]

  @Test(arguments: [false, true])
  func membersComeOutAsTheyWentIn(isDeflated: Bool) throws {
    let archive = try ZipArchive(
      NumPyFile.zip(Self.members, isDeflated: isDeflated), limit: 1 << 20)
    #expect(archive.names == ["a", "empty", "b"])
    for (name, content) in Self.members { #expect(try archive.content(of: name) == content) }
    #expect(try archive.content(of: "c") == nil)
  }

  @Test func theChecksumIsThatOfTheStandard() {
    let digits = Array("123456789".utf8)
    #expect(digits.withUnsafeBytes { CRC32.checksum(of: $0) } == 0xCBF4_3926)
  }

  @Test func everyTruncationIsRefused() throws {
    let file = try NumPyFile.zip(Self.members.dropLast())
    for size in 0..<file.count {
      #expect(throws: CompressionError.self) {
        try ZipArchive(Array(file[..<size]), limit: 1 << 20)
      }
    }
  }

  @Test(arguments: [false, true])
  func everyFlippedByteIsRefusedOrLeavesTheContent(isDeflated: Bool) throws {
    let file = try NumPyFile.zip(
      [("a", Array("some text, some text".utf8))], isDeflated: isDeflated)
    for place in file.indices {
      var damaged = file
      damaged[place] ^= 0x41
      do {
        let archive = try ZipArchive(damaged, limit: 1 << 20)
        let content = try archive.content(of: "a")
        #expect(content == nil || content == Array("some text, some text".utf8), "byte \(place)")
      } catch {
        // Refused.
      }
    }
  }

  @Test func whatUnpacksToMoreThanTheLimitIsRefused() throws {
    let file = try NumPyFile.zip(
      [("zeros", [UInt8](repeating: 0, count: 1 << 20))], isDeflated: true)
    #expect(throws: CompressionError.tooLarge(limit: 1 << 19)) {
      try ZipArchive(file, limit: 1 << 19)
    }
    // A member that announces less than it holds stops there.
    var lying = file
    let entry = try #require(lying.indices.first { lying[$0...].starts(with: [0x50, 0x4B, 1, 2]) })
    lying.replaceSubrange(entry + 24..<entry + 28, with: [16, 0, 0, 0])
    let archive = try ZipArchive(lying, limit: 1 << 19)
    let error = #expect(throws: CompressionError.self) { try archive.content(of: "zeros") }
    #expect(try #require(error).description.contains("member zeros"))
  }

  static let forms: [(String, Int, [UInt8])] = [
    ("ZIP64", 20, [0xFF, 0xFF, 0xFF, 0xFF]), ("ZIP64", 24, [0xFF, 0xFF, 0xFF, 0xFF]),
    ("ZIP64", 42, [0xFF, 0xFF, 0xFF, 0xFF]), ("encrypted", 8, [1, 0]),
    ("compressed by method 12", 10, [12, 0]), ("header is not where", 42, [2, 0, 0, 0]),
    ("size is wrong", 20, [0xFE, 0xFF, 0xFF, 0x7F]),
  ]

  @Test(arguments: forms)
  func formsThatAreNotReadAreNamed(words: String, place: Int, bytes: [UInt8]) throws {
    var file = try NumPyFile.zip(Self.members)
    let entry = try #require(file.indices.first { file[$0...].starts(with: [0x50, 0x4B, 1, 2]) })
    file.replaceSubrange(entry + place..<entry + place + bytes.count, with: bytes)
    let error = #expect(throws: CompressionError.self) { try ZipArchive(file, limit: 1 << 20) }
    #expect(try #require(error).description.contains(words))
  }

  @Test func twoMembersOfOneNameAreRefused() throws {
    let file = try NumPyFile.zip([("a", [1]), ("a", [2])])
    #expect(throws: CompressionError.damaged("two members have the name a")) {
      try ZipArchive(file, limit: 1 << 20)
    }
  }
}
