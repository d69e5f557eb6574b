import Foundation
import TestSupport
import Testing

/// The pages of events as a browser sees them: drawn, switched, filtered, picked from.
@Suite(.enabled(if: Pages.canBeOpened, Pages.absence)) struct DisplayBrowserTests {
  private static let hasThree = FileManager.default.fileExists(
    atPath: "/usr/share/javascript/three/build/three.min.js")

  @Test func theDisplayAndTheGalleryOfARunAreSound() throws {
    let study = try SmallStudy()
    let ended = try study.run(cache: "cache", ["--set", "report.gallery=true"])
    #expect(ended.code == 0, "\(ended.errors)")
    let kind = Self.hasThree ? [] : ["--flat"]
    for page in ["displays/event000000014.html", "gallery.html"] {
      try Pages.expectSound(
        "check_display.py", study.folder.appending("cache-run/\(page)"), kind)
    }
    // Where three.js cannot start, the views in two dimensions do.
    _ = try study.folder.write("var THREE = {}, REVISION = '111';", to: "three/build/three.js")
    _ = try study.folder.write("", to: "three/examples/js/controls/OrbitControls.js")
    let flat = try Program.run(
      ["display", "14", "--cache", "cache", "--three", "three", "--out", "flat.html"],
      in: study.folder.path)
    #expect(flat.code == 0, "\(flat.errors)")
    try Pages.expectSound("check_display.py", study.folder.appending("flat.html"), ["--flat"])
  }
}
