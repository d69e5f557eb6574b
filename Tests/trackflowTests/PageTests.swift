import Foundation
import TestSupport
import Testing

/// Pages as a browser sees them; `Tests/readers/` holds what is asked of them.
enum Pages {
  static let canBeOpened: Bool =
    PythonReader.has("playwright") && Program.isInstalled("chromium")

  static let absence: Comment = """
    SKIPPED: no browser to open pages with: apt-get install chromium, and \
    \(PythonReader.has("playwright") ? "" : PythonReader.absence("playwright"))
    """

  /// Expects that a script of `Tests/readers/` finds nothing wrong with a page.
  static func expectSound(_ script: String, _ page: String, _ more: [String] = []) throws {
    let ending = try PythonReader.run(script, [page] + more)
    #expect(ending.code == 0, "\(ending.output)\(ending.errors)")
  }
}

extension Program {
  /// Whether the shell finds a program of that name.
  static func isInstalled(_ name: String) -> Bool {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    return path.split(separator: ":").contains {
      FileManager.default.isExecutableFile(atPath: "\($0)/\(name)")
    }
  }
}

@Suite(.enabled(if: Pages.canBeOpened, Pages.absence)) struct PageTests {
  /// What every report with scored tracks draws.
  static let plotsOfTracks =
    ["What each step loses", "What can be scored after each step"]
    + ["pT", "eta", "hits", "production radius"].map { "Efficiency against \($0)" }
    + ["pT", "eta", "hits", "radius of the first hit"].flatMap {
      ["Fake rate against \($0)", "Duplicate rate against \($0)"]
    }
    + ["Tasks by worker", "Processors in use", "Memory of the workers"]
    + ["Loss", "Area under the ROC curve", "Learning rate"]
    + ["Purity against efficiency", "ROC curve", "Calibration"]

  @Test func theReportOfARunIsSoundInABrowser() throws {
    let study = try SmallStudy()
    let scan = ["--set", "tracks.matrix.threshold=[0.3,0.4]"]
    for (cache, more) in [("cache", []), ("cache", scan)] {
      let ending = try study.run(cache: cache, more)
      #expect(ending.code == 0, "\(ending.errors)")
      try Pages.expectSound(
        "check_report.py", study.folder.appending("\(cache)-run/report.html"),
        ["--plots"] + Self.plotsOfTracks + [
          "Norm of the gradient", "Probability of true and false edges", "Edges by layer pair",
          "Purity and efficiency of edges against the threshold",
        ] + (more.isEmpty ? [] : ["Score against tracks.threshold", "Efficiency and fakes"]))
    }
  }

  /// What a page can have wrong, each with what is said of it.
  static let faults = [
    ("<script>console.error('broken')</script>", "console: broken"),
    ("<script>nothing.at.all</script>", "error: nothing is not defined"),
    ("<img src='http://example.invalid/a.png'>", "request: http://example.invalid/a.png"),
    ("<div style='width: 3000px; height: 1px'></div>", "wider than the screen"),
    ("<a href='#nowhere'>there</a>", "lead somewhere"),
    ("<svg class='plot' aria-label='Empty' width='400' height='300'></svg>", "not drawn"),
  ]

  @Test(arguments: faults) func aPageWithAFaultIsFoundOut(fault: (markup: String, words: String))
    throws
  {
    let folder = try TemporaryFolder()
    let plot = """
      <figure><svg class="plot" aria-label="Loss" width="300" height="200"><path d="M0 0L9 9"/></svg>
      <details class="numbers"><table><thead><tr><th>x</th></tr></thead>
      <tbody><tr><td data-key="1">1</td></tr></tbody></table></details></figure>
      """
    func page(_ body: String) throws -> String {
      try folder.write(
        "<!DOCTYPE html><html><head><meta charset='utf-8'></head><body>\(body)</body></html>",
        to: "page.html")
    }
    let sound = try PythonReader.run("check_report.py", [page(plot), "--plots", "Loss"])
    #expect(sound.code == 0, "\(sound.output)\(sound.errors)")
    let ending = try PythonReader.run("check_report.py", [page(plot + fault.markup)])
    #expect(ending.code != 0)
    #expect((ending.output + ending.errors).contains(fault.words), "\(ending.errors)")
    let missing = try PythonReader.run("check_report.py", [page(plot), "--plots", "Accuracy"])
    #expect(missing.errors.contains("missing: ['Accuracy']"), "\(missing.errors)")
  }
}
