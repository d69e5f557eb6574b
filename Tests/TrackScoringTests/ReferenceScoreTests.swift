import EventData
import Foundation
import TestSupport
import Testing
import TrackScoring

@Suite(
  "Scores of the challenge's library", .enabled(if: SharedData.isPresent, "\(SharedData.absence)"))
struct ReferenceScoreTests {
  struct Case: Decodable {
    var truth: String
    var submission: String
    var hitsInSubmission: Int
    var score: Double
  }

  struct Cases: Decodable { var cases: [Case] }

  @Test("are reproduced for all submissions")
  func cases() throws {
    let file = URL(filePath: SharedData.path("reference/scores/cases.json"))
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let cases = try decoder.decode(Cases.self, from: Data(contentsOf: file)).cases
    #expect(cases.count == 15)
    var truths: [String: TruthTable] = [:]
    for reference in cases {
      let truth =
        try truths[reference.truth] ?? EventReader.truth(at: SharedData.path(reference.truth))
      truths[reference.truth] = truth
      let score = try TrackMLScore(
        truth: truth,
        submission: EventReader.submission(at: SharedData.path(reference.submission)))
      #expect(agree(score.value, reference.score), "\(reference.submission)")
      #expect(score.hitCount == reference.hitsInSubmission)
    }
    // Event 1's weights are known to sum to 0.051.
    #expect(cases.contains { abs((truths[$0.truth]?.weight.reduce(0, +) ?? 0) - 0.051) < 0.001 })
  }
}
