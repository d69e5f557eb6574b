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
