import Foundation

/// All measurements of one run, for people and for programs.
struct BenchmarkReport: Encodable {
  let event: Int
  let hits: Int
  let edges: Int
  /// The instances that the kernels were taken from.
  let instructionSet: String
  let peaks: MachinePeaks
  private(set) var measurements: [Measurement] = []

  init(event: BenchmarkEvent, instructionSet: String, peaks: MachinePeaks) {
    self.event = event.id
    hits = event.hits.count
    edges = event.graph.edgeCount
    self.instructionSet = instructionSet
    self.peaks = peaks
  }

  mutating func add(_ measurement: Measurement) { measurements.append(measurement) }

  var json: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
      return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
  }

  /// The lines above the table.
  var head: String {
    let bandwidth = peaks.gigabytesByThreads.map { Self.number($0) }.joined(separator: ", ")
    return """
      event \(event): \(hits) hits, \(edges) edges; kernels \(instructionSet)
      peaks: \(Self.number(peaks.gigaflops)) GFLOP/s a core (\(peaks.vectors)), \
      \(bandwidth) GB/s with 1 to \(peaks.gigabytesByThreads.count) threads

      """ + Self.row("", "threads", "ms", "ns each", "of", "GFLOP/s", "GB/s", "share of peak")
  }

  static func line(_ measurement: Measurement) -> String {
    row(
      measurement.name, String(measurement.threads), number(1e3 * measurement.seconds),
      number(measurement.nanosecondsPerItem), measurement.unit,
      measurement.gigaflops.map { number($0) } ?? "-",
      measurement.gigabytes.map { number($0) } ?? "-", share(measurement))
  }

  /// The larger of both shares: what the work comes nearest to.
  private static func share(_ measurement: Measurement) -> String {
    let arithmetic = measurement.shareOfArithmetic ?? 0
    let bandwidth = measurement.shareOfBandwidth ?? 0
    return arithmetic > bandwidth
      ? number(100 * arithmetic) + " % arithmetic" : number(100 * bandwidth) + " % memory"
  }

  private static func row(
    _ name: String, _ threads: String, _ time: String, _ each: String, _ unit: String,
    _ gigaflops: String, _ gigabytes: String, _ share: String
  ) -> String {
    func left(_ text: String, _ width: Int) -> String {
      text + String(repeating: " ", count: max(0, width - text.count))
    }
    func right(_ text: String, _ width: Int) -> String {
      String(repeating: " ", count: max(0, width - text.count)) + text
    }
    return left(name, 32) + right(threads, 8) + right(time, 9) + right(each, 9) + " "
      + left(unit, 6) + right(gigaflops, 8) + right(gigabytes, 8) + "  " + share
  }

  private static func number(_ value: Double) -> String {
    String(format: value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value)
  }
}
