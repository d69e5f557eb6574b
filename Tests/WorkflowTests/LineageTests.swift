import ArtifactStore
import JSONDocument
import Testing
import Workflow

/// A study in recipes: six events, graphs of each, a training on four of them, scores of two.
struct SampleLineage {
  var nodes: [ArtifactKey: Lineage.Node] = [:]
  var graphs: [Int: ArtifactKey] = [:]
  var training: ArtifactKey
  var scores: [ArtifactKey] = []

  init() {
    var nodes: [ArtifactKey: Lineage.Node] = [:]
    var made: [Int: ArtifactKey] = [:]
    func add(_ text: JSONValue) -> ArtifactKey {
      let recipe = TaskRecipe(keyText: text)!
      nodes[recipe.key] = .init(
        key: recipe.key, kind: recipe.kind, recipe: recipe, isInCache: recipe.event != 3)
      return recipe.key
    }
    for event in 0..<6 {
      made[event] = add([
        "kind": "make-graphs", "version": 1, "event": .integer(event),
        "parameters": ["width": 0.25, "count": 3], "inputs": [],
        "files": ["hits": .string(String(repeating: "\(event)", count: 64))],
      ])
    }
    func input(_ kind: String, _ key: ArtifactKey, _ event: Int?, _ split: String?) -> JSONValue {
      TaskInput(kind: kind, event: event, split: split, key: key).json
    }
    let taken = (0..<4).map { input("make-graphs", made[$0]!, $0, $0 < 3 ? "train" : "test") }
    graphs = made
    training = add([
      "kind": "train", "version": 1, "parameters": ["epochs": 20], "inputs": .array(taken),
    ])
    for event in 4..<6 {
      scores.append(
        add([
          "kind": "score", "version": 1, "event": .integer(event), "parameters": [:],
          "inputs": [
            input("make-graphs", graphs[event]!, event, nil), input("train", training, nil, nil),
          ],
        ]))
    }
    self.nodes = nodes
  }

  func lineage(of roots: [ArtifactKey]? = nil) throws -> Lineage {
    try Lineage(of: roots ?? scores) { keys in nodes.filter { keys.contains($0.key) } }
  }
}

@Suite struct LineageTests {
  let sample = SampleLineage()

