import EdgeClassifier
import EventData
import EventSimulation
import Foundation
import Reconstruction
import TrackScoring

/// How long the whole chain takes on one event, hits and cells in memory to tracks, step by step.
struct ReconstructionTimes: Encodable {
  let pileUp: Double
  let hits: Int
  let threads: Int
  let tracks: Int
  /// TrackML score of the whole event.
  let score: Double
  /// Medians over the runs, in the order of the steps.
  let steps: [Step]
  /// Median of whole runs, in seconds.
  let seconds: Double

  struct Step: Encodable {
    let name: String
    /// What the step went through: hits, pairs of hits, pairs of doublets, triplets, tracks.
    let candidates: Int
    let seconds: Double
  }

  /// - Parameter runs: after one to warm up.
  init(
    _ event: SimulatedEvent, pileUp: Double, weights: ReconstructionWeights,
    geometry: DetectorGeometry, field: DetectorField, isFast: Bool, threads: Int, runs: Int
  ) throws {
    let chain = isFast ? weights.chain.narrowed : weights.chain
    var totals: [Double] = []
    var times: [[Double]] = []
    var names: [String] = []
    var candidates: [Int] = []
    var tracks: [Track] = []
    var prepared: DetectorHits?
    for run in 0...runs {
      var own: [Double] = []
      names = []
      candidates = []
      let start = ContinuousClock.now
      var last = start
      func took(_ name: String, _ count: Int) {
        let now = ContinuousClock.now
        names.append(name)
        candidates.append(count)
        own.append((now - last) / .seconds(1))
        last = now
      }
      let hits = try DetectorHits(
        hits: event.hits, cells: event.cells, geometry: geometry, field: field, threads: threads)
      took("hits", event.hits.count)
      tracks = try chain.tracks(of: hits, threads: threads, took: took)
      prepared = hits
      guard run > 0 else { continue }
      totals.append((last - start) / .seconds(1))
      times.append(own)
    }
    self.pileUp = pileUp
    hits = event.hits.count
    self.threads = threads
    self.tracks = tracks.count
    score =
      try TrackMLScore(
        truth: event.truth,
        submission: SubmissionTable(tracks, hitID: prepared?.hitID ?? [], event: 0)
      ).value
    steps = names.indices.map { step in
      Step(
        name: names[step], candidates: candidates[step],
        seconds: Self.median(times.map { $0[step] }))
    }
    seconds = Self.median(totals)
  }

  private static func median(_ values: [Double]) -> Double {
    values.isEmpty ? 0 : values.sorted()[values.count / 2]
  }
}

/// `reconstruct`: the chain's time against the number of hits.
enum ReconstructionBenchmark {
  static func run(_ arguments: [String]) throws {
    var options = Options(arguments)
    let weights = try ShippedWeights.load(options.take("--weights") ?? "trackml-kaggle")
    let pileUps = (options.take("--pile-up") ?? "155").split(separator: ",").compactMap {
      Double($0)
    }
    let runs = options.take("--runs").flatMap { Int($0) } ?? 5
    let threads = (options.take("--threads") ?? "1,2").split(separator: ",").compactMap { Int($0) }
    let beamZ = options.take("--beam-z").flatMap { Double($0) } ?? 5.8
    let wantsJSON = options.flag("--json")
    let isFast = options.flag("--fast")
    guard options.rest.isEmpty, !pileUps.isEmpty, !threads.isEmpty else {
      throw Usage(Benchmarks.usage)
    }
    let geometry = DetectorGeometry(modules: TrackMLDetector.table())
    let field = DetectorField(
      .coil(radius: 1250, length: 5200, centre: [-150, -150, -150], strength: 2))
    var all: [ReconstructionTimes] = []
    for pileUp in pileUps {
      var configuration = SimulationConfiguration()
      configuration.pileUp = pileUp
      configuration.beamSpotZ = beamZ
      let event = try EventGenerator(configuration: configuration).event(id: 900_001)
      for count in threads {
        let times = try ReconstructionTimes(
          event, pileUp: pileUp, weights: weights, geometry: geometry, field: field,
          isFast: isFast, threads: count, runs: runs)
        all.append(times)
        if !wantsJSON { print(text(times)) }
      }
    }
    if wantsJSON {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
      print(String(decoding: try encoder.encode(all), as: UTF8.self))
    } else if let memory = PeakMemory.megabytes {
      print("peak memory of the process: \(memory) MB, simulation included")
    }
  }

  private static func text(_ times: ReconstructionTimes) -> String {
    let steps = times.steps.map { "\($0.name) \(milliseconds($0.seconds))" }
    return """
      pile-up \(Int(times.pileUp)): \(times.hits) hits, \(times.threads) thread(s): \
      \(milliseconds(times.seconds)) ms, \(times.tracks) tracks, score \
      \(Double(Int(times.score * 1e4)) / 1e4)
        \(steps.joined(separator: ", "))
      """
  }

  private static func milliseconds(_ seconds: Double) -> Int { Int((seconds * 1000).rounded()) }
}

/// What a command line says behind its command.
private struct Options {
  private(set) var rest: [String]

  init(_ arguments: [String]) { rest = arguments }

  mutating func take(_ name: String) -> String? {
    guard let place = rest.firstIndex(of: name), place + 1 < rest.count else { return nil }
    let value = rest[place + 1]
    rest.removeSubrange(place...place + 1)
    return value
  }

  mutating func flag(_ name: String) -> Bool {
    guard let place = rest.firstIndex(of: name) else { return false }
    rest.remove(at: place)
    return true
  }
}

/// The most memory that this process has had.
enum PeakMemory {
  /// As Linux tells it; nil elsewhere.
  static var megabytes: Int? {
    guard let text = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
      let line = text.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
      let number = line.split(separator: " ").compactMap({ Int($0) }).first
    else { return nil }
    return number / 1024
  }
}
