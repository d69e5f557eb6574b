import EdgeClassifier
import Foundation

/// Times the parts of trackflow, beside the machine's peaks, and serves the scripts in `peers/` that
/// put other software beside them.
@main
enum Benchmarks {
  static let usage = """
    trackflow-benchmarks measure [FOLDER [EVENT]] [--json]   times every part on one event
    trackflow-benchmarks reconstruct [--weights NAME|FILE] [--pile-up 50,155,300] [--threads 1,2] [--runs 5] [--beam-z 5.8] [--fast] [--json]
                                                             times the whole detector's chain on simulated events
    trackflow-benchmarks simulate FOLDER                     writes the event that is taken without one
    trackflow-benchmarks serve INPUTS FOLDER [EVENT]         answers the scripts in peers/
    """

  static func main() {
    var arguments = Array(CommandLine.arguments.dropFirst())
    let command = arguments.isEmpty ? "measure" : arguments.removeFirst()
    do {
      switch command {
      case "measure": try measure(arguments)
      case "reconstruct": try ReconstructionBenchmark.run(arguments)
      case "simulate": try BenchmarkEvent.simulate(intoFolder: argument(arguments, 0))
      case "serve":
        var service = try PeerService(
          inputs: argument(arguments, 0), folder: argument(arguments, 1),
          event: arguments.count > 2 ? Int(arguments[2]) : nil)
        try service.run()
      default: throw Usage(usage)
      }
    } catch {
      FileHandle.standardError.write(Data("\(error)\n".utf8))
      exit(error is Usage ? 64 : 70)
    }
  }

  /// Every benchmark on one event; those of another network are added here.
  static func all(_ event: BenchmarkEvent) throws -> [Benchmark] {
    let graph = event.graph
    return [
      try EventBenchmarks.reading(event),
      EventBenchmarks.graph(event),
      NetworkBenchmarks.preparation(graph),
      try NetworkBenchmarks.step(graph, threads: 1),
      try NetworkBenchmarks.step(graph, threads: 2),
      try NetworkBenchmarks.inference(graph, threads: 1),
      try NetworkBenchmarks.inference(graph, threads: 2),
      try MessagePassingBenchmarks.step(graph, threads: 1),
      try MessagePassingBenchmarks.step(graph, threads: 2),
      try MessagePassingBenchmarks.inference(graph, threads: 1),
      EventBenchmarks.score(event),
    ] + EventBenchmarks.edgeMetrics(try ScoredEdges(event, count: 700_000))
  }

  static func measure(_ arguments: [String]) throws {
    let wantsJSON = arguments.contains("--json")
    let places = arguments.filter { $0 != "--json" }
    let made = FileManager.default.temporaryDirectory
      .appending(path: "trackflow-benchmarks-\(ProcessInfo.processInfo.processIdentifier)").path
    defer { try? FileManager.default.removeItem(atPath: made) }
    if places.isEmpty { try BenchmarkEvent.simulate(intoFolder: made) }
    let event = try BenchmarkEvent(
      folder: places.first ?? made, id: places.count > 1 ? Int(places[1]) : nil)
    let benchmarks = try all(event)
    var report = BenchmarkReport(
      event: event, instructionSet: Kernels.instructionSet,
      peaks: MachinePeaks(threads: benchmarks.map(\.threads).max() ?? 1))
    if !wantsJSON { print(report.head) }
    for benchmark in benchmarks {
      let measurement = try Measurement(benchmark, peaks: report.peaks)
      report.add(measurement)
      if !wantsJSON { print(BenchmarkReport.line(measurement)) }
    }
    if wantsJSON { print(try report.json) }
  }

  private static func argument(_ arguments: [String], _ place: Int) throws -> String {
    guard arguments.count > place else { throw Usage(usage) }
    return arguments[place]
  }
}

/// The program was called wrongly; holds how it is called.
struct Usage: Error, CustomStringConvertible {
  let description: String
  init(_ words: String) { description = "usage:\n" + words }
}
