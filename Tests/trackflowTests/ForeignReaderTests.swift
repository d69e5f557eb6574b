import Foundation
import JSONDocument
import TestSupport
import Testing

/// What the program writes, opened by the software that it is written for.
@Suite(.serialized) struct ForeignReaderTests {
  private let study: SmallStudy

  init() throws {
    study = try SmallStudy()
    let ending = try study.run(cache: "cache")
    try #require(ending.code == 0, "\(ending.errors)")
  }

  private func path(_ name: String) -> String { study.folder.appending(name) }

  /// Exports and gives what was said of it.
  private func export(_ arguments: String...) throws -> JSONValue {
    let ending = try Program.run(
      ["export"] + arguments + ["--cache", "cache", "--json"], in: study.folder.path)
    try #require(ending.code == 0, "\(ending.errors)")
    return try #require(ending.json)
  }

  /// Runs a reader, which must find nothing wrong; what it said is shown.
  private func read(_ script: String, _ arguments: [String]) throws -> String {
    let ending = try PythonReader.run(script, arguments)
    #expect(ending.code == 0, "\(script): \(ending.output)\(ending.errors)")
    return ending.output
  }

  private func exportedGraphs(events: String = "14-15") throws -> [String] {
    let said = try export("graphs", "--event", events, "--out", "graphs")
    return try #require(said["files"]?.arrayValue).compactMap(\.stringValue).map { path($0) }
  }

  @Test(
    .enabled(
      if: PythonReader.has("numpy", "torch", "torch_geometric"),
      "\(PythonReader.absence("numpy", "torch", "torch_geometric"))"))
  func graphsAreDataOfPyTorchGeometric() throws {
    let output = try read("graphs.py", try exportedGraphs(events: "10-15"))
    let lines = output.split(separator: "\n")
    #expect(lines.count == 6)
    #expect(lines.count { $0.hasSuffix("classified True") } == 2, "\(output)")
  }

  @Test(
    .enabled(
      if: PythonReader.has("numpy", "onnx", "onnxruntime"),
      "\(PythonReader.absence("numpy", "onnx", "onnxruntime"))"),
    arguments: [
      ["train.passes=1"], ["train.passes=3"],
      ["train.network=message-passing", "train.passes=2"],
      [
        "train.network=message-passing", "train.passes=2", "train.layers=3", "train.norm=batch",
        "train.skip=concatenated", "train.gates=true",
        "train.nodeFeatures=[\"x\",\"y\",\"z\",\"r\",\"phi\",\"eta\"]",
        "train.edgeFeatures=[\"deltaR\",\"deltaPhi\",\"deltaZ\",\"deltaEta\",\"phiSlope\",\"rPhiSlope\",\"z0\",\"zSlope\"]",
      ],
      [
        "train.network=message-passing", "train.passes=3", "train.norm=none", "train.skip=none",
        "train.normaliseStates=true", "train.shareWeights=true",
      ],
    ])
  func networksGiveTheSameProbabilitiesInONNXRuntime(settings: [String]) throws {
    let changes = settings.flatMap { ["--set", $0] }
    let ending = try study.run(cache: "cache", changes)
    try #require(ending.code == 0, "\(ending.errors)")
    let graphs = try exportedGraphs()
    _ = try export("onnx", "--out", "edges.onnx")
    let output = try read("edge_classifier.py", [path("edges.onnx")] + graphs)
    #expect(output.contains("largest difference"), "\(output)")
  }

  @Test(
    .enabled(
      if: PythonReader.has("numpy", "torch", "safetensors"),
      "\(PythonReader.absence("numpy", "torch", "safetensors"))"))
  func weightsAreThoseOfPyTorch() throws {
    _ = try export("weights", "--out", "edges.safetensors")
    let output = try read("weights.py", [path("edges.safetensors")] + exportedGraphs())
    #expect(output.hasPrefix("12 tensors"), "\(output)")
  }

