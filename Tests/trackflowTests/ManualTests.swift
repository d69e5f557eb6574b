import Foundation
import TestSupport
import Testing

/// The manual page.
@Suite struct ManualTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func page() throws -> String {
    let ending = try Program.run(["manual"], in: folder.path)
    #expect(ending.code == 0 && ending.errors.isEmpty)
    return ending.output
  }

  @Test func thePageIsAsKept() throws { try Golden.expect(try page(), is: "trackflow.1") }

  @Test func everyCommandAndOptionIsOnThePage() throws {
    let page = try page().replacing("\\-", with: "-")
    for command in try CommandTree(in: folder.path).commands where !command.isEmpty {
      let words = (["trackflow"] + command).joined(separator: " ")
      let section = try #require(
        page.components(separatedBy: ".SS \"\(words)\"\n").dropFirst().first
      )
      .components(separatedBy: "\n.SS ")[0]
      let help = try CommandTree.help(command, in: folder.path)
      for option in help.matches(of: /^ +(--[a-z\-]+)/.anchorsMatchLineEndings()) {
        let isOfAll = ["--version", "--help"].contains(option.1)
        #expect(isOfAll || section.contains("\\fB\(option.1)\\fR"), "\(words) \(option.1)")
      }
    }
  }

  @Test func aFolderTakesThePage() throws {
    let ending = try Program.run(["manual", "--out", "man/man1"], in: folder.path)
    #expect(ending.code == 0, "\(ending.errors)")
    let path = folder.appending("man/man1/trackflow.1")
    #expect(try String(contentsOfFile: path, encoding: .utf8) == page())
    _ = try folder.write("a file", to: "file")
    #expect(try Program.run(["manual", "--out", "file/man1"], in: folder.path).code == 73)
  }

  private static let groff = "/usr/bin/groff"

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: groff), "SKIPPED: no groff here"))
  func groffHasNothingToWarnOf() throws {
    let path = try folder.write(try page(), to: "trackflow.1")
    let process = Process()
    process.executableURL = URL(filePath: Self.groff)
    process.arguments = ["-man", "-ww", "-Tutf8", path]
    let (output, errors) = (Pipe(), Pipe())
    (process.standardOutput, process.standardError) = (output, errors)
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    let warnings = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(String(decoding: warnings, as: UTF8.self) == "")
    #expect(text.contains("interrupted: the same command goes on"))
  }

  @Test func thePageAndTheReadmeAgreeOnExitCodes() throws {
    let page = try page().components(separatedBy: ".SH \"EXIT STATUS\"\n").last ?? ""
    let plain = page.replacing("\\-", with: "-").replacing(/\\f[BR]/, with: "`")
    let told = plain.components(separatedBy: ".TP\n").dropFirst().map { entry in
      entry.split(separator: "\n").joined(separator: " ")
    }
    let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "README.md")
    let readme = try String(contentsOf: path, encoding: .utf8)
    let rows = readme.matches(
      of: /^\| (\d+) \| ([^|]+?) \| ?([^|]*?) ?\|$/.anchorsMatchLineEndings())
    let written = rows.map { row in
      "`\(row.1)` \(row.2)" + (row.3.isEmpty ? "" : ": \(row.3)")
    }
    #expect(told.count == 12)
    #expect(told == written)
  }
}
