import ArtifactStore
import EdgeClassifier
import Foundation
import GraphConstruction
import JSONDocument
import Workflow

/// The graphs that a training sees, from the cache, in the order of their events.
struct TrainingGraphs {
  let training: GraphStreamPart
  let validation: GraphStreamPart
  /// Of the largest graph.
  let nodes: Int
  let edges: Int

  /// - Throws: `InputRefused` where a split is none that a training takes,
  ///   `EdgeClassifierError.tooLittleMemory` where the memory is not enough.
  init(_ task: StageTask, model: EdgeModel, weighting: EdgeWeighting) throws {
    let inputs = task.inputs.sorted { ($0.event ?? 0) < ($1.event ?? 0) }
    if let other = inputs.first(where: { $0.split != "train" && $0.split != "validation" }) {
      throw InputRefused(
        "the training takes the splits \"train\" and \"validation\", not \"\(other.split ?? "")\";"
          + " name them in \"on\"")
    }
    let training = inputs.filter { $0.split == "train" }
    let validation = inputs.filter { $0.split == "validation" }
    let all = training + validation
    let sizes = try all.map { try Self.size(of: $0.key, in: task.store) }
    nodes = sizes.map(\.nodes).max() ?? 0
    edges = sizes.map(\.edges).max() ?? 0
    let memory = MemorySize(task.text("memory"))?.bytes ?? 0
    let step = model.stepBytes(nodes: nodes, edges: edges)
    let store = task.store
    let threads = task.threads
    let stream = try GraphStream(
      sizes: sizes.map { model.graphBytes(nodes: $0.nodes, edges: $0.edges) }, memory: memory,
      besides: step + ProcessMemory.resident + ProcessMemory.reserve
    ) { index in
      let graph = try GraphArtifact.graph(of: store.load(all[index].key))
      return try model.prepared(graph, weighting: weighting, threads: threads)
    }
    self.training = stream.part(0..<training.count)
    self.validation = stream.part(training.count..<all.count)
  }

  private static func size(
    of key: ArtifactKey, in store: ObjectStore
  ) throws -> (nodes: Int, edges: Int) {
    let summary = try store.description(of: key).summary
    return (summary["nodes"]?.intValue ?? 0, summary["edges"]?.intValue ?? 0)
  }
}

/// What this process takes of the machine's memory.
enum ProcessMemory {
  /// For what is not counted: code, small arrays, fragments of the heap.
  static let reserve = 48_000_000

  /// Bytes that are in memory now; 0 where the system does not say.
  static var resident: Int {
    guard let text = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
      let line = text.split(separator: "\n").first(where: { $0.hasPrefix("VmRSS:") }),
      let kilobytes = Int(line.filter(\.isNumber))
    else { return 0 }
    return kilobytes * 1024
  }
}
