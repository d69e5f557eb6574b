import EventData
import GraphConstruction
import TrackScoring

/// Reading, building and scoring of one event.
enum EventBenchmarks {
  static func reading(_ event: BenchmarkEvent) throws -> Benchmark {
    let files = event.paths
    let bytes = try files.values.reduce(0) { try $0 + CSVReading.bytes($1) }
    let rows = try files.reduce(0) { try $0 + CSVReading.rows($1.key, $1.value) }
    return Benchmark(
      name: "CSV reading", unit: "rows", items: rows, threads: 2,
      bytes: Double(bytes),
      run: { for (file, path) in files { consume(try CSVReading.rows(file, path)) } })
  }

  static func graph(_ event: BenchmarkEvent) -> Benchmark {
    Benchmark(
      name: "notebook graph", unit: "edges", items: event.graph.edgeCount,
      bytes: Double(event.graph.edgeCount * 5 + event.hits.count * 36),
      run: { consume(try BenchmarkEvent.builder.graph(hits: event.hits, truth: event.truth)) })
  }

  static func score(_ event: BenchmarkEvent) -> Benchmark {
    let submission = event.submission
    return Benchmark(
      name: "TrackML score", unit: "hits", items: event.truth.count,
      bytes: Double(event.truth.count * (4 + 8 + 8) + submission.count * (4 + 4 + 8)),
      run: { consume(try TrackMLScore(truth: event.truth, submission: submission)) })
  }

  /// Everything that is computed from the scores of edges.
  static func edgeMetrics(_ edges: ScoredEdges) -> [Benchmark] {
    func benchmark(_ name: String, _ run: @escaping () -> Void) -> Benchmark {
      Benchmark(
        name: name, unit: "edges", items: edges.scores.count,
        bytes: Double(5 * edges.scores.count), run: run)
    }
    let (scores, labels) = (edges.scores, edges.labels)
    return [
      benchmark("area under the ROC curve") {
        consume(EdgeMetrics.areaUnderROC(scores: scores, labels: labels))
      },
      benchmark("average precision") {
        consume(EdgeMetrics.averagePrecision(scores: scores, labels: labels))
      },
      benchmark("edge histogram") { consume(EdgeHistogram(scores: scores, labels: labels)) },
    ]
  }
}
