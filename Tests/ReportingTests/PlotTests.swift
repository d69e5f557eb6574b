import Foundation
import Reporting
import TestSupport
import Testing

@Suite struct PlotTests {
  private func expectSound(_ svg: String) throws {
    _ = try MarkupContent(of: svg)
    #expect(!svg.lowercased().contains("nan"))
    #expect(!svg.contains("inf"))
    #expect(!svg.contains("–"))
  }

  private func linePlot(_ points: [(x: Double, y: Double)]) -> LinePlot {
    LinePlot(
      title: "Curve", horizontalLabel: "epoch", verticalLabel: "loss",
      series: [LinePlot.Series(name: "training", points: points)])
  }

  private func labels(_ svg: String) -> [String] {
    svg.split(separator: "\n").filter { $0.hasPrefix("<text class=\"tick\"") }.map { line in
      String(line.drop { $0 != ">" }.dropFirst().prefix { $0 != "<" })
    }
  }

  @Test func linePlotKeepsItsForm() throws {
    let curve = SampleReport.training.curve
    let plot = LinePlot(
      title: "Loss", horizontalLabel: "epoch", verticalLabel: "loss (mean over edges)",
      series: [
        LinePlot.Series(
          name: "training", points: curve.map { (x: Double($0.epoch), y: $0.loss ?? .nan) }),
        LinePlot.Series(
          name: "validation",
          points: curve.map { (x: Double($0.epoch), y: $0.validationLoss ?? .nan) },
          isDashed: true),
      ])
    try Golden.expect(plot.svg(standalone: true), is: "line.svg")
    try expectSound(plot.svg(standalone: true))
  }

  @Test func histogramKeepsItsForm() throws {
    let plot = HistogramPlot(
      title: "Probability", horizontalLabel: "probability", verticalLabel: "edges in a bin",
      binEdges: [0, 0.25, 0.5, 0.75, 1],
      series: [
        HistogramPlot.Series(name: "true edges", counts: [3, 0, 41, 520]),
        HistogramPlot.Series(name: "false edges", counts: [51234, 871, 12, 1]),
      ])
    try Golden.expect(plot.svg(standalone: true), is: "histogram.svg")
    try expectSound(plot.svg(standalone: true))
  }

  @Test func efficiencyPlotKeepsItsForm() throws {
    let bins = try #require(SampleReport.tracks(stage: "greedy", shift: 0).efficiency.pT)
    let plot = EfficiencyPlot(
      title: "Efficiency", quantity: "pT",
      series: [EfficiencyPlot.Series(name: "greedy", bins: bins)])
    try Golden.expect(plot.svg(standalone: true), is: "efficiency.svg")
    try expectSound(plot.svg(standalone: true))
  }

  @Test func ratesOfTracksAreSeenWhereTheyAreSmall() throws {
    let bins = RunReport.BinnedEfficiency(
      unit: "mm", binEdges: [0, 1, 10, 100], found: [3, 7, 1], total: [900, 90, 2], unknown: 31)
    let plot = EfficiencyPlot(
      title: "Fake rate", quantity: "radius of the first hit",
      series: [EfficiencyPlot.Series(name: "greedy", bins: bins)], measure: .fakeRate)
    let svg = plot.svg(standalone: true)
    try Golden.expect(svg, is: "fakes.svg")
    try expectSound(svg)
    #expect(svg.contains(">fake rate (fakes / tracks)<"))
    // One of two is a point at one half; its bar ends with the frame rather than squeeze the others.
    #expect(labels(svg).contains("0.5") && !labels(svg).contains("1.0"))
  }

  @Test func equalBinsStandOnALinearAxis() throws {
    let bins = RunReport.BinnedEfficiency(
      unit: nil, binEdges: (0...30).map { Double($0) + 0.5 },
      found: Array(repeating: 1, count: 30), total: Array(repeating: 2, count: 30))
    let svg = EfficiencyPlot(
      title: "", quantity: "hits", series: [EfficiencyPlot.Series(name: "a", bins: bins)]
    ).svg()
    #expect(labels(svg).contains("20") && labels(svg).contains("15"))
  }

