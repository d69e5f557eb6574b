import ArtifactStore
import EdgeClassifier
import JSONDocument
import Reconstruction
import Workflow

/// `train-companions`: the network that finds further hits of a track on its layers.
struct TrainCompanions: StageKind {
  let name = "train-companions"
  let version = 1
  let summary =
    "Trains the network that judges hits near a track on the layers it crosses, around the tracks of the split \"train\"."
  let scope = StageScope.study
  let inputs = [StageInput(PreparedHits.kind), StageInput(FoundTracks.kind)]
  let defaultSplits: [String]? = ["train", "validation"]
  let parameters = RowTraining.specs(
    hidden: [24, 12], epochs: 8, batch: 1024, learningRate: 4e-3)

  func continuation(of task: StageTask) -> TaskContinuation? {
    RowCheckpoints(task: task, part: "companions").continuation(epochs: task.integer("epochs"))
  }

  func run(_ task: StageTask) throws -> StageResult {
    try trainOnTracks(task, part: "companions", inputs: CompanionTraining.inputs) {
      sampler, event, tracks in sampler.companionRows(of: event, tracks: tracks)
    }
  }
}

/// `train-extension`: the network that lets tracks grow from their ends.
struct TrainExtension: StageKind {
  let name = "train-extension"
  let version = 1
  let summary =
    "Trains the network that judges where a track goes on from its ends, around the tracks of the split \"train\"."
  let scope = StageScope.study
  let inputs = [
    StageInput(PreparedHits.kind), StageInput(LearntCandidates.kind), StageInput(FoundTracks.kind),
  ]
  let defaultSplits: [String]? = ["train", "validation"]
  let parameters = RowTraining.specs(
    hidden: [32, 16], epochs: 8, batch: 1024, learningRate: 4e-3)

  func continuation(of task: StageTask) -> TaskContinuation? {
    RowCheckpoints(task: task, part: "extension").continuation(epochs: task.integer("epochs"))
  }

  func run(_ task: StageTask) throws -> StageResult {
    let pairs = try LearntCandidates.read(task.load(LearntCandidates.kind)).pairs
    return try trainOnTracks(task, part: "extension", inputs: ExtensionTraining.inputs) {
      sampler, event, tracks in
      sampler.extensionRows(of: event, tracks: tracks, pairs: pairs)
    }
  }
}

private func trainOnTracks(
  _ task: StageTask, part: String, inputs: Int,
  _ sample: @Sendable (TrackSampler, TrainingEvent, [Track]) -> RowTable
) throws -> StageResult {
  let (train, validation) = (task.events(of: "train"), task.events(of: "validation"))
  return try refusingBadInput {
    let weights = try task.map(train, note: "weights") { event in
      let prepared = try event.load(PreparedHits.kind, task)
      return TrainingEvent(
        hits: try PreparedHits.hits(of: prepared), truth: try PreparedHits.truth(of: prepared)
      ).particleHitWeight
    }
    let sampler = TrackSampler(meanWeight: weights.mean)
    func rows(_ events: [StudyEvent], _ note: String) throws -> RowTable {
      RowTraining.joined(
        try task.map(events, note: note) { event in
          let prepared = try event.load(PreparedHits.kind, task)
          let own = TrainingEvent(
            hits: try PreparedHits.hits(of: prepared), truth: try PreparedHits.truth(of: prepared))
          return sample(
            sampler, own,
            try FoundTracks.tracks(of: event.load(FoundTracks.kind, task), hits: own.hits))
        }, inputs: inputs)
    }
    let (network, summary) = try RowTraining.train(
      task, part: part, rows: rows(train, "tracks"),
      validation: rows(validation, "tracks to validate"))
    return StageResult(
      summary: summary.with([
        "trainEvents": .integer(train.count), "validationEvents": .integer(validation.count),
      ]), arrays: RowTraining.arrays(of: network))
  }
}
