import EventData
import EventSimulation
import JSONDocument
import Workflow

/// `simulate-events`: makes the events of a data set that has none of its own.
struct SimulateEvents: StageKind {
  let name = "simulate-events"
  let version = SimulationFolder.generatorVersion
  let summary =
    "Makes the events of a data set without files, in the TrackML detector; idle where there are files."
  let scope = StageScope.event
  let makesEvents = true
  let inputs: [StageInput] = []
  let parameters = [
    ParameterSpec(
      "pileUp", .number(0...1000), default: 155, unit: "collisions",
      "Mean number of soft collisions on top of the hard one; 155 gives about 110,000 hits."),
    ParameterSpec(
      "beamZ", .number(0...200), default: 5.8, unit: "mm",
      "Standard deviation of the collisions along the beam; 5.8 in the Kaggle events, 53 in later ones."
    ),
    ParameterSpec("seed", .integer(0...Int.max), default: 1, "Another seed gives other events."),
    ParameterSpec(
      "particles", .integer(1...200_000), default: nil, unit: "particles",
      "Keeps so many of the collisions' particles, for small events to try things on; null keeps all."
    ),
  ]

  func run(_ task: StageTask) throws -> StageResult {
    let number = try task.eventNumber()
    var configuration = SimulationConfiguration()
    configuration.pileUp = task.number("pileUp")
    configuration.beamSpotZ = task.number("beamZ")
    configuration.seed = UInt64(task.integer("seed"))
    configuration.primaries = task.parameters["particles"]?.intValue
    do {
      let event = try EventGenerator(configuration: configuration).event(id: number)
      let summary: JSONValue = [
        "event": .integer(number), "hits": .integer(event.hits.count),
        "particles": .integer(event.particles.count),
        "noiseHits": .integer(event.truth.particleID.count { $0 == 0 }),
        "cells": .integer(event.cells.count),
      ]
      return StageResult(summary: summary, arrays: EventArtifact.arrays(of: event))
    } catch {
      throw InputRefused(error.description)
    }
  }
}
