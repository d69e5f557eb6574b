import Foundation
import Reporting
import TestSupport
import Testing

@Suite struct ThreeSourceTests {
  /// A folder laid out as Debian's package is, with texts of our own in the place of three.js.
  private func folder(core: String, controls: String? = "THREE.OrbitControls = 1;") throws
    -> TemporaryFolder
  {
    let folder = try TemporaryFolder()
    _ = try folder.write(core, to: "build/three.min.js")
    if let controls {
      _ = try folder.write(controls, to: "examples/js/controls/OrbitControls.js")
    }
    return folder
  }

  @Test func isPutIntoThePageWithNothingThatEndsItsElement() throws {
    let folder = try folder(core: #"var REVISION="111"; var a = "</script><!--";"#)
    let three = try ThreeSource(folder: folder.path)
    #expect(three.release == "111")
    let page = DisplayPage(SampleDisplay.display, source: "", three: three).text
    #expect(page.contains(#"var a = "<\/script><\!--";"#))
    #expect(page.contains("THREE.OrbitControls = 1;"))
    // Description, data, three.js, its controls, and our own.
    #expect(page.components(separatedBy: "<script").count == 6)
    #expect(page.components(separatedBy: "</script>").count == 6)
  }

  @Test func aFolderWithoutItSaysWhatIsMissing() throws {
    let empty = try TemporaryFolder()
    #expect(
      throws: DisplayError.noThree(folder: empty.path, missing: "build/three.min.js")
    ) { try ThreeSource(folder: empty.path) }
    let bare = try folder(core: #"REVISION="111""#, controls: nil)
    #expect(
      throws: DisplayError.noThree(
        folder: bare.path, missing: "examples/js/controls/OrbitControls.js")
    ) { try ThreeSource(folder: bare.path) }
  }

  @Test func modulesAndOtherReleasesAreRefused() throws {
    let modules = try TemporaryFolder()
    _ = try modules.write("export const REVISION = '160';", to: "build/three.module.js")
    #expect(throws: DisplayError.onlyModules(folder: modules.path)) {
      try ThreeSource(folder: modules.path)
    }
    for (text, release) in [(#"const REVISION = "160";"#, "160"), ("nothing", "?")] {
      let other = try folder(core: text)
      #expect(
        throws: DisplayError.otherRelease(
          path: "\(other.path)/build/three.min.js", release: release)
      ) { try ThreeSource(folder: other.path) }
    }
  }

  @Test func withoutItThePageSaysSo() throws {
    let page = DisplayPage(SampleDisplay.display, source: "", three: nil).text
    let content = try MarkupContent(of: page)
    #expect(content.attributes.contains("data-no-three"))
    #expect(page.contains("install it (Debian&#39;s package libjs-three)"))
  }
}
