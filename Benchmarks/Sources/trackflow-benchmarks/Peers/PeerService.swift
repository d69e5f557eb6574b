import EdgeClassifier
import Foundation
import GraphConstruction
import TrackScoring

/// Does the work that scripts ask for, one line each, so that they can take turns with other software.
///
/// A request is `WORK REPETITIONS`; its answer is one JSON object, `{"seconds": […], "values": […]}`,
/// with the time and the result of each repetition. A training goes on from one repetition to the
/// next; 0 repetitions start it anew.
struct PeerService {
  typealias Work = () throws -> Double

  private var works: [String: Work]
  private let trainings: [String: () throws -> Work]

  /// Writes the inputs for the peers and gets everything ready.
  init(inputs: String, folder: String, event id: Int?) throws {
    let event = try BenchmarkEvent(folder: folder, id: id)
    let inputs = try PeerInputs(folder: inputs)
    let edges = try ScoredEdges(event, count: 700_000)
    let submission = event.submission
    let graph = event.graph
    let notebook = EdgeModel.notebook(
      try EdgeNetwork(configuration: NetworkBenchmarks.notebook, seed: 1))
    let features = MessageFeatures(graph)
    let messages = try features.standardised(MessagePassingBenchmarks.model())
    try inputs.write(event)
    try inputs.write(graph)
    try inputs.write(features)
    try inputs.write(edges)
    try inputs.write(notebook, name: "notebook")
    try inputs.write(messages, name: "messages")
    let files = event.paths
    let stored = try StoredGraph(event.graph(edges: 660_000), inputs: inputs)
    works = [
      "read": { Double(try files.reduce(0) { try $0 + CSVReading.rows($1.key, $1.value) }) },
      "graph": {
        Double(try BenchmarkEvent.builder.graph(hits: event.hits, truth: event.truth).edgeCount)
      },
      "area": { EdgeMetrics.areaUnderROC(scores: edges.scores, labels: edges.labels) ?? .nan },
      "precision": {
        EdgeMetrics.averagePrecision(scores: edges.scores, labels: edges.labels) ?? .nan
      },
      "histogram": {
        let histogram = EdgeHistogram(scores: edges.scores, labels: edges.labels)
        return Self.digest(histogram.trueEdges + histogram.falseEdges)
      },
      "score": { try TrackMLScore(truth: event.truth, submission: submission).value },
      "publish": { Double(try stored.publish()) },
      "load": { Double(try stored.load()) },
      "messages-operations": { MessagePassingBenchmarks.stepOperations(graph) },
    ]
    trainings = [
      "step": { try Self.step(notebook, graph, threads: 1) },
      "threads-1": { try Self.step(notebook, graph, threads: 1) },
      "threads-2": { try Self.step(notebook, graph, threads: 2) },
      "messages-1": { try Self.step(messages, graph, threads: 1) },
      "messages-2": { try Self.step(messages, graph, threads: 2) },
    ]
    for (name, start) in trainings { works[name] = try start() }
  }

  /// One optimiser step of a training of its own, with the loss before it.
  private static func step(_ model: EdgeModel, _ graph: HitGraph, threads: Int) throws -> Work {
    let prepared = [try model.prepared(graph)]
    var trainer = try EdgeTrainer(
      model: model, options: TrainingOptions(aucEvery: 0, threads: threads))
    return { try trainer.runEpoch(training: prepared).loss }
  }

  /// A number that tells counts apart, exact while they are below 10^9: each times its place from 1.
  private static func digest(_ counts: [Int]) -> Double {
    Double(counts.enumerated().reduce(0) { $0 + ($1.offset + 1) * $1.element })
  }

  /// Answers until the requests end.
  mutating func run() throws {
    Self.answer("{\"ready\": true}")
    while let line = readLine() {
      let words = line.split(separator: " ").map { String($0) }
      if words.count == 2, words[1] == "0", let start = trainings[words[0]] {
        works[words[0]] = try start()
      }
      guard words.count == 2, let work = works[words[0]], let count = Int(words[1]) else {
        throw Usage("a request is WORK REPETITIONS; works: \(works.keys.sorted())")
      }
      var seconds: [String] = []
      var values: [String] = []
      for _ in 0..<count {
        var value = 0.0
        seconds.append(String(try Measurement.seconds { value = try work() }))
        values.append(String(value))
      }
      Self.answer(
        "{\"seconds\": [\(seconds.joined(separator: ", "))], "
          + "\"values\": [\(values.joined(separator: ", "))]}")
    }
  }

  /// Writes a line at once: the script waits for it.
  private static func answer(_ line: String) {
    FileHandle.standardOutput.write(Data((line + "\n").utf8))
  }
}
