import ArtifactStore
import EventData
import Reporting
import Workflow

extension StudyReport {
  static let galleryName = "gallery.html"

  /// Writes the pages of the first events; an event whose files are gone since has none.
  ///
  /// - Returns: the events with their files, as the run's folder names them.
  func writeDisplays(
    of results: RunResults, most: Int, to folder: String, three: ThreeSource?
  ) throws -> [RunReport.Display] {
    var written: [RunReport.Display] = []
    for event in results.displayEvents.prefix(most) {
      let file = "displays/\(EventFolder.stem(of: event)).html"
      let display: EventDisplay
      do {
        display = try StudyDisplay(results, event: event).display()
      } catch is InputRefused {
        continue
      }
      let page = DisplayPage(display, source: results.sourceWords, three: three)
      try FileSystem.publish(Array(page.text.utf8), to: "\(folder)/\(file)")
      written.append(RunReport.Display(event: event, file: file))
    }
    return written
  }

  /// Writes the figures of the first event that has a graph; says whether there is one.
  func writeGallery(
    of results: RunResults, to folder: String, three: ThreeSource?
  ) throws -> Bool {
    for event in results.displayEvents {
      guard let gallery = try StudyGallery(results, event: event) else { continue }
      let page = try gallery.page(three: three)
      try FileSystem.publish(Array(page.text.utf8), to: "\(folder)/\(Self.galleryName)")
      return true
    }
    return false
  }
}
