import Foundation
import GRDB

/// What the catalog knows of an artifact, but for its recipe.
public struct ArtifactRow: Sendable, Equatable {
  public var kind: String
  /// The file's stamp when it was last known to be whole; nil if it was not checked yet.
  public var stamp: FileSystem.Stamp?
  /// What making it took.
  public var seconds: Double?
  public var hasRecipe: Bool
}

/// Where a workflow last used a result.
public struct ResultPlace: Sendable, Equatable {
  public var workflow: String
  public var stage: String
  /// Nil for a task over the whole study.
  public var event: Int?
}

extension Catalog {
  /// A row for every artifact that the catalog knows.
  public func artifactRows() throws -> [ArtifactKey: ArtifactRow] {
    try read { database in
      var found: [ArtifactKey: ArtifactRow] = [:]
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT artifact.key, kind, size, modified, inode, seconds, recipe.key IS NOT NULL
          FROM artifact LEFT JOIN recipe ON recipe.key = artifact.key
          """)
      while let row = try rows.next() {
        guard let key = row.value(0, Data.self).flatMap(ArtifactKey.init(data:)) else { continue }
        var known = ArtifactRow(
          kind: row.value(1, String.self) ?? "", seconds: row.value(5, Double.self),
          hasRecipe: row.value(6, Bool.self) ?? false)
        if let size = row.value(2, Int64.self), size >= 0, let modified = row.value(3, Int64.self),
          let inode = row.value(4, Int64.self)
        {
          known.stamp = FileSystem.Stamp(
            size: size, modified: modified, inode: UInt64(bitPattern: inode))
        }
        found[key] = known
      }
      return found
    }
  }

  /// Where workflows last used results.
  public func resultPlaces() throws -> [ArtifactKey: [ResultPlace]] {
    try read { database in
      var found: [ArtifactKey: [ResultPlace]] = [:]
      let rows = try Row.fetchCursor(
        database,
        sql: "SELECT key, workflow, stage, event FROM result ORDER BY workflow, stage, event")
      while let row = try rows.next() {
        guard let key = row.value(0, Data.self).flatMap(ArtifactKey.init(data:)),
          let workflow = row.value(1, String.self), let stage = row.value(2, String.self),
          let event = row.value(3, Int.self)
        else { continue }
        found[key, default: []].append(
          ResultPlace(
            workflow: workflow, stage: stage, event: event == Self.wholeStudy ? nil : event))
      }
      return found
    }
  }

  /// How many refusals of inputs are remembered.
  public func rejectionCount() throws -> Int {
    try read { try Int.fetchOne($0, sql: "SELECT count(*) FROM rejection") ?? 0 }
  }
}
