import ArgumentParser
import ArtifactStore
import EventData
import Exchange
import Stages

/// `trackflow export graphs`: the graphs of a run for PyTorch Geometric.
struct ExportGraphsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "graphs",
    abstract: "Write graphs for PyTorch Geometric, a NumPy archive an event.",
    discussion: HelpText.discussion(
      """
      Each eventNNNNNNNNN_g000.npz of the folder holds x, edge_index, edge_attr, y, hit_id, \
      particle_id, layer and, where the run classified the edges, edge_probability. Of a run over the \
      whole detector the doublets are the edges. Where an array is not known, it is left out.
      """,
      examples: [
        "export graphs --out graphs", "export graphs --stage doublets --event 90-99 --out graphs",
      ], exits: [.badData, .missingInput, .storage]))

  @OptionGroup var options: ExportOptions
  @OptionGroup var events: ExportEvents

  @Option(
    help: ArgumentHelp("The folder to write.", valueName: "dir"), completion: .directory)
  var out: String

  func run() async throws {
    try await options.writeGraphs(events, to: out) { event in
      EventFolder.fileName(of: .graph, event: event)
    } bytes: { graph in
      try graph.npz()
    }
  }
}

/// `trackflow export acts-graph`: the edges of a run as ACTS' examples read them.
struct ExportACTSGraphCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "acts-graph",
    abstract: "Write edges as ACTS reads them: edge0, edge1, weight.",
    discussion: HelpText.discussion(
      """
      Each eventNNNNNNNNN-graph.csv of the folder names the hits of every edge by hit_id, inner hit \
      first, with the edge's probability, 1 where the run classified none. ACTS' CsvGnnGraphReader \
      takes the folder with the stem "graph".
      """,
      examples: ["export acts-graph --event 30006 --out graphs"],
      exits: [.badData, .missingInput, .storage]))

  @OptionGroup var options: ExportOptions
  @OptionGroup var events: ExportEvents

  @Option(
    help: ArgumentHelp("The folder to write.", valueName: "dir"), completion: .directory)
  var out: String

  func run() async throws {
    try await options.writeGraphs(events, to: out) { event in
      ExportFile.name(event: event, "-graph.csv")
    } bytes: { graph in
      Array(graph.actsText.utf8)
    }
  }
}

extension ExportOptions {
  /// Writes the graph of every event into a folder, a file each.
  fileprivate func writeGraphs(
    _ events: ExportEvents, to folder: String, named name: (Int) -> String,
    bytes: (ExportedGraph) throws -> [UInt8]
  ) async throws {
    try await run { results in
      let export = try GraphExport(results, stage: stage, events: events.numbers)
      var edges = 0
      let files = try export.events.map { event in
        let graph = try export.graph(of: event)
        edges += graph.edgeCount
        let path = "\(folder)/\(name(event))"
        try FileSystem.publish(try bytes(graph), to: path)
        return path
      }
      return Written(
        stage: export.stage, events: export.events,
        content: "\(edges.of("edge")) of \(export.events.count.of("event"))", files: files)
    }
  }
}
