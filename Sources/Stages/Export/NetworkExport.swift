import ArtifactStore
import EdgeClassifier
import Exchange
import Workflow

/// A trained network of a run as others take it.
public struct NetworkExport: Sendable {
  private let results: RunResults
  /// The stage that trained it.
  public let stage: String

  private static let edgeTraining = TrainEdgeClassifier().name

  /// - Parameter stage: nil for the first that trains an edge classifier, else the first that trains anything.
  /// - Throws: `ExportError`.
  public init(_ results: RunResults, stage: String?) throws {
    self.results = results
    self.stage = try results.stage(
      stage, giving: [Self.edgeTraining] + StudyReport.rowTrainings, what: "trained network",
      firstChoice: stage == nil ? results.stages(giving: Self.edgeTraining).first : nil)
  }

  /// The weights as a safetensors file with PyTorch's names.
  public func safetensors() throws -> [UInt8] { try TrainingArtifact.safetensors(of: artifact()) }

  /// An edge classifier as an ONNX file.
  ///
  /// - Throws: `ExportError.notExportable` for other networks.
  public func onnx(producerVersion: String) throws -> [UInt8] {
    guard let kind = results.kind(of: stage), kind == Self.edgeTraining else {
      throw ExportError.notExportable(
        stage: stage,
        reason:
          "it trains no edge classifier over a graph of hits, which \(Self.edgeTraining) does;"
          + " `trackflow export weights` writes its weights")
    }
    let model = try TrainingArtifact.model(of: artifact())
    return ONNXModel(model, producerVersion: producerVersion).bytes
  }

  private func artifact() throws -> Artifact {
    guard let artifact = try results.artifact(of: stage) else {
      throw ExportError.nothing(
        what: "trained network of the stage \(stage)", run: results.run, stages: results.stages)
    }
    return artifact
  }
}
