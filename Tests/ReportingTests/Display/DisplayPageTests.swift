import Foundation
import JSONDocument
import Reporting
import TestSupport
import Testing

@Suite struct DisplayPageTests {
  private func page(_ display: EventDisplay = SampleDisplay.display) -> String {
    DisplayPage(display, source: "run a of the workflow b", three: nil).text
  }

  @Test func placesAreOffByHalfAGrainAtMost() throws {
    let columns = try PageColumns(of: page())
    let grain = try #require(columns.description["grain"]?.doubleValue)
    #expect(grain == 0.01)
    let hits = SampleDisplay.display.hits
    for (name, values) in [("x", hits.x), ("y", hits.y), ("z", hits.z)] {
      for (steps, value) in zip(try columns.integers("hits.\(name)"), values) {
        #expect(abs(Double(steps) * grain - value) <= grain / 2 + 1e-9)
      }
    }
    #expect(try columns.integers("hits.id") == hits.hitID.map(Int.init))
    #expect(try columns.integers("hits.layer") == hits.layer.map(Int.init))
  }

  @Test func aPlaceThatIsNoNumberIsPutAtTheMiddle() throws {
    var display = SampleDisplay.display
    display.hits.x[0] = .nan
    display.hits.y[0] = .infinity
    let columns = try PageColumns(of: page(display))
    #expect(try columns.integers("hits.x")[0] == 0)
    #expect(try columns.integers("hits.y")[0] == 0)
  }

  @Test func particlesKeepTheirLongNumbersAndTheOrderAlongTheirWay() throws {
    let columns = try PageColumns(of: page())
    let low = try columns.integers("particles.low")
    let high = try columns.integers("particles.high")
    #expect(zip(low, high).map { $1 << 32 | $0 } == [4_503_668_346_847_232, 7])
    #expect(try columns.floats("particles.pT") == [1.5, 0.3])
    #expect(try columns.integers("particles.length") == [3, 2])
    #expect(try columns.integers("particles.hit") == [0, 1, 2, 3, 4])
  }

  @Test func trueEdgesComeFirst() throws {
    let columns = try PageColumns(of: page())
    #expect(columns.description["edges"]?.arrayValue?.first?["trueCount"]?.intValue == 3)
    let from = try columns.integers("edges.0.from")
    let to = zip(from, try columns.integers("edges.0.span")).map(+)
    #expect(from == [0, 1, 3, 0])
    #expect(to == [1, 2, 4, 4])
    #expect(try columns.integers("edges.0.probability") == [229, 191, 255, 63])
  }

  @Test func tracksKeepHitsScoreAndMajorityParticle() throws {
    let columns = try PageColumns(of: page())
    #expect(try columns.integers("tracks.0.id") == [1, 4])
    #expect(try columns.integers("tracks.0.hit") == [0, 1, 2, 3, 5])
    #expect(try columns.floats("tracks.0.score") == [3.5, -1])
    #expect(try columns.integers("tracks.0.particle") == [0, -1])
    #expect(try columns.integers("tracks.0.counts") == [1, 0])
    #expect(try columns.floats("tracks.0.weight") == [0.25, 0])
  }

  @Test func withoutTruthThereAreHitsEdgesAndTracksAlone() throws {
    let text = page(SampleDisplay.withoutTruth)
    let columns = try PageColumns(of: text)
    #expect(columns.description["hasTruth"]?.boolValue == false)
    #expect(!columns.has("particles.low") && !columns.has("tracks.0.particle"))
    #expect(!text.contains("data-layer=\"particles\"") && !text.contains("data-filter=\"pT-low\""))
    #expect(text.contains("data-layer=\"edges.0\"") && text.contains("data-layer=\"tracks.0\""))
  }

  @Test func everyLayerHasALabelledSwitch() throws {
    let text = page()
    for id in ["detector", "hits", "particles", "tracks.0", "edges.0.true", "edges.0.false"] {
      #expect(
        text.contains("<label class=\"switch\"><input type=\"checkbox\" data-layer=\"\(id)\""))
    }
    #expect(text.contains("6 hits, 2 particles, 2 tracks of stage tracks"))
  }

  @Test func pageIsWellFormedAndNeedsNothingElse() throws {
    for display in [SampleDisplay.display, SampleDisplay.withoutTruth] {
      let text = page(display)
      let content = try MarkupContent(of: text)
      #expect(content.elements["canvas"] == 3)
      for element in ["link", "img", "iframe", "object"] {
        #expect(content.elements[element] == nil)
      }
      #expect(content.attributes.isDisjoint(with: ["src", "srcset", "data", "href"]))
      #expect(!text.contains("://") && !text.contains("url(") && !text.contains("@import"))
    }
  }

  @Test func pageIsTheSameEveryTime() { #expect(page() == page()) }

  @Test(arguments: [
    "</script><script>alert(1)</script>", "\"><b>", "<!--", "]]>", "\u{202E}", "{{x}}",
  ])
  func namesFromOutsideStayText(hostile: String) throws {
    var display = SampleDisplay.display
    display.tracks[0].stage = hostile
    display.tracks[0].words = hostile
    display.edges[0].stage = hostile
    display.layers[0].name = hostile
    let text = DisplayPage(display, source: hostile, three: nil).text
    let content = try MarkupContent(of: text)
    let plain = try MarkupContent(of: page())
    #expect(content.elements == plain.elements)
    #expect(content.attributes == plain.attributes)
    #expect(try PageColumns(of: text).description["tracks"]?.arrayValue?.count == 1)
  }

  @Test func aPartOfAnEventNamesItsOwnHits() {
    let part = SampleDisplay.display.part(of: [1, 2, 4])
    #expect(part.hits.hitID == [12, 13, 15])
    #expect(part.edges[0].from == [0])
    #expect(part.edges[0].to == [1])
    #expect(part.edges[0].probability == [0.75])
    #expect(part.tracks[0].tracks.map(\.hits) == [[0, 1], []])
    #expect(part.particles?.map(\.hits) == [[0, 1], [2]])
    #expect(part.layers.map(\.name) == ["8/4", "9/2"])
    #expect(part.hits.layer == [0, 1, 0])
  }
}
