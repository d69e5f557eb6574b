import ArgumentParser
import ArtifactStore
import Stages

/// `trackflow export weights`: what a stage learnt, as tensors.
struct ExportWeightsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "weights",
    abstract: "Write a trained network's weights as safetensors.",
    discussion: HelpText.discussion(
      """
      The tensors have PyTorch's names. The whole chain of a workflow as one file, which trackflow \
      reconstruct reads, is made by trackflow weights export.
      """,
      examples: [
        "export weights --out edges.safetensors",
        "export weights --stage filter --out filter.safetensors",
      ], exits: [.badData, .missingInput, .storage]))

  @OptionGroup var options: ExportOptions

  @Option(help: ArgumentHelp("The file to write.", valueName: "file"), completion: .file())
  var out: String

  func run() async throws {
    try await options.run { results in
      let export = try NetworkExport(results, stage: options.stage)
      let bytes = try export.safetensors()
      try FileSystem.publish(bytes, to: out)
      return ExportOptions.Written(
        stage: export.stage, content: "\(bytes.count.of("byte"))", files: [out])
    }
  }
}

/// `trackflow export onnx`: an edge classifier for ONNX Runtime and ACTS.
struct ExportONNXCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "onnx",
    abstract: "Write an edge classifier as ONNX, laid out as ACTS takes it.",
    discussion: HelpText.discussion(
      """
      Inputs are x and edge_index as trackflow export graphs writes them, the output is one logit an \
      edge. What the training learnt of scales, and the features of edges, are in the file.
      """,
      examples: [
        "export onnx --out edges.onnx", "export onnx --stage train --out edges.onnx --json",
      ],
      exits: [.badData, .missingInput, .storage]))

  @OptionGroup var options: ExportOptions

  @Option(help: ArgumentHelp("The file to write.", valueName: "file"), completion: .file())
  var out: String

  func run() async throws {
    try await options.run { results in
      let export = try NetworkExport(results, stage: options.stage)
      let bytes = try export.onnx(producerVersion: ProgramVersion.text)
      try FileSystem.publish(bytes, to: out)
      return ExportOptions.Written(
        stage: export.stage, content: "\(bytes.count.of("byte"))", files: [out])
    }
  }
}
