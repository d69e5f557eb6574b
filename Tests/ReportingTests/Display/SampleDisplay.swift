import Reporting

/// A small event with everything that a display can show.
enum SampleDisplay {
  static let display = EventDisplay(
    event: 1000,
    hits: EventDisplay.Hits(
      hitID: [11, 12, 13, 14, 15, 17], x: [30.123456, 70, 115, -32, -72.004, 0],
      y: [1, 2, 3, -1, -2, 500.25], z: [-4, -8, -13, 2950.7, 8, 0],
      layer: [0, 1, 2, 0, 1, 2]),
    layers: [
      EventDisplay.Layer(name: "8/2", volume: 8, outline: .barrel(radius: 32, z: -500...500)),
      EventDisplay.Layer(name: "8/4", volume: 8, outline: .barrel(radius: 72, z: -500...500)),
      EventDisplay.Layer(name: "9/2", volume: 9, outline: .disk(z: 600, radius: 30...180)),
    ],
    particles: [
      EventDisplay.Particle(
        particleID: 4_503_668_346_847_232, pT: 1.5, eta: -0.25, hits: [0, 1, 2]),
      EventDisplay.Particle(particleID: 7, pT: 0.3, eta: 1.5, hits: [3, 4]),
    ],
    edges: [
      EventDisplay.Edges(
        stage: "graphs", words: "edges of the graph", from: [0, 0, 1, 3], to: [1, 4, 2, 4],
        isTrue: [true, false, true, true], probability: [0.9, 0.25, 0.75, 1])
    ],
    tracks: [
      EventDisplay.Tracks(
        stage: "tracks", words: "greedy", isMain: true,
        tracks: [
          EventDisplay.Track(
            trackID: 1, hits: [0, 1, 2], score: 3.5,
            match: EventDisplay.Match(
              particle: 0, majorityHits: 3, counts: true, weightShare: 0.25)),
          EventDisplay.Track(
            trackID: 4, hits: [3, 5], score: -1,
            match: EventDisplay.Match(
              particle: nil, majorityHits: 1, counts: false, weightShare: 0)),
        ])
    ])

  /// The same event as it looks where nothing is known of its truth.
  static var withoutTruth: EventDisplay {
    var event = display
    event.particles = nil
    for index in event.edges.indices { event.edges[index].isTrue = nil }
    for set in event.tracks.indices {
      for track in event.tracks[set].tracks.indices {
        event.tracks[set].tracks[track].match = nil
      }
    }
    return event
  }
}
