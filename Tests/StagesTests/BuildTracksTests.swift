import ArtifactStore
import JSONDocument
import Stages
import TestSupport
import Testing
import Workflow

@Suite struct BuildTracksTests {
  let small: SmallTask
  let inputs: [TaskInput]

  /// A graph of five hits in a chain, whose last edge is unlikely.
  init() throws {
    small = try SmallTask()
    let arrays: [String: [ArtifactArray]] = [
      "build-graphs": [
        ArtifactArray(name: "hitID", values: .int32([1, 2, 3, 4, 5])),
        ArtifactArray(name: "layer", values: .int32([1, 2, 3, 4, 5])),
        ArtifactArray(
          name: "features",
          values: .float32((0..<25).map { $0 % 5 == 3 ? Float($0) / 100 : 0 })),
        ArtifactArray(name: "firstEdge", values: .int32([0, 1, 2, 3, 4, 4])),
        ArtifactArray(name: "end", values: .int32([1, 2, 3, 4])),
        ArtifactArray(name: "label", values: .uint8([1, 1, 1, 1])),
      ],
      "classify-edges": [
        ArtifactArray(name: "probability", values: .float32([0.9, 0.8, 0.9, 0.05]))
      ],
    ]
    var inputs: [TaskInput] = []
    for (kind, arrays) in arrays {
      let keyText: JSONValue = ["kind": .string(kind)]
      try small.store.publish(
        Artifact(kind: kind, keyText: keyText, summary: [:], arrays: arrays))
      inputs.append(
        TaskInput(kind: kind, event: 7, split: nil, key: ArtifactKey(of: keyText)))
    }
    self.inputs = inputs
  }

  @Test(arguments: [("greedy", 4), ("components", 5), ("walk-through", 5)])
  func everyMethodBuildsItsTracks(method: String, hits: Int) throws {
    let result = try small.result(
      of: "build-tracks", inputs: inputs, parameters: ["method": .string(method)])
    #expect(result.summary["hitsOnTracks"]?.intValue == hits)
    // Tracks go along no edge at or below it.
    let least = method == "walk-through" ? 0.01 : 0.7
    #expect(result.summary["threshold"]?.doubleValue == least)
  }

  @Test func theCutsOfTheWalkThroughMustNotFall() throws {
    let kind = try #require(StageKinds.all.first { $0.name == "build-tracks" })
    func wrong(_ method: String, _ cuts: [Double]) -> String? {
      kind.contradiction(in: [
        "method": .string(method), "lowCut": .number(cuts[0]), "walkCut": .number(cuts[1]),
        "startCut": .number(cuts[2]),
      ])?.parameter
    }
    #expect(wrong("walk-through", [0.1, 0.1, 0.1]) == nil)
    #expect(wrong("walk-through", [0.2, 0.1, 0.6]) == "walkCut")
    #expect(wrong("walk-through", [0.1, 0.3, 0.2]) == "startCut")
    #expect(wrong("greedy", [0.3, 0.2, 0.1]) == nil)
  }
}
