import EventData
import Foundation

/// Times the reading of an event's hits, truth and particles, as `Benchmarks/csv_reading.py` asks
/// for it.
enum CSVReading {
  /// Prints one JSON object: the file's bytes and rows, and the seconds of each repetition.
  static func run(_ arguments: [String]) throws {
    guard arguments.count >= 2, let event = Int(arguments[1]) else {
      FileHandle.standardError.write(Data("csv-reading FOLDER EVENT [REPETITIONS]\n".utf8))
      exit(64)
    }
    let repetitions = arguments.count > 2 ? Int(arguments[2]) ?? 9 : 9
    let folder = try EventFolder(path: arguments[0])
    let paths = [EventFile.hits, .truth, .particles].map { folder.path(of: $0, event: event) ?? "" }
    var seconds: [Double] = []
    var rows = 0
    for _ in 0..<max(repetitions, 1) {
      let start = ContinuousClock.now
      let hits = try EventReader.hits(at: paths[0])
      let truth = try EventReader.truth(at: paths[1])
      let particles = try EventReader.particles(at: paths[2])
      let elapsed = ContinuousClock.now - start
      rows = hits.count + truth.count + particles.count
      seconds.append(elapsed / .seconds(1))
    }
    let times = seconds.map { String($0) }.joined(separator: ", ")
    print("{\"rows\": \(rows), \"seconds\": [\(times)]}")
  }
}
