import EdgeClassifier
import EventData
import Foundation
import GraphConstruction
import JSONDocument
import TestSupport
import Testing
import TrackScoring

/// The notebook's training on a simulated event, against PyTorch Geometric's from the same weights.
@Suite(
  "The notebook's training", .serialized,
  .enabled(if: SharedData.isPresent, "\(SharedData.absence)"))
struct NotebookTests {
  static let reference = "reference/notebook/notebook-event000030000"

  static func graph() throws -> HitGraph {
    let event = SharedData.path("data/acts_ttbar/event000030000-")
    let selection = HitSelection(volumes: [8, 13, 17], zRange: (lower: -50, upper: 50))
    return try LayerPairGraphBuilder(selection: selection).graph(
      hits: EventReader.hits(at: event + "hits.csv.zst"),
      truth: EventReader.truth(at: event + "truth.csv.zst"))
  }

  static func network(_ name: String) throws -> EdgeNetwork {
    try EdgeNetwork(
      configuration: EdgeNetworkConfiguration(),
      tensors: Safetensors.read(path: SharedData.path("\(reference)-\(name).safetensors")))
  }

  @Test("The trained network gives PyTorch's probabilities")
  func inference() throws {
    let probabilities = try Self.network("final").probabilities(graph: Self.graph())
    let expected = try NumPyArchive(path: SharedData.path("\(Self.reference)-probability.npz"))
      .float("probability")
    #expect(probabilities.count == expected.count)
    let largest = zip(probabilities, expected).reduce(0) { max($0, abs($1.0 - $1.1)) }
    #expect(largest < 1e-4)
  }

  @Test("Losses and norms follow PyTorch's, and 400 epochs end at its AUC")
  func training() throws {
    let path = SharedData.path("\(Self.reference).json")
    let json = try JSONDocument(
      parsing: [UInt8](Data(contentsOf: URL(filePath: path))), file: path)
    let curve = try #require(json.root["curve"]?.arrayValue)
    let hitGraph = try Self.graph()
    let graph = TrainingGraph.notebook(PreparedGraph(hitGraph))
    let threads = ProcessInfo.processInfo.activeProcessorCount
    var trainer = try EdgeTrainer(
      model: .notebook(Self.network("initial")),
      options: TrainingOptions(epochs: 400, aucEvery: 10, threads: threads))
    for expected in curve {
      let record = try trainer.runEpoch(training: [graph])
      let loss = try #require(expected["loss"]?.doubleValue)
      let norm = try #require(expected["gradient_norm"]?.doubleValue)
      if record.epoch <= 20 {
        #expect(abs(record.loss / loss - 1) < 1e-4, "epoch \(record.epoch)")
        #expect(abs(record.gradientNorm / norm - 1) < 1e-3, "epoch \(record.epoch)")
      }
      // Later the paths part by rounding, and stay near.
      #expect(abs(record.loss / loss - 1) < 0.01, "epoch \(record.epoch)")
      if let area = expected["auc"]?.doubleValue {
        #expect(abs(try #require(record.auc) - area) < 0.005, "epoch \(record.epoch)")
      }
    }
    #expect(trainer.epoch == 400)
    let scores = trainer.network.probabilities(graph: hitGraph, threads: threads)
    let area = try #require(EdgeMetrics.areaUnderROC(scores: scores, labels: hitGraph.label))
    let expected = try #require(json.root["eval_auc"]?.doubleValue)
    #expect(abs(area - expected) < 0.005)
  }
}
