import Foundation

/// Programs that time parts of trackflow; `Benchmarks/` holds the scripts that put other software
/// beside them.
@main
enum Benchmarks {
  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    switch arguments.first {
    case "csv-reading": try CSVReading.run(Array(arguments.dropFirst()))
    default:
      FileHandle.standardError.write(
        Data("usage: trackflow-benchmarks csv-reading FOLDER EVENT [REPETITIONS]\n".utf8))
      exit(64)
    }
  }
}
