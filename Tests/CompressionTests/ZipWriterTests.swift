import Compression
import Testing

@Suite struct ZipWriterTests {
  @Test func whatIsWrittenIsReadAgain() throws {
    var writer = ZipWriter()
    let large = (0..<70_000).map { UInt8(truncatingIfNeeded: $0 * $0) }
    try writer.add("a.npy", [1, 2, 3])
    try writer.add("b/ä", [])
    try writer.add("large", large)
    let archive = try ZipArchive(writer.bytes, limit: 1 << 20)
    #expect(archive.names == ["a.npy", "b/ä", "large"])
    #expect(try archive.content(of: "a.npy") == [1, 2, 3])
    #expect(try archive.content(of: "b/ä") == [])
    #expect(try archive.content(of: "large") == large)
  }

  @Test func anArchiveWithoutMembersIsOne() throws {
    #expect(try ZipArchive(ZipWriter().bytes, limit: 0).names.isEmpty)
  }

  @Test func theSameMembersGiveTheSameBytes() throws {
    func written() throws -> [UInt8] {
      var writer = ZipWriter()
      try writer.add("one", [7])
      return writer.bytes
    }
    #expect(try written() == written())
  }
}
