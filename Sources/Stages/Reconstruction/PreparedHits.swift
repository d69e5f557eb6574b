import ArtifactStore
import EventData
import EventSimulation
import JSONDocument
import Reconstruction
import Workflow

/// The prepared hits of an event as an artifact's arrays, and back.
enum PreparedHits {
  static let kind = "prepare-hits"

  static func arrays(of hits: DetectorHits, truth: HitTruth?) -> [ArtifactArray] {
    var arrays = [
      ArtifactArray(name: "hitID", values: .int32(hits.hitID)),
      ArtifactArray(name: "layer", values: .int32(hits.layer)),
      ArtifactArray(name: "module", values: .int32(hits.module)),
      ArtifactArray(name: "records", values: .float32(hits.storedRecords)),
    ]
    if let truth {
      arrays += [
        ArtifactArray(name: "particle", values: .int32(truth.particle)),
        ArtifactArray(name: "step", values: .int32(truth.step)),
        ArtifactArray(name: "weight", values: .float32(truth.weight)),
        ArtifactArray(name: "isSecondary", values: .uint8(truth.isSecondary.map { $0 ? 1 : 0 })),
        ArtifactArray(name: "hitCount", values: .int32(truth.hitCount)),
      ]
    }
    return arrays
  }

  static func hits(of artifact: Artifact) throws -> DetectorHits {
    DetectorHits(
      hitID: try artifact.int32("hitID"), layer: try artifact.int32("layer"),
      module: try artifact.int32("module"),
      layerCount: artifact.summary["layers"]?.intValue ?? 0,
      records: try artifact.float32("records"))
  }

  /// - Throws: `InputRefused` where the event has no truth.
  static func truth(of artifact: Artifact) throws -> HitTruth {
    guard artifact.summary["hasTruth"]?.boolValue == true else {
      throw InputRefused("the event has no truth, which training and scoring need")
    }
    return HitTruth(
      particle: try artifact.int32("particle"), step: try artifact.int32("step"),
      weight: try artifact.float32("weight"),
      isSecondary: try artifact.uint8("isSecondary").map { $0 != 0 },
      hitCount: try artifact.int32("hitCount"))
  }
}

/// `prepare-hits`: the hits of an event with their clusters, modules, field and truth.
struct PrepareHits: StageKind {
  let name = PreparedHits.kind
  let version = 1
  let summary =
    "Joins each hit of an event with its cluster's shape, its module's frame, the field there and its truth."
  let scope = StageScope.event
  let inputs = [StageInput("simulate-events", isRequired: false)]
  let eventFiles = [
    EventFileNeed("hits"), EventFileNeed("cells", isRequired: false),
    EventFileNeed("truth", isRequired: false), EventFileNeed("particles", isRequired: false),
  ]
  let datasetProperties = ["field", "detectors"]
  let parameters = [
    ParameterSpec(
      "cells", .boolean, default: true,
      "Whether to use the cells; without them every cluster looks like a single cell.")
  ]

  func run(_ task: StageTask) throws -> StageResult {
    let event = try task.eventNumber()
    return try refusingBadInput {
      let tables = try WholeEvent(task)
      let geometry = DetectorGeometry(
        modules: try task.detectorsPath.map { try EventReader.detectors(at: $0) }
          ?? TrackMLDetector.table())
      let hits = try DetectorHits(
        hits: tables.hits, cells: task.flag("cells") ? tables.cells : nil, geometry: geometry,
        field: DetectorField(try task.magneticField()), threads: task.threads)
      let truth = tables.truth.map {
        HitTruth(
          hitID: hits.hitID, layer: hits.layer, truth: $0, particles: tables.particles)
      }
      return StageResult(
        summary: [
          "event": .integer(event), "hits": .integer(hits.count),
          "layers": .integer(hits.layerCount), "hasCells": .bool(tables.cells != nil),
          "hasTruth": .bool(truth != nil),
          "particles": truth.map { .integer($0.particleCount - 1) } ?? .null,
        ], arrays: PreparedHits.arrays(of: hits, truth: truth))
    }
  }
}
