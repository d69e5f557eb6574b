extension ReportSchema {
  static let trackObjects: [(name: String, members: [SchemaMember])] = [
    (
      "tracks",
      [
        .text("stage", "The stage that built the tracks."),
        .text("method", "How they were built."),
        .openObject("parameters", "The stage's parameters as they were in force."),
        .text("scoreOf", "What the score is of, in words."),
        .share("score", "The mean TrackML score over the events."),
        .number("scoreUncertainty", unit: "1", "The standard error of that mean.").orNull,
        .share("ceiling", "The score if exactly the true edges were kept."),
        .object("region", "region", "The score in the part that the graphs cover.").orNull,
        .objects("events", "trackEvent", "The figures by event."),
        .object("efficiency", "binnedRates", "Particles found, by their own truth."),
        .object("fakeRate", "binnedRates", "Tracks of no particle, by what their hits tell.")
          .optional,
        .object("duplicateRate", "binnedRates", "Tracks of particles found already.").optional,
        .object("waterfall", "waterfall", "Where the score is lost.").optional,
      ]
    ),
    (
      "trackEvent",
      [
        .count("event", "The event's number."),
        .share("score", "TrackML score of the full event."),
        .share("ceiling", "The score if exactly the true edges were kept."),
        .share("regionScore", "TrackML score of the region."),
        .share("regionCeiling", "The region's score if exactly the true edges were kept."),
        .count("hits", "Hits of the event.").orNull.optional,
        .count("tracks", "Track candidates."),
        .count("matchedTracks", "Tracks that find their particle.").orNull.optional,
        .count("hitsOnTracks", "Hits that are on a track."),
        .share("efficiency", "Particles found over particles to be found."),
        .share("fakeRate", "Tracks of no particle over tracks."),
        .share("duplicateRate", "Further tracks of a particle found already over tracks."),
      ]
    ),
    (
      "binnedRates",
      [
        .object("pT", "binnedRate", "By transverse momentum.").orNull,
        .object("eta", "binnedRate", "By pseudorapidity.").orNull,
        .object("hits", "binnedRate", "By the number of hits.").orNull.optional,
        .object("radius", "binnedRate", "By the distance from the beam line of birth or first hit.")
          .orNull.optional,
      ]
    ),
    (
      "binnedRate",
      [
        .text("unit", "The unit of the bin edges; null for a pure number.").orNull,
        .numbers("binEdges", unit: "as `unit` says", "One more than there are bins, ascending."),
        .counts("found", "Particles found, fakes or duplicates in each bin."),
        .counts("total", "All particles or tracks in each bin."),
        .count("unknown", "Further ones of which the quantity is not known.").optional,
      ]
    ),
    (
      "waterfall",
      ledger + [.objects("events", "waterfallEvent", "The same by event; above are the means.")]
    ),
    ("waterfallEvent", [.count("event", "The event's number.")] + ledger),
    (
      "ledgerEntry",
      [
        .text("name", "The step or loss."),
        .number("primary", unit: "1, a share of the event's weight", "Of primary particles.")
          .orNull,
        .number("secondary", unit: "1, a share of the event's weight", "Of secondary particles.")
          .orNull,
        .number("sum", unit: "1, a share of the event's weight", "Both together.").orNull.optional,
      ]
    ),
  ]

  private static let ledger: [SchemaMember] = [
    .objects("steps", "ledgerEntry", "What can be scored after each step, the last is the score."),
    .objects("losses", "ledgerEntry", "What is not scored, each hit in one entry."),
  ]
}
