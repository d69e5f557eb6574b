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
      "duplicateRate": 0, "hits": 30,
      "rates": [
        "efficiency": [
          "pT": ["binEdges": [0, 1], "found": [1], "total": [2], "unknown": 3], "eta": .null,
          "radius": ["binEdges": [0, 1], "found": [0], "total": [0], "unknown": 5],
        ],
        "fakeRate": ["hits": ["binEdges": [2.5, 3.5], "found": [1], "total": [4], "unknown": 0]],
      ],
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
    #expect(tracks.events[0].hits == 30 && tracks.events[0].matchedTracks == 2)
    let byPT = try #require(tracks.efficiency.pT)
    #expect(byPT.found == [2] && byPT.total == [4] && byPT.unknown == 6 && byPT.unit == "GeV")
    // What no event knows is not there.
    #expect(tracks.efficiency.eta == nil && tracks.efficiency.radius == nil)
    #expect(tracks.fakes.hits?.total == [8] && tracks.duplicates == RunReport.BinnedRates())
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

  @Test func waterfallsOfGraphsHaveTheStepsThatAllEventsHave() throws {
    func summary(_ event: Int, _ steps: KeyValuePairs<String, Double>, _ secondary: JSONValue)
      -> JSONValue
    {
      let members = steps.map { name, sum in
        JSONMember(name: name, value: ["sum": .number(sum), "secondary": secondary])
      }
      return ["event": .integer(event), "ceiling": 0.5, "waterfall": .object(members)]
    }
    let one = summary(
      5, ["hits": 1, "selection": 0.75, "edges": 0.5, "classifier": 0.5, "score": 0.25], 0.125)
    let two = summary(6, ["hits": 1, "selection": 0.5, "edges": 0.5, "score": 0.5], 0.25)
    let both = try #require(section([one, two]).waterfall)
    #expect(both.mean.steps.map(\.name) == ["hits", "selection", "edges", "score"])
    #expect(both.mean.steps.map(\.sum) == [1, 0.625, 0.5, 0.375])
    #expect(both.mean.steps.map(\.secondary) == [0.1875, 0.1875, 0.1875, 0.1875])
    #expect(both.mean.steps[1].primary == 0.4375)
    #expect(both.events[0].ledger.steps.count == 5 && both.mean.losses.isEmpty)
    // The ceiling is the graph's own.
    #expect(section([one, two]).ceiling == 0.5)
    let unknown = summary(7, ["hits": 1, "selection": 0.5, "edges": 0.5, "score": 0.5], .null)
    #expect(section([two, unknown]).waterfall?.mean.steps.map(\.primary) == [nil, nil, nil, nil])
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