  @Test func everyArtifactIsMetOnceAndMadeAfterWhatItTakes() throws {
    let lineage = try sample.lineage()
    #expect(lineage.order.count == 9)
    #expect(Set(lineage.order) == Set(lineage.makingOrder))
    let place = Dictionary(
      uniqueKeysWithValues: lineage.makingOrder.enumerated().map { ($1, $0) })
    for key in lineage.order {
      for input in lineage.nodes[key]!.recipe!.inputs { #expect(place[input.key]! < place[key]!) }
    }
    #expect(lineage.files.count == 6)
  }

  @Test func anInputOfWhichNothingIsKnownHasTheNameThatItIsTakenBy() throws {
    var sample = sample
    sample.nodes[sample.training] = nil
    let lineage = try sample.lineage(of: [sample.scores[0]])
    let node = try #require(lineage.nodes[sample.training])
    #expect(node.kind == "train" && node.recipe == nil && !node.isInCache)
    #expect(lineage.order.count == 3)
    let lines = LineageTree(lineage, kinds: FakeKind.all).lines(files: [:])
    #expect(lines.contains { $0.contains("train") && $0.contains("nothing is known of it") })
  }

  @Test func aLongChainIsWalkedWithoutTheProgramsStack() throws {
    var nodes: [ArtifactKey: Lineage.Node] = [:]
    var last: ArtifactKey?
    for number in 0..<20_000 {
      let inputs = last.map { [TaskInput(kind: "link", event: nil, split: nil, key: $0).json] }
      let recipe = TaskRecipe(keyText: [
        "kind": "link", "version": 1, "parameters": ["number": .integer(number)],
        "inputs": .array(inputs ?? []),
      ])!
      nodes[recipe.key] = .init(key: recipe.key, kind: "link", recipe: recipe, isInCache: true)
      last = recipe.key
    }
    let lineage = try Lineage(of: [last!]) { keys in
      Dictionary(uniqueKeysWithValues: keys.map { ($0, nodes[$0]!) })
    }
    #expect(lineage.makingOrder.count == 20_000)
    #expect(lineage.makingOrder.last == last)
  }

  @Test func theInputsOfARecipeComeInAPlannersOrder() {
    let recipe = sample.nodes[sample.training]!.recipe!
    #expect(recipe.inputs.map(\.event) == [3, 0, 1, 2])
    #expect(recipe.inputs.map(\.split) == ["test", "train", "train", "train"])
    #expect(recipe.key == sample.training)
    #expect(TaskRecipe(keyText: ["kind": "x"]) == nil)
    #expect(TaskRecipe(text: "no json") == nil)
  }

  @Test func whatWasMadeAlikeIsOneBranch() throws {
    let tree = LineageTree(
      try sample.lineage(), kinds: FakeKind.all, stages: [sample.scores[0]: "last"])
    #expect(tree.branches.count == 1)
    let score = tree.branches[0]
    #expect(score.keys == sample.scores)
    #expect(score.stage == "last")
    #expect(score.branches.map(\.kind).sorted() == ["make-graphs", "train"])
    let training = try #require(score.branches.first { $0.kind == "train" })
    // 20 epochs are the default.
    #expect(training.parameters.isEmpty)
    let graphs = training.branches[0]
    #expect(graphs.keys.count == 4 && graphs.countShown == 0 && graphs.countInCache == 3)
    #expect(graphs.parameters.map(\.name) == ["width"])
    #expect(graphs.events.map(\.split).sorted() == ["test", "train"])
    #expect(graphs.files.map(\.digests.count) == [4])
  }

  @Test func anArtifactsInputsStandInTheTreeOnce() throws {
    let tree = LineageTree(
      try sample.lineage(of: [sample.scores[0], sample.training]), kinds: FakeKind.all)
    #expect(tree.branches.count == 2)
    let (first, second) = (tree.branches[0], tree.branches[1])
    #expect(!first.branches.isEmpty)
    #expect(second.countShown == 1 && second.branches.isEmpty)
    let lines = tree.lines(files: [:])
    #expect(lines.last?.contains("(above)") == true)
  }

  @Test func otherInputsAreNotMadeAlike() throws {
    var sample = sample
    let other = TaskRecipe(keyText: [
      "kind": "score", "version": 1, "event": 3, "parameters": [:],
      "inputs": [
        TaskInput(kind: "make-graphs", event: 3, split: nil, key: sample.graphs[3]!).json
      ],
    ])!
    sample.nodes[other.key] = .init(
      key: other.key, kind: "score", recipe: other, isInCache: true)
    let tree = LineageTree(
      try sample.lineage(of: sample.scores + [other.key]), kinds: FakeKind.all)
    #expect(tree.branches.map(\.keys.count) == [2, 1])
  }

  @Test func filesAreSaidToBeAsTheyWereChangedOrGone() throws {
    let digest = String(repeating: "4", count: 64)
    func words(_ paths: [(String, FileTrace.State)]) throws -> String {
      let trace = FileTrace(sha256: digest, paths: paths)
      let tree = LineageTree(
        try sample.lineage(of: [sample.graphs[4]!]), kinds: FakeKind.all)
      return tree.lines(files: [digest: trace]).last ?? ""
    }
    #expect(try words([("a", .gone), ("b", .same)]).hasSuffix("as it was"))
    #expect(try words([("a", .gone), ("b", .changed)]).hasSuffix("changed since"))
    #expect(try words([("a", .gone)]).hasSuffix("gone"))
    #expect(try words([]).hasSuffix("its path is not known"))
  }

  @Test func jsonAndDotHoldEveryNodeAndEdge() throws {
    let lineage = try sample.lineage()
    let json = lineage.json(files: [:])
    #expect(json["nodes"]?.members?.count == 9)
    #expect(json["files"]?.members?.count == 6)
    #expect(json["nodes"]?[sample.graphs[3]!.hex]?["isInCache"] == false)
    let dot = lineage.dot
    let edges = dot.split(separator: "\n").filter { $0.contains("->") }
    // 2 scores of 2 inputs, a training of 4, 6 graphs of a file each.
    #expect(edges.count == 14)
    #expect(dot.contains("subgraph cluster_2") && !dot.contains("subgraph cluster_3"))
  }

  @Test(arguments: [
    ([], ""), ([7], "event 7"), ([3, 1, 2, 9], "events 1-3, 9"),
    ([0, 2, 4, 5], "events 0, 2, 4-5"),
  ])
  func eventsAreDrawnTogether(events: [Int], words: String) {
    #expect(EventRanges.words(events) == words)
  }
}