  @Test(.enabled(if: PythonReader.has("pandas"), "\(PythonReader.absence("pandas"))"))
  func tracksScoreTheSameInPandas() throws {
    let truths = [14, 15].flatMap { ["\($0)", study.eventFile($0, "truth")] }
    _ = try export("submission", "--out", "tracks.csv")
    _ = try export("submission", "--per-event", "--out", "submissions")
    let score = try #require(
      try study.report(cache: "cache")["results"]?["headline"]?["score"]?.doubleValue)
    for name in ["tracks.csv", "submissions"] {
      let output = try read("submission.py", [path(name)] + truths)
      let other = try #require(Double(output.filter { !$0.isNewline }))
      #expect(abs(other - score) < 1e-12, "\(other) \(score)")
    }
  }

  @Test(.enabled(if: PythonReader.has("pandas"), "\(PythonReader.absence("pandas"))"))
  func metricsAreATableOfPandas() throws {
    _ = try export("metrics", "--bins", "bins.csv", "--out", "metrics.csv")
    let output = try read("metrics.py", [path("metrics.csv"), path("bins.csv"), "score"])
    let score = try study.report(cache: "cache")["results"]?["headline"]?["score"]?.doubleValue
    #expect(Double(output.filter { !$0.isNewline }) == score)
  }

  @Test(
    .enabled(
      if: PythonReader.has("numpy", "pandas"), "\(PythonReader.absence("numpy", "pandas"))"))
  func edgesAreAGraphOfACTS() throws {
    _ = try export("acts-graph", "--event", "14-15", "--out", "acts")
    let output = try read("acts_graph.py", [path("acts")] + exportedGraphs())
    #expect(output.contains("2 events"), "\(output)")
  }

  @Test(.enabled(if: PythonReader.has("numpy"), "\(PythonReader.absence("numpy"))"))
  func tracksAreDrawnByPhoenix() throws {
    let said = try export("phoenix", "--particles", "--out", "event.json")
    let output = try read("phoenix.py", [path("event.json"), "tracks"])
    let tracks = said["content"]?.stringValue?.split(separator: " ").first.flatMap { Int($0) } ?? -1
    #expect(output == "2 events, \(tracks) tracks\n")
  }

  @Test(
    .enabled(
      if: PythonReader.has("numpy", "torch", "torch_geometric"),
      "\(PythonReader.absence("numpy", "torch", "torch_geometric"))"))
  func aGraphThatPyTorchGeometricMadeIsScored() throws {
    let graphs = try exportedGraphs(events: "14")
    _ = try read("make_graph.py", [graphs[0], path("event000000014.npz")])
    let ending = try Program.run(
      [
        "import", "graphs", "event000000014.npz", "--events", "events", "--method", "components",
        "--threshold", "0.4", "--run-dir", "theirs", "--cache", "cache", "--json", "--quiet",
      ], in: study.folder.path)
    try #require(ending.code == 0, "\(ending.errors)")
    let own = try study.run(cache: "cache", ["--set", "tracks.method=components"])
    let report = try study.report(cache: "cache")
    let tracks = report["results"]?["tracks"]?.arrayValue?.first
    let event = tracks?["events"]?.arrayValue?.first { $0["event"] == 14 }
    try #require(own.code == 0, "\(own.errors)")
    let score = try #require(ending.json?["score"]?.doubleValue)
    #expect(score == event?["score"]?.doubleValue)
    #expect(score > 0)
  }

  @Test(
    .enabled(
      if: PythonReader.has("numpy", "torch", "torch_geometric"),
      "\(PythonReader.absence("numpy", "torch", "torch_geometric"))"))
  func doubletsOfTheWholeDetectorAreAGraphToo() throws {
    let whole = try EveryKindStudy()
    let ran = try whole.run("events", cache: "cache")
    try #require(ran.code == 0, "\(ran.errors)")
    func export(_ arguments: String...) throws -> Program.Ending {
      try Program.run(["export"] + arguments + ["--cache", "cache"], in: whole.folder.path)
    }
    let said = try export("graphs", "--stage", "doublets", "--event", "13", "--out", "graphs")
    try #require(said.code == 0, "\(said.errors)")
    let output = try read(
      "graphs.py", [whole.folder.appending("graphs/event000000013_g000.npz")])
    #expect(output.contains("classified True"), "\(output)")
    let refused = try export("onnx", "--stage", "filter", "--out", "filter.onnx")
    #expect(refused.code == 65)
    #expect(refused.errors.contains("it trains no edge classifier over a graph of hits"))
    #expect(try export("weights", "--stage", "filter", "--out", "filter.safetensors").code == 0)
  }
}
