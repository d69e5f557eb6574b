extension ReportSchema {
  static let edgeObjects: [(name: String, members: [SchemaMember])] = [
    (
      "edges",
      [
        .text("stage", "The stage that classified the edges."),
        .number(
          "threshold", unit: "1, a probability; of a pass a logit",
          "The score above which an edge counts as kept."
        ).orNull,
        .objects("events", "edgeEvent", "The figures by event."),
        .object("histogram", "edgeHistogram", "All edges by their score.").orNull,
        .object("curve", "edgeCurve", "What cuts at increasing thresholds keep.").orNull.optional,
        .object("calibration", "calibration", "Probabilities against shares of true edges.")
          .orNull.optional,
        .object("layerPairs", "layerPairs", "The edges between each two layers, in columns.")
          .optional,
      ]
    ),
    (
      "pass",
      [
        .count("number", "Counted from 1."),
        .object("doublets", "edges", "How true doublets are told from false ones."),
        .object("triplets", "edges", "How true triplets are told from false ones."),
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
        .count("candidates", "Of a pass what was judged before the cut.").optional,
        .count("truePairs", "Of a pass the true ones that there were to find.").optional,
        .count("skipping", "Of a pass those of one particle that pass over hits of it.").optional,
      ]
    ),
    (
      "edgeHistogram",
      [
        .numbers(
          "binEdges", unit: "1, a probability; of a pass a logit",
          "One more than there are bins, ascending."),
        .counts("true", "True edges in each bin."),
        .counts("false", "False edges in each bin."),
      ]
    ),
    (
      "edgeCurve",
      [
        .count("trueEdges", "True edges whose score is known."),
        .count("falseEdges", "False edges whose score is known."),
        .count("truePairs", "What the efficiency is a share of."),
        .object("inForce", "edgeCut", "The cut that the run made.").orNull,
        .numbers("logit", unit: "1, a logit", "Thresholds, ascending; edges above one are kept."),
        .counts("keptTrue", "True edges kept at each threshold."),
        .counts("keptFalse", "False edges kept at each threshold."),
        .numbersOrNull("trueShare", unit: "1", "True edges kept over true edges."),
        .numbersOrNull("falseShare", unit: "1", "False edges kept over false edges."),
        .numbersOrNull("efficiency", unit: "1", "True edges kept over true pairs."),
        .numbersOrNull("purity", unit: "1", "True edges kept over edges kept."),
        .numbersOrNull("f1", unit: "1", "The harmonic mean of purity and efficiency."),
      ]
    ),
    (
      "edgeCut",
      [
        .number("logit", unit: "1, a logit", "Edges above it are kept.").orNull,
        .count("keptTrue", "True edges kept."), .count("keptFalse", "False edges kept."),
      ]
    ),
    (
      "calibration",
      [
        .share("expectedError", "Mean difference of probability and share of true edges."),
        .numbers("predicted", unit: "1, a probability", "The mean probability of each bin."),
        .counts("edges", "Edges in each bin."),
        .counts("trueEdges", "True edges in each bin."),
        .numbersOrNull("fraction", unit: "1", "True edges over edges in each bin."),
        .numbersOrNull("atLeast", unit: "1", "The lower end of Wilson's interval, 68 %."),
        .numbersOrNull("atMost", unit: "1", "The upper end of Wilson's interval, 68 %."),
      ]
    ),
    (
      "layerPairs",
      [
        .texts("from", "The inner layer of each pair, such as 8/2: volume and layer."),
        .texts("to", "The outer layer."),
        .counts("truePairs", "What the efficiency is a share of."),
        .countsOrNull("falseEdges", "False edges; null where only those kept are known."),
        .counts("keptTrue", "True edges kept."),
        .counts("keptFalse", "False edges kept."),
        .numbersOrNull("purity", unit: "1", "True edges kept over edges kept."),
        .numbersOrNull("efficiency", unit: "1", "True edges kept over true pairs."),
      ]
    ),
  ]
}
