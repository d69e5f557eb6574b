import Foundation
import GRDB

/// The result that a workflow last used for a stage and event, and what making it took.
public struct StageResultRecord: Sendable, Equatable {
  /// Nil for a task over the whole study.
  public var event: Int?
  public var key: ArtifactKey
  /// The run that first used it.
  public var run: String
  public var seconds: Double?

  public init(event: Int?, key: ArtifactKey, run: String, seconds: Double? = nil) {
    self.event = event
    self.key = key
    self.run = run
    self.seconds = seconds
  }
}

extension Catalog {
  /// What a workflow's stage last used, one record an event.
  public func results(workflow: String, stage: String) throws -> [StageResultRecord] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT event, result.key, run, seconds FROM result
          LEFT JOIN artifact ON artifact.key = result.key WHERE workflow = ? AND stage = ?
          """,
        arguments: [workflow, stage]
      ).compactMap { row in
        guard let key = row.value(1, Data.self).flatMap(ArtifactKey.init(data:)),
          let event = row.value(0, Int.self), let run = row.value(2, String.self)
        else { return nil }
        return StageResultRecord(
          event: event == Self.wholeStudy ? nil : event, key: key, run: run,
          seconds: row.value(3, Double.self))
      }
    }
  }

  /// The texts that the keys of what a workflow's stage last used are made of, with the run that first used each.
  public func resultRecipes(workflow: String, stage: String) throws
    -> [(event: Int?, text: String, run: String)]
  {
    try read { database in
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT event, text, run FROM result JOIN recipe USING (key)
          WHERE workflow = ? AND stage = ?
          """,
        arguments: [workflow, stage])
      var found: [(event: Int?, text: String, run: String)] = []
      while let row = try rows.next() {
        guard let event = row.value(0, Int.self), let text = row.value(1, String.self),
          var run = row.value(2, String.self)
        else { continue }
        // Most are of one run, whose name they share.
        if let last = found.last?.run, last == run { run = last }
        found.append((event == Self.wholeStudy ? nil : event, text, run))
      }
      return found
    }
  }

  /// Seconds that the results took to make which a workflow's stage last used, where that is known.
  public func seconds(workflow: String, stage: String) throws -> [Double] {
    try read { database in
      try DatabaseValue.fetchAll(
        database,
        sql: """
          SELECT seconds FROM result JOIN artifact USING (key)
          WHERE workflow = ? AND stage = ?
          """,
        arguments: [workflow, stage]
      ).compactMap(Double.fromDatabaseValue)
    }
  }

  /// Enters what a workflow's stage uses now; results that it used before keep the run that brought them.
  public func recordResults(
    workflow: String, stage: String, _ results: [(event: Int?, key: ArtifactKey)], run: String
  ) throws {
    let known = Dictionary(
      try self.results(workflow: workflow, stage: stage).map { ($0.event, $0.key) },
      uniquingKeysWith: { first, _ in first })
    let new = results.filter { known[$0.event] != $0.key }
    guard !new.isEmpty else { return }
    try write { database in
      for result in new {
        try database.cachedStatement(sql: "INSERT OR REPLACE INTO result VALUES (?, ?, ?, ?, ?)")
          .execute(arguments: [
            workflow, stage, result.event ?? Self.wholeStudy, result.key.data, run,
          ])
      }
    }
  }

  /// Seconds that the latest artifacts of a kind took to make, at most a hundred.
  public func latestSeconds(kind: String) throws -> [Double] {
    try read { database in
      try Double.fetchAll(
        database,
        sql: """
          SELECT seconds FROM artifact WHERE kind = ? AND seconds IS NOT NULL
          ORDER BY recorded DESC LIMIT 100
          """,
        arguments: [kind])
    }
  }

  /// Stands for the event of a task over the whole study.
  static var wholeStudy: Int { -1 }
}
