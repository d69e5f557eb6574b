import EventData
import EventSimulation
import Foundation
import GraphConstruction

/// The event that everything is measured on, with the notebook's graph of it.
struct BenchmarkEvent {
  let id: Int
  /// The files of hits, truth and particles.
  let paths: [EventFile: String]
  let hits: HitTable
  let truth: TruthTable
  let graph: HitGraph

  /// The barrel near the detector's centre, with the notebook's windows.
  static let builder = LayerPairGraphBuilder(
    selection: HitSelection(volumes: [8, 13, 17], zRange: (-50, 50)), maxDeltaPhi: 0.5,
    maxDeltaZ: 20)

  /// Reads an event.
  ///
  /// - Parameter id: its number; nil takes the folder's first one.
  init(folder path: String, id: Int? = nil) throws {
    let folder = try EventFolder(path: path)
    let number = id ?? folder.events[0]
    let event = try folder.read(event: number, files: [.hits, .truth])
    self.id = number
    paths = Dictionary(
      uniqueKeysWithValues: [.hits, .truth, .particles].map {
        ($0, folder.path(of: $0, event: number) ?? "")
      })
    hits = event.hits
    truth = event.truth ?? TruthTable()
    graph = try Self.builder.graph(hits: hits, truth: truth)
  }

  /// Writes the files of one simulated event into a folder, which is made if it is not there.
  static func simulate(intoFolder folder: String) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let event = try EventGenerator(configuration: SimulationConfiguration()).event(id: 1)
    try event.write(toFolder: folder, compress: false)
  }

  /// A graph of about this many edges from the same hits, by another window in azimuth.
  func graph(edges: Int) throws -> HitGraph {
    var builder = Self.builder
    builder.maxDeltaPhi *= Double(edges) / Double(max(graph.edgeCount, 1))
    return try builder.graph(hits: hits, truth: truth)
  }

  /// Tracks as a good program finds them: one in sixteen hits is on another particle's track, noise on
  /// any, and one in eight particles is broken in two.
  ///
  /// Tracks are numbered from 1, in an order of hits that is not the truth's. The same rows for the
  /// same truth.
  var submission: SubmissionTable {
    var submission = SubmissionTable()
    let count = truth.count
    var trackOfParticle: [Int64: Int64] = [:]
    // A prime that does not divide the number of hits, so that every row comes once.
    let stride = [7919, 7907].first { count % $0 != 0 } ?? 1
    for place in 0..<count {
      let row = place * stride % count
      let chance = Self.chance(Int64(row))
      let isAstray = chance == 0 || truth.particleID[row] == 0
      let particle = truth.particleID[isAstray ? row * 31 % count : row]
      let isSecondHalf = Self.chance(particle) < 2 && chance % 2 == 1
      let number = Int64(trackOfParticle.count + 1)
      let track = trackOfParticle[isSecondHalf ? ~particle : particle, default: number]
      trackOfParticle[isSecondHalf ? ~particle : particle] = track
      submission.eventID.append(Int32(id))
      submission.hitID.append(truth.hitID[row])
      submission.trackID.append(track)
    }
    return submission
  }

  /// 0 to 15, which has nothing to do with the order of numbers.
  private static func chance(_ number: Int64) -> UInt64 {
    (UInt64(bitPattern: number) &* 0x9E37_79B9_7F4A_7C15) >> 60
  }
}
