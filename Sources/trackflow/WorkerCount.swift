import ArgumentParser
import Execution
import Foundation

/// What `--workers` says.
enum WorkerCount {
  static func check(_ workers: Int?) throws {
    if let workers, !(1...1024).contains(workers) {
      throw ValidationError("--workers takes a number from 1 to 1024, not \(workers)")
    }
  }

  /// A worker a core where nothing is said.
  static func options(_ workers: Int?) -> Runner.Options {
    let cores = ProcessInfo.processInfo.activeProcessorCount
    return Runner.Options(workers: workers ?? cores, threads: cores)
  }
}
