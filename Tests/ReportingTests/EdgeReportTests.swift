import JSONDocument
import Reporting
import TestSupport
import Testing

/// What a report says of edges: its curves, calibration and layers.
@Suite struct EdgeReportTests {
  private let edges = SampleReport.edges

  private func expectGolden(_ svg: String, is name: String) throws {
    try Golden.expect(svg, is: name)
    _ = try MarkupContent(of: svg)
    #expect(!svg.lowercased().contains("nan") && !svg.contains("inf,") && !svg.contains("–"))
  }

  private func curvePlot(_ view: EdgeCurvePlot.View) throws -> EdgeCurvePlot {
    let (doublets, triplets) = (SampleEdges.doublets, SampleEdges.triplets)
    return EdgeCurvePlot(
      title: "Curve", view: view, score: .logit,
      series: [
        EdgeCurvePlot.Series(name: "doublets", curve: try #require(doublets.curve)),
        EdgeCurvePlot.Series(name: "triplets", curve: try #require(triplets.curve)),
      ])
  }

  @Test func curvesKeepTheirForm() throws {
    try expectGolden(curvePlot(.roc).svg(standalone: true), is: "roc.svg")
    try expectGolden(curvePlot(.purity).svg(standalone: true), is: "purity.svg")
  }

  @Test func thresholdPlotsKeepTheirForm() throws {
    let curve = try #require(edges.curve)
    for (score, name) in [(EdgeScore.probability, "thresholds.svg"), (.logit, "logits.svg")] {
      try expectGolden(
        ThresholdPlot(title: "Thresholds", score: score, curve: curve).svg(standalone: true),
        is: name)
    }
  }

  @Test func calibrationPlotKeepsItsForm() throws {
    let plot = CalibrationPlot(
      title: "Calibration",
      series: [
        CalibrationPlot.Series(name: "edges", calibration: try #require(edges.calibration))
      ])
    try expectGolden(plot.svg(standalone: true), is: "calibration.svg")
  }

  @Test func layerPairPlotKeepsItsFormAndDrawsNoMoreThanAsked() throws {
    let plot = LayerPairPlot(title: "Layers", pairs: edges.layerPairs)
    try expectGolden(plot.svg(standalone: true), is: "layers.svg")
    let known = LayerPairPlot(title: "Layers", pairs: SampleEdges.layerPairs(hasFalse: false))
    // All that is known of the false ones is what was kept.
    #expect(!known.svg().contains("false: 40,000") && known.svg().contains("false kept: 60"))
    let few = LayerPairPlot(title: "Layers", pairs: edges.layerPairs, mostDrawn: 2).svg()
    #expect(few.contains(">8/4 → 8/6<") && !few.contains("8/6 → 13/2"))
  }

  @Test func plotsOfNothingSaySo() throws {
    let none = RunReport.EdgeCurve(trueEdges: 0, falseEdges: 0, truePairs: 0, points: [])
    let plots = [
      EdgeCurvePlot(
        title: "", view: .roc, score: .logit,
        series: [EdgeCurvePlot.Series(name: "a", curve: none)]
      ).svg(),
      ThresholdPlot(title: "", score: .probability, curve: none).svg(),
      CalibrationPlot(title: "", series: []).svg(),
      CalibrationPlot(
        title: "",
        series: [
          CalibrationPlot.Series(
            name: "a", calibration: RunReport.EdgeCalibration(bins: [], expectedError: nil))
        ]
      ).svg(),
      LayerPairPlot(title: "", pairs: []).svg(),
    ]
    for svg in plots { #expect(svg.contains(">no data<")) }
  }

  @Test func oddCurvesAndCalibrationsAreDrawn() throws {
    typealias Point = RunReport.EdgeCurve.Point
    for logit in [-20.0, -3.3, 0, 20] {
      for (keptTrue, keptFalse) in [(0, 0), (0, 7), (5, 0), (5, 7)] {
        let point = Point(logit: logit, keptTrue: keptTrue, keptFalse: keptFalse)
        let curve = RunReport.EdgeCurve(
          trueEdges: 5, falseEdges: 7, truePairs: 9, points: [point], inForce: point)
        for score in [EdgeScore.probability, .logit] {
          _ = try MarkupContent(of: ThresholdPlot(title: "", score: score, curve: curve).svg())
        }
        let series = [EdgeCurvePlot.Series(name: "a", curve: curve)]
        for view in [EdgeCurvePlot.View.roc, .purity] {
          let plot = EdgeCurvePlot(title: "", view: view, score: .logit, series: series)
          _ = try MarkupContent(of: plot.svg())
        }
      }
    }
    for predicted in [0, 1e-9, 0.5, 1] {
      for found in [0, 3] {
        let bin = RunReport.EdgeCalibration.Bin(predicted: predicted, edges: 3, trueEdges: found)
        let plot = CalibrationPlot(
          title: "",
          series: [
            CalibrationPlot.Series(
              name: "a", calibration: RunReport.EdgeCalibration(bins: [bin], expectedError: nil))
          ])
        let svg = plot.svg()
        #expect(try MarkupContent(of: svg).elements["circle"] == 1)
        #expect(!svg.contains("nan") && !svg.contains("inf"))
      }
    }
  }

  @Test func sharesFollowFromTheCounts() throws {
    let curve = RunReport.EdgeCurve(trueEdges: 8, falseEdges: 4, truePairs: 10, points: [])
    let point = RunReport.EdgeCurve.Point(logit: 1, keptTrue: 6, keptFalse: 2)
    #expect(curve.efficiency(point) == 0.6 && curve.trueShare(point) == 0.75)
    #expect(curve.purity(point) == 0.75 && curve.falseShare(point) == 0.5)
    // The harmonic mean of 0.75 and 0.6.
    #expect(abs(try #require(curve.f1(point)) - 2 * 0.75 * 0.6 / 1.35) < 1e-15)
    let nothing = RunReport.EdgeCurve.Point(logit: 9, keptTrue: 0, keptFalse: 0)
    #expect(curve.purity(nothing) == nil && curve.efficiency(nothing) == 0)
  }

  @Test func aReportOfBeforeHasNoCurvesAndIsReadAllTheSame() throws {
    var text = SampleReport.report.json.compactText
    for name in ["\"curve\":{", "\"calibration\":{", "\"layerPairs\":{", "\"passes\":["] {
      #expect(text.contains(name))
      text = text.replacing(name, with: "\"before" + name.dropFirst())
    }
    let old = try RunReport(
      json: JSONDocument(parsing: Array(text.utf8), file: "report.json").root)
    #expect(old.results.edges[0].events == edges.events)
    #expect(old.results.edges[0].histogram == edges.histogram)
    #expect(old.results.edges[0].curve == nil && old.results.edges[0].layerPairs.isEmpty)
    #expect(old.results.passes.isEmpty)
    let page = try MarkupContent(of: HTMLReport.page(of: old)).text
    #expect(page.contains("Probability of true and false edges") && !page.contains("ROC curve;"))
  }

  @Test func listsOfDifferentLengthsAreRefused() throws {
    let text = SampleReport.report.json.compactText.replacing(
      "\"keptTrue\":[564,563,", with: "\"keptTrue\":[564,")
    let json = try JSONDocument(parsing: Array(text.utf8), file: "report.json").root
    #expect(
      throws: ReportError.unexpected(
        path: "results.edges[0].curve.keptTrue",
        expected: "a list of 9 numbers, one a threshold", found: "one of 8")
    ) { try RunReport(json: json) }
  }

  @Test func ofManyStagesTheFurtherFiguresOpenAtAClick() throws {
    var report = SampleReport.report
    #expect(!HTMLReport.page(of: report).contains("Thresholds, probabilities"))
    report.results.edges = Array(repeating: edges, count: 3)
    let page = HTMLReport.page(of: report)
    #expect(page.components(separatedBy: "Thresholds, probabilities").count == 4)
    #expect(page.components(separatedBy: "by layer pair; pale").count == 4)
  }

  @Test func aPassSaysWhatItsSharesAreOf() throws {
    let page = try MarkupContent(of: HTMLReport.page(of: SampleReconstruction.report)).text
    #expect(page.contains("Pass 1: stages doublets and triplets"))
    #expect(page.contains("doublets of those on linked layers"))
    #expect(page.contains("1,234,567"))
    #expect(page.contains("94.00"))
  }
}
