import JSONDocument

/// The published JSON schema of `report.json`, for those who watch reports with programs of their own.
///
/// A member that a report gains is a line in the list of its object. Members that are not known are
/// allowed; a member that goes away or changes its meaning raises `RunReport.version`.
public enum ReportSchema {
  public static var schema: JSONValue {
    .object(
      [
        JSONMember(name: "$schema", value: "https://json-schema.org/draft/2020-12/schema"),
        JSONMember(name: "title", value: "trackflow report"),
        JSONMember(
          name: "description",
          value:
            "What a finished run of trackflow came to. A number that does not exist is null, never 0; readers pass over members that they do not know."
        ),
      ] + (JSONValue.schema(ofObjectWith: report).members ?? []) + [
        JSONMember(
          name: "$defs",
          value: .object(
            definitions.map {
              JSONMember(name: $0.name, value: .schema(ofObjectWith: $0.members))
            }))
      ])
  }

  private static let report: [SchemaMember] = [
    .choice("format", among: [RunReport.format], "What sort of file it is."),
    SchemaMember(
      name: "version", type: [JSONMember(name: "const", value: .integer(RunReport.version))],
      description: "Raised when a member changes its meaning or goes away."),
    .text("workflow", "The name that the workflow gives itself."),
    .object("results", "results", "What was found: the same inputs give the same bits."),
    .object("run", "run", "How the results came about: what differs from run to run."),
  ]

  private static var definitions: [(name: String, members: [SchemaMember])] {
    headlineObjects + trainingObjects + edgeObjects + trackObjects + scanObjects + runObjects
      + taskObjects
  }

  private static let headlineObjects: [(name: String, members: [SchemaMember])] = [
    (
      "results",
      [
        .object("headline", "headline", "The one result that the run is about."),
        .objects("training", "training", "Every network that was trained."),
        .objects("edges", "edges", "Every stage that tells true edges from false ones."),
        .objects("passes", "pass", "The passes of reconstructions.").optional,
        .objects("tracks", "tracks", "Every way to build tracks that was scored."),
        .objects("scans", "scan", "Stages that were tried with several values.").optional,
      ]
    ),
    (
      "headline",
      [
        .share("score", "The mean TrackML score over the scored events."),
        .number("scoreUncertainty", unit: "1", "The standard error of that mean.").orNull,
        .text("scoreOf", "What it is a score of, in words."),
        .share("ceiling", "The score if exactly the true edges were kept."),
        .object("region", "region", "The score in the part that the graphs cover.").orNull,
        .text("trackBuilder", "The stage whose tracks are scored here.").orNull,
        .count("eventsScored", "Events that the score covers."),
        .count("eventsAsked", "Events that were to be scored."),
        .objects("setAside", "setAside", "Events that were given up on."),
      ]
    ),
    (
      "region",
      [
        .share("score", "The mean TrackML score of the region."),
        .text("scoreOf", "What the region is, in words."),
        .share("ceiling", "The region's score if exactly the true edges were kept."),
      ]
    ),
    (
      "setAside",
      [
        .count("event", "The event; null for a task that is about no single event.").orNull,
        .text("stage", "The stage that gave up on it."),
        .text("reason", "Why, with file and line where it was the input's fault."),
      ]
    ),
  ]
}
