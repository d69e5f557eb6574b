import JSONDocument
import Reporting

/// A small made-up report in which every part has something to say.
enum SampleReport {
  static let events = [1000, 1001, 1002]

  static var report: RunReport {
    RunReport(
      workflow: "sample",
      results: RunReport.Results(
        headline: headline, training: [training], edges: [edges],
        tracks: [tracks(stage: "greedy", shift: 0), tracks(stage: "components", shift: 0.2)]),
      run: run)
  }

  static let region = RunReport.Region(
    score: 0.052, scoreOf: "volumes 8, 13, 17, -50 < z < 50 mm", ceiling: 0.81)

  static let headline = RunReport.Headline(
    score: 0.4375, scoreUncertainty: 0.0123, scoreOf: "the full event", ceiling: 0.75,
    region: region, trackBuilder: "greedy", eventsScored: 3, eventsAsked: 5,
    setAside: [
      RunReport.SetAside(event: 1003, stage: "graphs", reason: "hits.csv:7: x is \"abc\""),
      RunReport.SetAside(event: 1004, stage: "graphs", reason: "hits.csv:7: x is \"abc\""),
      RunReport.SetAside(event: nil, stage: "train", reason: "one event <less>"),
    ])

  static let training = RunReport.Training(
    stage: "train", trainEvents: 2, validationEvents: 1,
    network: RunReport.Network(
      hidden: 8, passes: 1, parameters: 1234, multiplyAddsPerEdge: 128), positiveWeight: 95.32,
    bestEpoch: 5, curve: (1...6).map(epoch))

  private static func epoch(_ number: Int) -> RunReport.Epoch {
    let count = Double(number)
    return RunReport.Epoch(
      epoch: number, loss: 1.5 / count, gradientNorm: (7 - count) / 2, learningRate: 0.5 / count,
      auc: number % 2 == 0 ? 0.5 + count * 0.0625 : nil,
      validationLoss: number > 1 ? 1.75 / count : nil,
      validationAUC: number % 3 == 0 ? 0.5 + count * 0.05 : nil,
      validationAccuracy: number % 3 == 0 ? 0.875 : nil)
  }

  static let edges = RunReport.Edges(
    stage: "train", threshold: 0.5,
    events: events.enumerated().map { index, event in
      RunReport.EdgeEvent(
        event: event, nodes: 8759 + index, edges: 520_346 + 100 * index, trueEdges: 5402,
        auc: 0.953 + 0.001 * Double(index), averagePrecision: index == 1 ? nil : 0.25,
        purity: 0.0625, efficiency: 0.875, accuracy: index == 2 ? nil : 0.84375)
    },
    histogram: RunReport.EdgeHistogram(
      binEdges: [0, 0.25, 0.5, 0.75, 1], trueEdges: [3, 0, 41, 520],
      falseEdges: [51234, 871, 12, 1]),
    curve: SampleEdges.curve(truePairs: 564, inForce: 0), calibration: SampleEdges.calibration,
    layerPairs: SampleEdges.layerPairs(hasFalse: true))

