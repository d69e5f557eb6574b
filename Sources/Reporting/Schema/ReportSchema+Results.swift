extension ReportSchema {
  static let trainingObjects: [(name: String, members: [SchemaMember])] = [
    (
      "training",
      [
        .text("stage", "The stage that trained."),
        .object("events", "trainingEvents", "How many events it learnt from."),
        .object("network", "network", "The size of the network."),
        .number("positiveWeight", unit: "1", "The weight of true edges in the loss.").orNull,
        .count("bestEpoch", "The epoch whose weights are used.").orNull,
        .flag("stoppedEarly", "Whether it ended early because the validation grew no better."),
        .objects("curve", "epoch", "The training epoch by epoch."),
      ]
    ),
    (
      "trainingEvents",
      [
        .count("train", "Events that were trained on."),
        .count("validation", "Events that chose the best epoch."),
      ]
    ),
    (
      "network",
      [
        .text("name", "Its architecture."),
        .count("hidden", "The width of the hidden layer."),
        .count("passes", "How often it goes over the graph."),
        .count("parameters", "How many numbers are trained."),
        .number(
          "multiplyAddsPerEdge", unit: "multiply-adds an edge", "The cost of a forward pass."
        ).orNull,
      ]
    ),
    (
      "epoch",
      [
        .count("epoch", "Counted from 1."),
        .number("loss", unit: "1", "The mean loss over the training events.").orNull,
        .number("gradientNorm", unit: "1", "The norm of the last step's gradient.").orNull,
        .number("learningRate", unit: "1", "The learning rate in force.").orNull,
        .share("auc", "The area under the ROC curve on the training events."),
        .number("validationLoss", unit: "1", "The mean loss over the validation events.").orNull,
        .share("validationAUC", "The area under the ROC curve on the validation events."),
        .share("validationAccuracy", "Edges told rightly over all edges, on the validation."),
      ]
    ),
  ]

  static let edgeObjects: [(name: String, members: [SchemaMember])] = [
    (
      "edges",
      [
        .text("stage", "The stage that classified the edges."),
        .share("threshold", "The probability above which an edge counts as kept."),
        .objects("events", "edgeEvent", "The figures by event."),
        .object("histogram", "edgeHistogram", "All edges by their probability.").orNull,
      ]
    ),
    (
      "edgeEvent",
      [
        .count("event", "The event's number."),
        .count("nodes", "Hits in the graph."),
        .count("edges", "Edges in the graph."),
        .count("trueEdges", "Edges between neighbouring hits of one particle."),
        .share("auc", "The area under the ROC curve."),
        .share("averagePrecision", "The mean purity over the steps of efficiency."),
        .share("purity", "True edges kept over edges kept."),
        .share("efficiency", "True edges kept over true edges."),
        .share("accuracy", "Edges told rightly over all edges."),
      ]
    ),
    (
      "edgeHistogram",
      [
        .numbers("binEdges", unit: "1, a probability", "One more than there are bins, ascending."),
        .counts("true", "True edges in each bin."),
        .counts("false", "False edges in each bin."),
      ]
    ),
  ]

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
        .object("efficiency", "efficiencies", "Particles found, in bins."),
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
        .count("tracks", "Track candidates."),
        .count("hitsOnTracks", "Hits that are on a track."),
        .share("efficiency", "Particles found over particles to be found."),
        .share("fakeRate", "Tracks of no particle over tracks."),
        .share("duplicateRate", "Further tracks of a particle found already over tracks."),
      ]
    ),
    (
      "efficiencies",
      [
        .object("pT", "binnedEfficiency", "By transverse momentum.").orNull,
        .object("eta", "binnedEfficiency", "By pseudorapidity.").orNull,
      ]
    ),
    (
      "binnedEfficiency",
      [
        .text("unit", "The unit of the bin edges; null for a pure number.").orNull,
        .numbers("binEdges", unit: "as `unit` says", "One more than there are bins, ascending."),
        .counts("found", "Particles found in each bin."),
        .counts("total", "Particles to be found in each bin."),
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
      ]
    ),
  ]

  private static let ledger: [SchemaMember] = [
    .objects("steps", "ledgerEntry", "What can be scored after each step, the last is the score."),
    .objects("losses", "ledgerEntry", "What is not scored, each hit in one entry."),
  ]

  static let scanObjects: [(name: String, members: [SchemaMember])] = [
    (
      "scan",
      [
        .text("stage", "The stage as the workflow names it."),
        .choice("measure", among: ["score", "auc"], "What is compared; more is better."),
        .text("scoreOf", "What the scores are of; null for edges.").orNull,
        .objects("parameters", "scanParameter", "What was tried with several values."),
        .count("best", "The place among the points of the highest mean.").orNull,
        .objects("points", "scanPoint", "In the order of the workflow."),
      ]
    ),
    (
      "scanParameter",
      [
        .text("name", "Stage and parameter, such as `tracks.threshold`."),
        .text("unit", "The unit of its values.").orNull,
      ]
    ),
    (
      "scanPoint",
      [
        .anything("values", "The values of the parameters, in their order."),
        .text("stage", "The stage whose results are scored, as elsewhere in the report."),
        .count("events", "Events that have the measure."),
        .share("mean", "The mean of the measure over events."),
        .number("uncertainty", unit: "1", "The standard error of the mean.").orNull,
        .number("difference", unit: "1", "This point less the best, in means over common events.")
          .orNull,
        .number("differenceUncertainty", unit: "1", "The standard error of that mean.").orNull,
        .count("commonEvents", "Events that this point and the best both have."),
        .share("efficiency", "Of tracks particles found, of edges true ones kept."),
        .share("fakeRate", "Of tracks those of no particle."),
        .share("duplicateRate", "Of tracks those of a particle found already."),
        .share("purity", "Of edges the true ones among those kept."),
      ]
    ),
  ]
}
