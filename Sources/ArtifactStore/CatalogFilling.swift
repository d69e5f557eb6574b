import Foundation
import GRDB

/// Rows for a catalog that is made from the artifacts.
struct CatalogFilling: Sendable {
  var record: ArtifactRecord
  /// When it was made, in seconds since 1970.
  var recorded: Double

  func insert(into database: Database) throws {
    try Catalog.insert(record, recorded: recorded, into: database)
  }

  /// What artifacts say of themselves; each is checked in full before it is next used.
  ///
  /// - Returns: a row for each, and in words the files that are no artifacts.
  static func artifacts(of keys: [ArtifactKey], in store: ObjectStore) -> (
    entered: [CatalogFilling], unreadable: [String]
  ) {
    let found = Concurrently.map(keys, block: 64) { key -> Result<CatalogFilling, ArtifactError> in
      Result { () throws(ArtifactError) in
        let description = try store.description(of: key)
        let modified = FileSystem.stamp(of: store.path(of: key))?.modified ?? 0
        return CatalogFilling(
          record: ArtifactRecord(
            key: key, kind: description.kind, keyText: description.keyText.canonicalText),
          recorded: Double(modified) / 1e9)
      }
    }
    return (
      found.compactMap { try? $0.get() },
      found.compactMap { if case .failure(let error) = $0 { error.description } else { nil } }
    )
  }
}
