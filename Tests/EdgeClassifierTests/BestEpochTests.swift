import EdgeClassifier
import Foundation
import Testing
import TrackScoring

/// Which epoch of a training is its best, and what follows from that.
struct BestEpochTests {
  @Test("The best epoch is the first of the best validations that there are")
  func bestEpoch() {
    let losses = TrainingPieces.curve(losses: [nil, 0.5, 0.3, nil, 0.3, 0.4])
    #expect(Monitor.loss.bestEpoch(of: losses) == 3)
    #expect(Monitor.auc.bestEpoch(of: losses) == nil)
    let areas = TrainingPieces.curve(areas: [0.6, 0.8, 0.8, nil, 0.7])
    #expect(Monitor.auc.bestEpoch(of: areas) == 2)
    #expect(Monitor.loss.bestEpoch(of: areas) == nil)
    #expect(Monitor.auc.bestEpoch(of: []) == nil)
  }

  @Test("Patience ends a training so many epochs after its best, and not without a validation")
  func patience() throws {
    let model = try TrainingPieces.model()
    let losses = [1, 0.5, 0.6, 0.7, 0.5]
    for patience in 1...4 {
      for epoch in 0...losses.count {
        let trainer = try TrainingPieces.trainer(
          after: TrainingPieces.curve(losses: Array(losses[..<epoch])), model: model,
          options: TrainingOptions(epochs: 6, monitor: .loss, patience: patience))
        #expect(trainer.hasStalled == (epoch >= 2 + patience))
        #expect(trainer.isDone == trainer.hasStalled)
      }
      let unseen = try TrainingPieces.trainer(
        after: TrainingPieces.curve(losses: [nil, nil, nil, nil, nil, nil]), model: model,
        options: TrainingOptions(epochs: 6, monitor: .loss, patience: patience))
      #expect(!unseen.hasStalled && unseen.isDone)
    }
  }

  @Test("The best model's evaluation is the record of the best epoch", arguments: Monitor.allCases)
  func bestModel(monitor: Monitor) throws {
    let model = try TrainingPieces.model()
    let graphs = try TrainingPieces.prepared(model)
    var trainer = try EdgeTrainer(
      model: model,
      options: TrainingOptions(
        epochs: 60, learningRate: 0.03, positiveWeight: 2, monitor: monitor, patience: 4))
    #expect(try trainer.bestModel() == trainer.model)
    while !trainer.isDone {
      try trainer.runEpoch(training: graphs[..<3].map { $0 }, validation: graphs[3...].map { $0 })
    }
    // The labels cannot be learned, so validation soon becomes worse.
    let best = try #require(trainer.bestEpoch)
    #expect(trainer.hasStalled && trainer.epoch == best + 4)
    let bestModel = try trainer.bestModel()
    #expect(bestModel != trainer.model)

    let record = trainer.curve[best - 1]
    var losses = 0.0
    var areas = 0.0
    for graph in TrainingPieces.hitGraphs[3...] {
      let logits = bestModel.logits(graph: graph)
      areas += try #require(EdgeMetrics.areaUnderROC(scores: logits, labels: graph.label))
      losses +=
        zip(logits, graph.label).reduce(0) { sum, edge in
          let isTrue = edge.1 == 1
          return sum
            + PlainKernels.loss(
              Double(edge.0), isTrue: isTrue, weight: isTrue ? 2 : 1, focusing: 0)
        } / Double(logits.count)
    }
    #expect(try abs(#require(record.validationAUC) - areas / 3) < 1e-15)
    #expect(try abs(#require(record.validationLoss) - losses / 3) < 1e-5)
  }

  @Test("A notebook's best network evaluates to the bits of its epoch's record")
  func notebook() throws {
    let graphs = TrainerTests.prepared
    var trainer = try EdgeTrainer(
      model: TrainerTests.trainer().model,
      options: TrainingOptions(
        epochs: 80, learningRate: 0.03, positiveWeight: 3, monitor: .loss, patience: 3))
    while !trainer.isDone {
      try trainer.runEpoch(
        training: [TrainingGraph.notebook(graphs[0])],
        validation: [TrainingGraph.notebook(graphs[1])])
    }
    let best = try #require(trainer.bestEpoch)
    #expect(trainer.hasStalled)
    guard case .notebook(let network) = try trainer.bestModel() else { return }
    #expect(
      network.evaluation(on: graphs[1], positiveWeight: 3).loss
        == trainer.curve[best - 1].validationLoss)
  }
}
