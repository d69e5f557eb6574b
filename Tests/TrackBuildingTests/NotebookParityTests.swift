import EventData
import Foundation
import GraphConstruction
import TestSupport
import Testing
import TrackBuilding
import TrackScoring

@Suite("The notebook's tracks", .enabled(if: SharedData.isPresent, "\(SharedData.absence)"))
struct NotebookParityTests {
  /// What the reference gives at one threshold.
  struct Row: Decodable {
    var threshold: Double
    var tracks: Int
    var hits: Int?
    var scoreSelected: Double
    var scoreEvent: Double
  }

  struct Reference: Decodable {
    var components: [Row]
    var greedy: [Row]
  }

  @Test("of event 30000 are as many, and score the same, at every threshold")
  func event30000() throws {
    let event = SharedData.path("data/acts_ttbar/event000030000-")
    let stem = SharedData.path("reference/notebook/notebook-event000030000")
    let hits = try EventReader.hits(at: event + "hits.csv.zst")
    let truth = try EventReader.truth(at: event + "truth.csv.zst")
    let selection = HitSelection(volumes: [8, 13, 17], zRange: (-50, 50))
    let graph = try LayerPairGraphBuilder(selection: selection).graph(hits: hits, truth: truth)
    let probabilities = try NumPyArchive(path: stem + "-probability.npz").float("probability")
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let reference = try decoder.decode(
      Reference.self, from: Data(contentsOf: URL(filePath: stem + ".json")))
    let region = ScoreRegion(selection: selection, minimumHits: 1)

    func compare(_ tracks: TrackCandidates, _ row: Row) throws {
      let submission = tracks.submission(graph: graph, event: 30000)
      let selected = try TrackMLScore(
        truth: truth, hits: hits, submission: submission, region: region)
      let whole = try TrackMLScore(truth: truth, submission: submission)
      #expect(tracks.count == row.tracks)
      #expect(abs(selected.value - row.scoreSelected) <= 1e-12 * row.scoreSelected)
      #expect(abs(whole.value - row.scoreEvent) <= 1e-12 * row.scoreEvent)
      if let hitCount = row.hits { #expect(tracks.hitCount == hitCount) }
    }
    #expect(reference.components.count == 8)
    for row in reference.components {
      try compare(
        ConnectedComponents.tracks(
          graph: graph, probabilities: probabilities, threshold: Float(row.threshold)), row)
    }
    #expect(reference.greedy.count == 8)
    for row in reference.greedy {
      try compare(
        GreedyWalk.tracks(
          graph: graph, probabilities: probabilities, threshold: Float(row.threshold)), row)
    }
  }
}
