import ArgumentParser
import EventData
import Foundation
import Reconstruction
import Stages
import Workflow

/// What a shell offers for the arguments of several commands.
enum Completions {
  static let workflow = CompletionKind.file(extensions: ["json"])
  static let manifest = CompletionKind.file(extensions: ["json"])
  static let table = CompletionKind.file(extensions: ["csv", "zst", "gz"])

  /// The data sets of the manifest that is named before, or of the usual one.
  static let dataSet = CompletionKind.custom { words, _, _ in
    let named = words.firstIndex(of: "--manifest").map { words.dropFirst($0 + 1).first ?? "" }
    let path = named ?? ManifestOptions.usualPath
    return ((try? DataManifest.load(path: path))?.dataSets ?? []).map(\.name)
  }

  /// The sets that the program carries, and files of weights in this folder.
  static let weights = CompletionKind.custom { _, _, _ in
    let files = (try? FileManager.default.contentsOfDirectory(atPath: ".")) ?? []
    return ShippedWeights.names + files.filter { $0.hasSuffix(".tfw") }.sorted()
  }

  /// What can be set in the workflow that is named before: `train.epochs=`.
  static let change = CompletionKind.custom { words, _, _ in
    let fixed =
      ["dataset.name=", "dataset.path=", "dataset.manifest=", "dataset.events="]
      + ExecutorSettings.names.map { "executor.\($0)=" }
    for path in words where path.hasSuffix(".json") {
      guard let definition = try? WorkflowReader.read(path: path, kinds: StageKinds.all) else {
        continue
      }
      let parameters = definition.stages.flatMap { stage in
        stage.kind.parameters.map { "\(stage.name).\($0.name)=" }
          + ExecutorSettings.stageNames.map { "\(stage.name).executor.\($0)=" }
      }
      return parameters + definition.splits.map { "split.\($0.name)=" } + fixed
    }
    return fixed
  }

  /// The stages with tracks to export, of the workflow that is named before.
  static let lastStage = CompletionKind.custom { words, _, _ in
    for path in words where path.hasSuffix(".json") {
      if let definition = try? WorkflowReader.read(path: path, kinds: StageKinds.all) {
        return definition.stages.filter { $0.kind.name == "extend-tracks" }.map(\.name)
      }
    }
    return []
  }
}
