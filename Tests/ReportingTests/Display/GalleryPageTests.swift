import Reporting
import Testing

@Suite struct GalleryPageTests {
  private let gallery = GalleryPage(
    SampleDisplay.display, source: "run a of the workflow b",
    figures: [
      GalleryPage.Figure(
        title: "The graph", caption: "3 true edges and 1 false edge.",
        content: .layers(["hits", "edges.0.false", "edges.0.true"])),
      GalleryPage.Figure(
        title: "Probabilities", caption: "Of 4 edges.",
        content: .histogram(
          HistogramPlot(
            title: "Probabilities", horizontalLabel: "probability", verticalLabel: "edges",
            binEdges: [0, 0.5, 1],
            series: [HistogramPlot.Series(name: "true edges", counts: [0, 3])]))),
    ], three: nil)

  @Test func everyFigureHasItsTitleCaptionAndViews() throws {
    let content = try MarkupContent(of: gallery.text)
    #expect(content.elements["section"] == 2)
    #expect(content.elements["canvas"] == 3)
    #expect(content.elements["svg"] == 1)
    #expect(content.text.contains("1. The graph") && content.text.contains("2. Probabilities"))
    #expect(content.text.contains("3 true edges and 1 false edge."))
    #expect(gallery.text.contains("data-layers=\"hits edges.0.false edges.0.true\""))
    #expect(!gallery.text.contains("://"))
    #expect(try PageColumns(of: gallery.text).has("edges.0.from"))
  }

  @Test func pageIsTheSameEveryTime() { #expect(gallery.text == gallery.text) }
}
