import EdgeClassifier
import Foundation
import Testing

/// The schedules, seen through the learning rate that an epoch's record holds.
struct LearningRateScheduleTests {
  /// Powers of two change no digits.
  static let rate = 0x1p-40

  /// The factor of the last step of the epoch after a curve.
  private func factor(
    _ schedule: LearningRateSchedule, after curve: [EpochRecord], monitor: Monitor = .auc,
    events: Int = 1, eventsPerStep: Int = 1
  ) throws -> Double {
    let model = try TrainingPieces.model(hidden: 1, passes: 0)
    var trainer = try TrainingPieces.trainer(
      after: curve, model: model,
      options: TrainingOptions(
        learningRate: Self.rate, schedule: schedule, eventsPerStep: eventsPerStep,
        positiveWeight: 1, monitor: monitor))
    let graph = try model.prepared(TrainingPieces.oneEdge)
    let record = try trainer.runEpoch(training: [TrainingGraph](repeating: graph, count: events))
    return record.learningRate / Self.rate
  }

  private func epochs(_ count: Int) -> [EpochRecord] {
    TrainingPieces.curve(losses: [Double?](repeating: nil, count: count))
  }

  @Test("A constant rate is the full rate always", arguments: [0, 1, 500])
  func constant(epoch: Int) throws {
    #expect(try factor(.constant, after: epochs(epoch)) == 1)
  }

  @Test("The cosine warms up in a line, is full, half way in the middle, and stays at its end")
  func cosine() throws {
    let schedule = LearningRateSchedule.cosine(epochs: 10, warmUp: 2, final: 0.125)
    func factor(_ epoch: Int) throws -> Double { try self.factor(schedule, after: epochs(epoch)) }
    // The first step is not lost to a rate of 0.
    #expect(try factor(0) == 1.0 / 128)
    #expect(try factor(1) == 65.0 / 128)
    #expect(try factor(2) == 1)
    #expect(try abs(factor(6) - 0.5625) < 1e-15)
    for epoch in [10, 11, 30] { #expect(try abs(factor(epoch) - 0.125) < 1e-15) }
    let factors = try (2...10).map { try factor($0) }
    #expect(zip(factors, factors.dropFirst()).allSatisfy(>))
  }

  @Test("Without a warm-up the cosine starts at the full rate")
  func withoutWarmUp() throws {
    #expect(try factor(.cosine(epochs: 4, warmUp: 0, final: 0), after: []) == 1)
  }

  @Test("The half cosine is the mathematical library's to 1e-14")
  func halfCosine() throws {
    let total = 400
    for epoch in 0...total {
      let own = try factor(.cosine(epochs: total, warmUp: 0, final: 0), after: epochs(epoch))
      let expected = (1 + cos(Double.pi * Double(epoch) / Double(total))) / 2
      #expect(abs(own - expected) < 1e-14)
    }
  }

  @Test("A step's rate is that of its first event's place in the epoch")
  func withinAnEpoch() throws {
    let schedule = LearningRateSchedule.cosine(epochs: 2, warmUp: 0, final: 0)
    // The last of an epoch's steps begins at 3/4 of it, or after the first two or three events.
    for (eventsPerStep, share) in [(1, 0.75), (2, 0.5), (3, 0.75), (4, 0), (9, 0)] {
      let own = try factor(schedule, after: epochs(1), events: 4, eventsPerStep: eventsPerStep)
      #expect(abs(own - (1 + cos(Double.pi * (1 + share) / 2)) / 2) < 1e-14)
    }
  }

  @Test("On a plateau the rate falls after more than `patience` epochs that are not better")
  func plateau() throws {
    let losses: [Double?] = [1, 0.9, 0.95, nil, 0.9, 0.91, 0.92, 0.5, 0.4]
    for (patience, expected) in [
      (1, [1, 1, 1, 1, 1, 0.5, 0.5, 0.25, 0.25, 0.25]),
      (0, [1, 1, 1, 0.5, 0.5, 0.25, 0.125, 0.0625, 0.0625, 0.0625]),
      (3, [1, 1, 1, 1, 1, 1, 1, 0.5, 0.5, 0.5]), (4, [Double](repeating: 1, count: 10)),
    ] {
      for count in 0...losses.count {
        let schedule = LearningRateSchedule.plateau(factor: 0.5, patience: patience)
        let part = losses[..<count]
        let byLoss = try factor(
          schedule, after: TrainingPieces.curve(losses: Array(part)), monitor: .loss)
        let byArea = try factor(
          schedule, after: TrainingPieces.curve(areas: part.map { $0.map { 1 - $0 } }),
          monitor: .auc)
        #expect(byLoss == expected[count] && byArea == expected[count], "\(patience), \(count)")
      }
    }
  }

  @Test("A plateau without any validation keeps the full rate")
  func withoutValidation() throws {
    #expect(try factor(.plateau(factor: 0.5, patience: 0), after: epochs(20)) == 1)
  }

  @Test(
    "Schedules outside their range are refused by the name of what is wrong",
    arguments: [
      ("scheduleEpochs", .cosine(epochs: 0, warmUp: 0, final: 0)),
      ("warmUpEpochs", .cosine(epochs: 3, warmUp: 3, final: 0)),
      ("warmUpEpochs", .cosine(epochs: 3, warmUp: -1, final: 0)),
      ("warmUpEpochs", .cosine(epochs: 3, warmUp: .nan, final: 0)),
      ("finalLearningRate", .cosine(epochs: 3, warmUp: 1, final: 1.5)),
      ("finalLearningRate", .cosine(epochs: 3, warmUp: 1, final: .nan)),
      ("plateauFactor", .plateau(factor: 1, patience: 1)),
      ("plateauFactor", .plateau(factor: 0, patience: 1)),
      ("plateauPatience", .plateau(factor: 0.5, patience: -1)),
    ] as [(String, LearningRateSchedule)])
  func refused(name: String, schedule: LearningRateSchedule) throws {
    let error = #expect(throws: EdgeClassifierError.self) {
      try EdgeTrainer(
        model: try TrainingPieces.model(), options: TrainingOptions(schedule: schedule))
    }
    guard case .invalidOption(name, _, _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }
}