  static func tracks(stage: String, shift: Double) -> RunReport.Tracks {
    RunReport.Tracks(
      stage: stage, method: stage, parameters: ["threshold": 0.75, "minimumHits": 3],
      scoreOf: "the full event", score: 0.4375 - shift, scoreUncertainty: 0.0123, ceiling: 0.75,
      region: region,
      events: events.enumerated().map { index, event in
        RunReport.TrackEvent(
          event: event, score: 0.4375 - shift + 0.015625 * Double(index - 1), ceiling: 0.75,
          regionScore: 0.052, regionCeiling: 0.81, hits: 11_000, tracks: 1200 + index,
          matchedTracks: index == 2 ? nil : 600, hitsOnTracks: 9000,
          efficiency: 0.5, fakeRate: 0.125, duplicateRate: index == 0 ? nil : 0.03125)
      },
      efficiency: RunReport.BinnedRates(
        pT: RunReport.BinnedEfficiency(
          unit: "GeV", binEdges: [0.1, 0.3, 1, 3, 10], found: [1, 40, 18, 0],
          total: [10, 80, 18, 0]),
        eta: RunReport.BinnedEfficiency(
          unit: nil, binEdges: [-4, -2, 0, 2, 4], found: [10, 30, 28, 5], total: [20, 40, 39, 19])),
      fakes: RunReport.BinnedRates(
        hits: RunReport.BinnedEfficiency(
          unit: nil, binEdges: [2.5, 3.5, 4.5, 5.5], found: [40, 10, 1], total: [100, 90, 4]),
        radius: RunReport.BinnedEfficiency(
          unit: "mm", binEdges: [0, 1, 10, 100], found: [3, 7, 2], total: [900, 90, 20],
          unknown: 31)))
  }

  static let run = RunReport.Run(
    id: "20250101T120000-sample", started: "2025-01-01T12:00:00Z", ended: "2025-01-01T12:03:20Z",
    seconds: 200, command: "trackflow run sample.json", host: "node1", cores: 4, workers: 2,
    trackflowVersion: "0.1.0", instructionSet: "x86-64-v3", operatingSystem: "Linux 6.1",
    swiftVersion: "6.3.1",
    dataset: RunReport.Dataset(name: "simulated", path: "data/simulated", events: 10),
    workflow: ["name": "sample", "stages": ["graphs": ["uses": "build-graphs"]]],
    inputs: [
      RunReport.Input(
        file: "event000001000-hits.csv", sha256: String(repeating: "0123abcd", count: 8))
    ],
    stages: [
      RunReport.Stage(
        name: "graphs", uses: "build-graphs", version: 1, tasks: 5, cached: 1, ran: 2, setAside: 2,
        seconds: 4.5, cpuSeconds: 8.75, peakMemory: 900_000_000),
      RunReport.Stage(
        name: "train", uses: "train-edge-classifier", version: 2, tasks: 1, cached: 0, ran: 1,
        setAside: 0, seconds: 180, cpuSeconds: 700),
      RunReport.Stage(
        name: "tracks", uses: "build-tracks", version: 1, tasks: 3, cached: 3, ran: 0, setAside: 0,
        seconds: nil, cpuSeconds: nil, sparedCPUSeconds: 12.5),
    ],
    timeline: [
      RunReport.TimelineTask(
        stage: "graphs", event: 1000, worker: 0, start: 0.5, end: 3.5, cpuSeconds: 3,
        peakMemory: 800_000_000),
      RunReport.TimelineTask(stage: "graphs", event: 1001, worker: 1, start: 0.5, end: 5),
      RunReport.TimelineTask(stage: "train", event: nil, worker: 0, start: 5, end: 185),
    ])

  /// A run that scored nothing and has nothing to show.
  static var empty: RunReport {
    RunReport(
      workflow: "empty",
      results: RunReport.Results(
        headline: RunReport.Headline(
          score: nil, scoreOf: "the full event", eventsScored: 0, eventsAsked: 0),
        training: [
          RunReport.Training(
            stage: "train", trainEvents: 0, validationEvents: 0,
            network: RunReport.Network(hidden: 1, passes: 1, parameters: 1), positiveWeight: nil,
            curve: [])
        ],
        edges: [RunReport.Edges(stage: "train", threshold: nil, events: [])],
        tracks: [
          RunReport.Tracks(
            stage: "tracks", method: "greedy", scoreOf: "the full event", score: nil, events: [])
        ]),
      run: RunReport.Run(
        id: "", started: "", ended: "", seconds: 0, command: "", host: "", cores: 0, workers: 0,
        trackflowVersion: "", instructionSet: nil, operatingSystem: "", swiftVersion: "",
        dataset: RunReport.Dataset(name: "", path: "", events: 0), workflow: .null))
  }
}