  @Test func aWidePlotHasTheTimesOfItsTicksToItsEnd() {
    let plot = LoadPlot(
      title: "Load", verticalLabel: "count", partSeconds: 4,
      series: [LoadPlot.Series(name: "workers", values: Array(repeating: 1, count: 120))])
    let found = labels(plot.svg())
    #expect(stride(from: 0, through: 450, by: 50).allSatisfy { found.contains(String($0)) })
  }

  @Test func loadKeepsItsForm() throws {
    let load = try #require(SampleReport.run.load)
    let plot = LoadPlot(
      title: "Load", verticalLabel: "count", partSeconds: load.partSeconds,
      series: [
        LoadPlot.Series(name: "processors in use", values: try #require(load.processors)),
        LoadPlot.Series(name: "workers with a task", values: load.workers),
      ], left: TimelinePlot(title: "", tasks: SampleReport.run.timeline).left)
    try Golden.expect(plot.svg(standalone: true), is: "load.svg")
    try expectSound(plot.svg(standalone: true))
    for values in [[], [Double.nan], [-1]] {
      let odd = LoadPlot(
        title: "", verticalLabel: "", partSeconds: 1,
        series: [LoadPlot.Series(name: "a", values: values)])
      #expect(odd.svg().contains(">no data<"))
    }
  }

  @Test func timelineKeepsItsForm() throws {
    let plot = TimelinePlot(
      title: "Tasks", tasks: SampleReport.run.timeline, stages: ["graphs", "train"])
    try Golden.expect(plot.svg(standalone: true), is: "timeline.svg")
    try expectSound(plot.svg(standalone: true))
  }

  @Test func plotsWithoutDataSaySo() {
    let bins = RunReport.BinnedEfficiency(
      unit: "GeV", binEdges: [0, 1], found: [0], total: [0])
    let plots = [
      linePlot([]).svg(), linePlot([(x: 1, y: .nan), (x: .infinity, y: 1)]).svg(),
      HistogramPlot(
        title: "", horizontalLabel: "", verticalLabel: "", binEdges: [],
        series: [HistogramPlot.Series(name: "a", counts: [])]
      ).svg(),
      HistogramPlot(
        title: "", horizontalLabel: "", verticalLabel: "", binEdges: [0, 1],
        series: [HistogramPlot.Series(name: "a", counts: [0])]
      ).svg(),
      EfficiencyPlot(
        title: "", quantity: "pT", series: [EfficiencyPlot.Series(name: "a", bins: bins)]
      ).svg(),
      TimelinePlot(title: "", tasks: []).svg(),
    ]
    for svg in plots { #expect(svg.contains(">no data<")) }
  }

  @Test(arguments: [
    [(0.0, 0.0)], [(5.0, 1e-12)], [(1.0, 2.5), (2.0, 2.5), (3.0, 2.5)],
    [(9e299, 1e299), (-1e299, -1e299)], [(1.0, 1e15), (2.0, 1e15 + 1)],
    [(1, .leastNonzeroMagnitude), (2, 1e-300)],
    [(0.0, -3e-7), (1.0, 4e-7)], [(1.0, .nan), (2.0, 1.0), (3.0, .infinity)],
    [(1e9, 1.0), (1_000_000_001.0, 2.0)],
  ])
  func oddCurvesAreDrawn(points: [(Double, Double)]) throws {
    let svg = linePlot(points.map { (x: $0.0, y: $0.1) }).svg()
    try expectSound(svg)
    #expect(!svg.contains(">no data<"))
    #expect(svg.contains("<circle"))
    let ticks = labels(svg)
    #expect((2...30).contains(ticks.count))
  }

  @Test func ticksAreRoundNumbersAndEachIsSaidOnce() {
    let svg = linePlot([(x: 1, y: 0.31), (x: 400, y: 1.27)]).svg()
    #expect(
      labels(svg) == ["0.2", "0.4", "0.6", "0.8", "1.0", "1.2", "1.4", "100", "200", "300", "400"])
    let close = labels(linePlot([(x: 1, y: 1_000_000.5), (x: 2, y: 1_000_001)]).svg())
    #expect(Set(close).count == close.count)
  }

  @Test func emptyBinsStandOnTheAxisAndOneEntryIsSeen() throws {
    func outline(_ counts: [Int]) throws -> String {
      let svg = HistogramPlot(
        title: "", horizontalLabel: "", verticalLabel: "", binEdges: [0, 1, 2],
        series: [HistogramPlot.Series(name: "a", counts: counts)]
      ).svg()
      try expectSound(svg)
      return try #require(
        svg.split(separator: "\n").map(String.init).first { $0.contains("area") })
    }
    // The axis is 44 from the lower end of 300; the first bin starts there only where it is empty.
    let empty = try outline([0, 100])
    let one = try outline([1, 100])
    #expect(empty.components(separatedBy: " 256").count == 5)
    #expect(one.components(separatedBy: " 256").count == 3)
  }

