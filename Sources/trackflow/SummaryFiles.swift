import ArgumentParser
import ArtifactStore
import Foundation
import Reporting

/// Further files that a run writes at its end, for other programs and people.
struct SummaryFiles: ParsableArguments {
  @Option(
    help: ArgumentHelp("Write the run's checks as JUnit XML, for CI systems.", valueName: "file"),
    completion: .file(extensions: ["xml"]))
  var junit: String?

  @Option(
    help: ArgumentHelp(
      "Write a summary in Markdown, for chat and pull requests.", valueName: "file"),
    completion: .file(extensions: ["md"]))
  var markdown: String?

  var isEmpty: Bool { junit == nil && markdown == nil }

  /// Writes what is asked for.
  ///
  /// - Parameter page: the run's report.html, which the summary links to.
  func write(_ report: RunReport, page: String?) throws {
    do {
      if let junit {
        try FileSystem.publish(Array(JUnitReport.text(of: report).utf8), to: junit)
      }
      if let markdown {
        let links = MarkdownReport.Links(report: page.map { Self.path(to: $0, from: markdown) })
        try FileSystem.publish(
          Array(MarkdownReport.text(of: report, links: links).utf8), to: markdown)
      }
    } catch {
      throw failing(error, as: .cannotCreate)
    }
  }

  /// The way from a file's folder to another file.
  static func path(to target: String, from file: String) -> String {
    let folder = URL(filePath: file).standardized.deletingLastPathComponent().pathComponents
    let parts = URL(filePath: target).standardized.pathComponents
    let common = zip(folder, parts).prefix { $0 == $1 }.count
    return (Array(repeating: "..", count: folder.count - common) + parts.dropFirst(common))
      .joined(separator: "/")
  }
}
