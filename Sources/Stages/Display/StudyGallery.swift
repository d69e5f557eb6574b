import EventSimulation
import GraphConstruction
import JSONDocument
import Reporting
import TrackScoring

/// The figures that a study of one graph is looked at by: its edges, their probabilities, and a few of its tracks.
public struct StudyGallery {
  private let study: StudyDisplay
  private let graphStage: String
  private let builders: [(figure: Builder, stage: String)]

  /// A way of building tracks that has a figure.
  private enum Builder: String, CaseIterable {
    case components
    case greedy
  }

  /// Component tracks of so many hits are drawn by lot: longer ones are several tracks grown together.
  private static let componentHits = 3...29
  private static let componentCount = 30
  private static let greedyCount = 50
  private static let bins = 50
  /// Of the lot; the event counts too.
  private static let seed: UInt64 = 1

  /// Nil where the run has no graph of the event.
  public init?(_ results: RunResults, event: Int) throws {
    guard
      let graph = results.stages(giving: "build-graphs").first(where: {
        results.key(of: $0, event: event) != nil
      })
    else { return nil }
    study = try StudyDisplay(results, event: event)
    graphStage = graph
    builders = Builder.allCases.compactMap { builder in
      // Of several thresholds the strictest one's tracks are told apart best.
      let stages = results.stages(giving: "build-tracks").filter {
        results.parameters(of: $0)["method"]?.stringValue == builder.rawValue
          && results.key(of: $0, event: event) != nil
      }
      let strictest = stages.max {
        Self.threshold(of: $0, results) < Self.threshold(of: $1, results)
      }
      return strictest.map { (builder, $0) }
    }
  }

  private static func threshold(of stage: String, _ results: RunResults) -> Double {
    results.parameters(of: stage)["threshold"]?.doubleValue ?? 0
  }

  /// The gallery's page.
  public func page(three: ThreeSource?) throws -> GalleryPage {
    let classifier = builders.first.flatMap {
      study.results.stage(giving: "classify-edges", before: $0.stage)
    }
    let edges = try study.graphEdges(graphStage, judgedBy: classifier, most: .max)
    var figures = edges.map(self.figures) ?? []
    var sets: [EventDisplay.Tracks] = []
    for (builder, stage) in builders {
      let all = try study.tracks(stage)
      let (shown, figure) = figure(of: builder, all, place: sets.count)
      sets.append(shown)
      figures.append(figure)
    }
    let display = EventDisplay(
      event: study.event, hits: study.hits, layers: study.layers,
      particles: study.truth?.particles, edges: edges.map { [$0] } ?? [], tracks: sets
    ).part(of: try nodes())
    return GalleryPage(display, source: study.results.sourceWords, figures: figures, three: three)
  }

  /// The hits that the graph is of.
  private func nodes() throws -> [Int32] {
    guard let artifact = try study.results.artifact(of: graphStage, event: study.event) else {
      return []
    }
    return try study.rows.places(of: artifact.int32("hitID")).sorted()
  }

  private func figures(of edges: EventDisplay.Edges) -> [GalleryPage.Figure] {
    let isTrue = edges.isTrue ?? []
    let trueCount = isTrue.count { $0 }
    let words = NumberText.grouped(trueCount)
    let falseWords = NumberText.grouped(edges.count - trueCount)
    var figures = [
      GalleryPage.Figure(
        title: "The graph, with true and false edges",
        caption:
          "\(words) true edges in green and \(falseWords) false edges in red, between the hits"
          + " that the graph is made of, coloured by layer.",
        content: .layers(["hits", "edges.0.false", "edges.0.true"])),
      GalleryPage.Figure(
        title: "Its true edges alone",
        caption: "\(words) true edges: what a perfect classifier would keep.",
        content: .layers(["hits", "edges.0.true"])),
    ]
    if let probability = edges.probability {
      figures.append(histogram(of: probability, isTrue: isTrue))
    }
    return figures
  }

  private func histogram(of probability: [Float], isTrue: [Bool]) -> GalleryPage.Figure {
    let histogram = EdgeHistogram(
      scores: probability, labels: isTrue.map { $0 ? 1 : 0 }, bins: Self.bins)
    let above = NumberText.grouped(probability.count { $0 > 0.5 })
    return GalleryPage.Figure(
      title: "The probabilities of its edges",
      caption:
        "What the network makes of the \(NumberText.grouped(probability.count)) edges, in \(Self.bins)"
        + " bins; \(above) are above 0.5. The axis of counts is logarithmic, as the false edges are many.",
      content: .histogram(
        HistogramPlot(
          title: "Probability of true and false edges", horizontalLabel: "probability",
          verticalLabel: "edges in a bin",
          binEdges: histogram.binEdges,
          series: [
            HistogramPlot.Series(name: "true edges", counts: histogram.trueEdges),
            HistogramPlot.Series(name: "false edges", counts: histogram.falseEdges),
          ])))
  }

  private func figure(
    of builder: Builder, _ all: EventDisplay.Tracks, place: Int
  ) -> (EventDisplay.Tracks, GalleryPage.Figure) {
    let threshold = Self.threshold(of: all.stage, study.results)
    let layers = GalleryPage.Content.layers(["hits", "tracks.\(place)"])
    var shown = all
    switch builder {
    case .components:
      let range = Self.componentHits
      let fitting = all.tracks.filter { range.contains($0.hits.count) }
      var source = RandomSource(seed: Self.seed, event: UInt64(bitPattern: Int64(study.event)))
      let lot = fitting.map { (number: source.next(), track: $0) }
        .sorted { ($0.number, $0.track.trackID) < ($1.number, $1.track.trackID) }
      shown.tracks = lot.prefix(Self.componentCount).map(\.track).sorted { $0.trackID < $1.trackID }
      return (
        shown,
        GalleryPage.Figure(
          title: "\(shown.tracks.count) tracks from connected components",
          caption: componentWords(all.tracks, fitting: fitting.count, threshold: threshold),
          content: layers)
      )
    case .greedy:
      shown.tracks = Array(all.tracks.prefix(Self.greedyCount))
      return (
        shown,
        GalleryPage.Figure(
          title: "\(shown.tracks.count) tracks from greedy walks",
          caption:
            "The first of \(NumberText.grouped(all.tracks.count)) tracks that walks outwards from the"
            + " innermost layer found, always along the likeliest edge above \(threshold).",
          content: layers)
      )
    }
  }

  /// How many components there are, and how few of them look like a track.
  private func componentWords(
    _ components: [EventDisplay.Track], fitting: Int, threshold: Double
  ) -> String {
    let sizes = components.map(\.hits.count).filter { $0 > 1 }
    let range = Self.componentHits
    let which = "\(range.lowerBound) to \(range.upperBound) hits"
    let drawn =
      fitting == 0
      ? "none of them has \(which), which is what a track looks like"
      : "\(NumberText.grouped(fitting)) have \(which), among which these were drawn by lot"
    return "Edges above \(threshold) join hits to \(NumberText.grouped(sizes.count)) components,"
      + " the largest of \(NumberText.grouped(sizes.max() ?? 0)) hits; \(drawn)."
  }
}