  @Test func momentaFromZeroUpwardsStandOnALogarithmicAxis() throws {
    let bins = RunReport.BinnedEfficiency(
      unit: "GeV", binEdges: [0, 0.2, 1, 10], found: [1, 2, 3], total: [4, 4, 4])
    let svg = EfficiencyPlot(
      title: "", quantity: "pT", series: [EfficiencyPlot.Series(name: "a", bins: bins)]
    ).svg()
    try expectSound(svg)
    #expect(labels(svg).suffix(7) == ["0.1", "0.2", "0.5", "1", "2", "5", "10"])
    #expect(svg.contains(">pT (GeV)<"))
  }

  @Test func manyTasksStayAFewElements() throws {
    func tasks(_ count: Int) -> [RunReport.TimelineTask] {
      (0..<count).map { index in
        RunReport.TimelineTask(
          stage: "stage \(index % 3)", event: index, worker: index % 7,
          start: Double(index), end: Double(index) + 0.5)
      }
    }
    let thousand = try MarkupContent(of: TimelinePlot(title: "", tasks: tasks(1000)).svg())
    #expect(thousand.elements["rect"] == 1003)
    #expect(thousand.text.contains("stage 1, event 1: 0.50 s from 1.0 s"))
    let many = try MarkupContent(of: TimelinePlot(title: "", tasks: tasks(20_000)).svg())
    #expect(many.elements.values.reduce(0, +) < 100)
    // Unsound times are left out rather than drawn.
    let odd = [
      RunReport.TimelineTask(stage: "a", event: nil, worker: 0, start: 1, end: 1),
      RunReport.TimelineTask(stage: "b", event: nil, worker: 1, start: .nan, end: 2),
      RunReport.TimelineTask(stage: "c", event: nil, worker: 2, start: 3, end: 2),
    ]
    let svg = TimelinePlot(title: "", tasks: odd).svg()
    try expectSound(svg)
    #expect(try MarkupContent(of: svg).elements["rect"] == 2)
  }

  @Test func wilsonIntervalHoldsTheFractionAndStaysWithinBounds() throws {
    for total in 1...30 {
      for found in 0...total {
        let interval = try #require(WilsonInterval(found: found, total: total))
        let fraction = Double(found) / Double(total)
        #expect(interval.lower >= 0 && interval.upper <= 1)
        #expect(interval.lower <= fraction && fraction <= interval.upper)
        #expect(interval.lower < interval.upper)
      }
    }
    // Newcombe (1998): 81 of 263 at 95 %.
    let known = try #require(WilsonInterval(found: 81, total: 263, deviations: 1.959964))
    #expect(abs(known.lower - 0.2553) < 5e-5)
    #expect(abs(known.upper - 0.3662) < 5e-5)
    #expect(WilsonInterval(found: 0, total: 0) == nil)
    #expect(WilsonInterval(found: 2, total: 1) == nil)
  }
}
