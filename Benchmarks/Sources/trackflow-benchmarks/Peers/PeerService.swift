import EdgeClassifier
import Foundation
import GraphConstruction
import TrackScoring

/// Does the work that scripts ask for, one line each, so that they can take turns with other software.
///
/// A request is `WORK REPETITIONS`; its answer is one JSON object, `{"seconds": […], "values": […]}`,
/// with the time and the result of each repetition.
struct PeerService {
  typealias Work = () throws -> Double

  private var works: [String: Work] = [:]

  /// Writes the inputs for the peers and gets everything ready.
  init(inputs: String, folder: String, event id: Int?) throws {
    let event = try BenchmarkEvent(folder: folder, id: id)
    let inputs = try PeerInputs(folder: inputs)
    let edges = try ScoredEdges(event, count: 700_000)
    let submission = event.submission
    let network = try EdgeNetwork(configuration: NetworkBenchmarks.notebook, seed: 1)
    try inputs.write(event)
    try inputs.write(event.graph)
    try inputs.write(edges)
    try inputs.write(network, name: "notebook")
    let files = event.paths
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
      "step": try Self.step(network, event.graph, threads: 1),
      "threads-1": try Self.step(network, event.graph, threads: 1),
      "threads-2": try Self.step(network, event.graph, threads: 2),
    ]
  }

  /// One optimiser step of a training of its own, with the loss before it.
  private static func step(_ network: EdgeNetwork, _ graph: HitGraph, threads: Int) throws -> Work {
    let prepared = [TrainingGraph.notebook(PreparedGraph(graph))]
    var trainer = try EdgeTrainer(
      model: .notebook(network), options: TrainingOptions(aucEvery: 0, threads: threads))
    return { try trainer.runEpoch(training: prepared).loss }
  }

  /// A number that tells counts apart, exact while they are below 10^9: each times its place from 1.
  private static func digest(_ counts: [Int]) -> Double {
    Double(counts.enumerated().reduce(0) { $0 + ($1.offset + 1) * $1.element })
  }

  /// Answers until the requests end.
  func run() throws {
    Self.answer("{\"ready\": true}")
    while let line = readLine() {
      let words = line.split(separator: " ")
      guard words.count == 2, let work = works[String(words[0])], let count = Int(words[1]) else {
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
