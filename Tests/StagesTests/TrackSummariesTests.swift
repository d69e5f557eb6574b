import JSONDocument
import Reporting
import Stages
import Testing
import Workflow

@Suite struct TrackSummariesTests {
  private func pair(_ primary: Double, _ secondary: Double) -> JSONValue {
    ["primary": .number(primary), "secondary": .number(secondary)]
  }

  /// A summary as `score-reconstruction` gives it.
  private func summary(event: Int, score: Double, waterfall: Bool = true) -> JSONValue {
    let losses: JSONValue = [
      "noHitOnTrack": pair(0, 0.0625), "tooShort": pair(0, 0), "impure": pair(0, 0),
      "unassigned": pair(0.125, 0), "onOtherTrack": pair(0, 0),
    ]
    return [
      "event": .integer(event), "score": .number(score), "scoreOf": .null, "perfectHits": 1,
      "tracks": 3, "hitsOnTracks": 20, "matchedTracks": 2, "efficiency": 0.5, "fakeRate": .null,
      "duplicateRate": 0, "pT": ["binEdges": [0, 1], "found": [1], "total": [2]], "eta": .null,
      "waterfall": !waterfall
        ? .null
        : [
          "hits": pair(0.75, 0.25), "layerPairs": pair(0.75, 0.25), "candidates": pair(0.75, 0.25),
          "filter": pair(0.75, 0.25), "triplets": pair(score, 0.25),
          "score": pair(score - 0.25, 0.25),
          "losses": losses,
        ],
      "seconds": ["search": 0.5],
    ]
  }

  private func section(_ summaries: [JSONValue]) -> RunReport.Tracks {
    TrackSummaries(summaries).section(
      stage: "tracks", method: "reconstruct-tracks", parameters: ["passes": 2], warning: "; seen")
  }

  @Test func reconstructionsAreReportedWithTheirWaterfall() throws {
    let tracks = section([summary(event: 5, score: 0.5), summary(event: 6, score: 0.75)])
    #expect(tracks.score == 0.625)
    #expect(tracks.scoreUncertainty == 0.125)
    #expect(tracks.scoreOf == "the event; seen")
    #expect(tracks.region == nil)
    // That of the triplets.
    #expect(tracks.ceiling == 0.875)
    #expect(tracks.events.map(\.ceiling) == [0.75, 1])
    #expect(tracks.events[0].tracks == 3 && tracks.events[0].hitsOnTracks == 20)
    #expect(tracks.events[0].efficiency == 0.5 && tracks.events[0].fakeRate == nil)
    #expect(tracks.efficiencyByPT?.found == [2] && tracks.efficiencyByPT?.total == [4])
    #expect(tracks.efficiencyByEta == nil)
    let waterfall = try #require(tracks.waterfall)
    #expect(waterfall.events.map(\.event) == [5, 6])
    #expect(
      waterfall.mean.steps.map(\.name)
        == ["hits", "layerPairs", "candidates", "filter", "triplets", "score"])
    #expect(waterfall.mean.steps[5].sum == 0.625)
    #expect(
      waterfall.mean.losses.map(\.name)
        == ["noHitOnTrack", "tooShort", "impure", "unassigned", "onOtherTrack"])
    #expect(waterfall.mean.losses[3].primary == 0.125)
  }

  @Test func eventsWithoutAWaterfallAreLeftOutOfIt() throws {
    let some = section([
      summary(event: 5, score: 0.5, waterfall: false), summary(event: 6, score: 0.75),
    ])
    #expect(some.waterfall?.events.map(\.event) == [6])
    #expect(some.events.map(\.ceiling) == [nil, 1])
    let none = section([summary(event: 5, score: 0.5, waterfall: false)])
    #expect(none.waterfall == nil && none.ceiling == nil)
  }

  @Test func graphsKeepTheirCeilingAndRegion() {
    let tracks = section([
      [
        "event": 7, "score": 0.5, "scoreOf": "the full event", "ceiling": 0.75,
        "region": ["score": 0.25, "scoreOf": "volume 8", "ceiling": 0.5], "tracks": 1,
        "hitsOnTracks": 3,
      ]
    ])
    #expect(tracks.scoreOf == "the full event; seen")
    #expect(tracks.ceiling == 0.75)
    #expect(tracks.region == RunReport.Region(score: 0.25, scoreOf: "volume 8", ceiling: 0.5))
    #expect(tracks.waterfall == nil)
  }

  @Test func aBuilderIsNamedByItsKindUnlessItBuildsFromAGraph() {
    let whole = TrackMaker(name: "reconstruct-tracks", gives: "reconstructed-tracks")
    #expect(TrackSummaries.method(of: whole, parameters: []) == "reconstruct-tracks")
    #expect(
      TrackSummaries.method(of: whole, parameters: ["method": "cuts"])
        == "reconstruct-tracks, cuts")
    let graph = TrackMaker(name: "build-tracks", gives: "build-tracks")
    #expect(TrackSummaries.method(of: graph, parameters: ["method": "greedy"]) == "greedy")
  }
}

private struct TrackMaker: StageKind {
  let name: String
  let gives: String
  let version = 1
  let summary = ""
  let scope = StageScope.event
  let parameters: [ParameterSpec] = []
  let inputs: [StageInput] = []

  func run(_ task: StageTask) throws -> StageResult { StageResult(summary: .null) }
}
