import Exchange
import JSONDocument
import Testing

@Suite struct PhoenixEventTests {
  private func event() -> PhoenixEvent {
    var event = PhoenixEvent(number: 1000, run: "a-run")
    event.tracks = [
      (
        "tracks",
        [
          .init(
            id: 3, hits: [SIMD3(30, 0, 1), SIMD3(70, 2, 2), SIMD3(110, 6, 3.00049)],
            particle: 4_503_668_346_847_233, purity: 2.0 / 3, colour: "2ca02c"),
          .init(id: 4, hits: [SIMD3(1, 2, 3), SIMD3(2, 3, 4)], colour: "d62728"),
        ]
      ), ("particles", []),
    ]
    event.hits = [("hits", [SIMD3(1, 2, 3)]), ("other hits", [])]
    return event
  }

  @Test func aFileIsAnObjectOfEventsWithNamedCollections() throws {
    let json = PhoenixEvent.json(of: [event()])
    let one = try #require(json["Event 1000"])
    #expect(one["event number"] == 1000)
    #expect(one["run number"] == "a-run")
    #expect(one["Hits"] == ["hits": [[1.0, 2.0, 3.0]]])
  }

  @Test func emptyCollectionsAndTracksThatPhoenixDoesNotDrawAreLeftOut() throws {
    let one = try #require(PhoenixEvent.json(of: [event()])["Event 1000"])
    #expect(one["Tracks"]?.members?.map(\.name) == ["tracks"])
    #expect(one["Tracks"]?["tracks"]?.arrayValue?.count == 1)
  }

  @Test func aTrackHasItsPlacesItsEstimateAndIdsAsStrings() throws {
    let track = try #require(
      PhoenixEvent.json(of: [event()])["Event 1000"]?["Tracks"]?["tracks"]?.arrayValue?.first)
    #expect(
      track.members?.map(\.name) == [
        "pos", "color", "dparams", "phi", "eta", "pT", "track_id", "particle_id", "purity",
      ])
    #expect(track["pos"]?.arrayValue?.last == [110.0, 6.0, 3.0])
    #expect(track["track_id"] == "3")
    #expect(track["particle_id"] == "4503668346847233")
    #expect(track["dparams"]?.arrayValue?.count == 5)
    #expect(track["purity"] == 0.666667)
  }
}
