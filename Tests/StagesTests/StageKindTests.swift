import ArtifactStore
import Foundation
import JSONDocument
import Stages
import TestSupport
import Testing
import Workflow

@Suite struct StageKindTests {
  private var repository: URL {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
  }

  @Test func theCommittedSchemaIsThatOfTheCode() throws {
    let path = repository.appending(path: "workflows/schema/workflow.schema.json")
    let committed = try String(contentsOf: path, encoding: .utf8)
    #expect(
      committed == WorkflowSchema.schema(kinds: StageKinds.all).prettyText + "\n",
      "run `make schema` and commit the result")
  }

  @Test func everyCommittedWorkflowIsValid() throws {
    let folder = repository.appending(path: "workflows")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".json") }
    #expect(names.count >= 3)
    for name in names {
      let definition = try WorkflowReader.read(
        path: folder.appending(path: name).path, kinds: StageKinds.all)
      #expect(definition.name + ".json" == name)
    }
  }

  @Test func everyDefaultIsAcceptedByItsOwnParameter() throws {
    for kind in StageKinds.all {
      for spec in kind.parameters {
        #expect(!spec.description.isEmpty)
        let text = """
          {"name": "x", "dataset": {"path": "e"}, "split": {"train": "0"}, "stages": {
            "s": {"uses": "\(kind.name)", "parameters": {"\(spec.name)": \(spec.defaultValue.compactText)}}}}
          """
        let folder = try TemporaryFolder()
        let path = try folder.write(text, to: "w.json")
        do {
          _ = try WorkflowReader.read(path: path, kinds: StageKinds.all)
        } catch {
          // Missing inputs and a file that has no default are the only things that may be complained of.
          let words = "\(error)"
          let isAboutFile = words.contains("file: the path of a submission file was expected")
          #expect(words.contains("needs the results of") || isAboutFile, "\(error)")
        }
      }
    }
  }
}
