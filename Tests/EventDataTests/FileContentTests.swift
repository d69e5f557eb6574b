import Compression
import EventData
import Foundation
import TestSupport
import Testing

struct FileContentTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func write(_ bytes: [UInt8], to name: String) throws -> String {
    let path = folder.appending(name)
    try Data(bytes).write(to: URL(filePath: path))
    return path
  }

  private func zstandard(_ text: String) throws -> [UInt8] {
    try Array(text.utf8).withUnsafeBytes { try Zstandard.compress($0) }
  }

  private func failure(_ path: String) throws -> EventDataError {
    try #require(throws: EventDataError.self) { _ = try EventReader.hits(at: path) }
  }

  @Test func compressedFilesGiveTheSameTable() throws {
    let plain = try EventReader.hits(at: folder.write(SmallFiles.hits, to: "hits.csv"))
    let packed = try zstandard(SmallFiles.hits)
    #expect(try EventReader.hits(at: write(packed, to: "hits.csv.zst")) == plain)
    #expect(try EventReader.hits(at: write(packed, to: "nameless")) == plain)
    #expect(try EventReader.hits(at: write(packed + packed.prefix(0), to: "a.csv")) == plain)
    #expect(try EventReader.hits(at: gzip(SmallFiles.hits)) == plain)
  }

  @Test func damagedCompressedFilesAreRefused() throws {
    let packed = try zstandard(SmallFiles.hits)
    let gzipped = try Array(Data(contentsOf: URL(filePath: gzip(SmallFiles.hits))))
    for (bytes, name) in [(packed, "hits.csv.zst"), (gzipped, "hits.csv.gz")] {
      for length in [5, bytes.count / 2, bytes.count - 1] {
        let error = try failure(write(Array(bytes.prefix(length)), to: name))
        guard case .compressed(let file, .damaged) = error else {
          Issue.record("\(error)")
          continue
        }
        #expect(file.hasSuffix(name))
        #expect(error.isAboutContent)
      }
      var flipped = bytes
      flipped[bytes.count / 2] ^= 0x10
      #expect(try failure(write(flipped, to: name)).isAboutContent)
    }
    let error = try failure(folder.write(SmallFiles.hits, to: "hits.csv.zst"))
    #expect(error.description.hasSuffix("damaged compressed data: it is not a Zstandard file"))
  }

  @Test func bombsAreRefused() throws {
    let zeros = [UInt8](repeating: 0x30, count: 64 << 20)
    let packed = try zeros.withUnsafeBytes { try Zstandard.compress($0) }
    let error = try failure(write(packed, to: "hits.csv.zst"))
    guard case .compressed(_, .tooLarge) = error else {
      Issue.record("\(error)")
      return
    }
  }

  @Test func filesThatCannotBeReadAreTold() throws {
    #expect(
      try failure(folder.appending("none.csv")).description.hasSuffix("No such file or directory"))
    #expect(try failure(folder.path).description.hasSuffix("it is a folder, not a file"))
    #expect(try failure("/dev/null").description.hasSuffix("it is not a regular file"))
    #expect(try failure("a\u{0}b").description.hasSuffix("holds a NUL character"))
    let isContent = try failure(folder.appending("none.csv")).isAboutContent
    #expect(!isContent)
    if geteuid() != 0 {
      let path = try folder.write(SmallFiles.hits, to: "closed.csv")
      chmod(path, 0)
      #expect(try failure(path).description.hasSuffix("Permission denied"))
    }
  }

  @Test func digestsAreThoseOfTheBytes() throws {
    let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    #expect(FileDigest.sha256(of: []) == empty)
    #expect(try FileDigest.sha256(ofFile: write([], to: "empty")) == empty)
    let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    #expect(try FileDigest.sha256(ofFile: folder.write("abc", to: "abc")) == abc)
    let long = (0..<3_000_001).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    #expect(try FileDigest.sha256(ofFile: write(long, to: "long")) == FileDigest.sha256(of: long))
    #expect(throws: EventDataError.self) { try FileDigest.sha256(ofFile: "/nowhere/at/all") }
  }

  /// A gzip file that the system's gzip made.
  private func gzip(_ text: String) throws -> String {
    let plain = try folder.write(text, to: "packed.csv")
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["gzip", "-kf", plain]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return plain + ".gz"
  }
}
