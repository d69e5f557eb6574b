import ArtifactStore
import Foundation
import JSONDocument

/// A job array as it was handed in; written before `sbatch` is called, so that no array is ever without one.
struct Submission: Sendable, Equatable {
  private static let format = 1

  /// The name under which Slurm knows it; no other array has it.
  var name: String
  var stage: String
  /// Seconds since 1970.
  var submitted: Double
  var eventsPerJob: Int
  /// Memory of each job, in bytes; nil for the partition's own.
  var memory: Int?
  /// The names of the arrays that it waits for.
  var needs: [String]
  var batches: [Batch]

  /// One job: its place in the array, and the results that it is to make.
  struct Batch: Sendable, Equatable {
    var place: Int
    var keys: [ArtifactKey]
  }

  var json: JSONValue {
    [
      "format": .integer(Self.format), "name": .string(name), "stage": .string(stage),
      "submitted": .number(submitted), "eventsPerJob": .integer(eventsPerJob),
      "memory": memory.map { .integer($0) } ?? .null,
      "needs": .array(needs.map { .string($0) }),
      "batches": .array(
        batches.map { batch in
          [
            "place": .integer(batch.place), "keys": .array(batch.keys.map { .string($0.hex) }),
          ]
        }),
    ]
  }
}

extension Submission {
  /// Nil for what is no submission of this version, or a file that is gone.
  init?(path: String) {
    guard let data = try? Data(contentsOf: URL(filePath: path)),
      let json = try? JSONDocument(parsing: Array(data), file: path).root,
      json["format"]?.intValue == Self.format, let name = json["name"]?.stringValue,
      let stage = json["stage"]?.stringValue, let submitted = json["submitted"]?.doubleValue,
      let eventsPerJob = json["eventsPerJob"]?.intValue,
      let needs = json["needs"]?.arrayValue, let batches = json["batches"]?.arrayValue
    else { return nil }
    self.init(
      name: name, stage: stage, submitted: submitted, eventsPerJob: eventsPerJob,
      memory: json["memory"]?.intValue, needs: needs.compactMap(\.stringValue),
      batches: batches.compactMap { batch in
        guard let place = batch["place"]?.intValue, let keys = batch["keys"]?.arrayValue else {
          return nil
        }
        return Batch(
          place: place, keys: keys.compactMap { $0.stringValue.flatMap(ArtifactKey.init(hex:)) })
      })
  }
}
