import GRDB

/// What the rows of a catalog must be like, beyond what SQLite itself sees to.
enum CatalogContent {
  /// Each table, and what holds of its rows that are as they were written.
  private static let rules = [
    (
      "artifact",
      """
      typeof(key) = 'blob' AND length(key) = 32 AND typeof(kind) = 'text'
      AND typeof(size) = 'integer' AND typeof(modified) = 'integer' AND typeof(inode) = 'integer'
      AND typeof(seconds) IN ('real', 'null') AND typeof(recorded) = 'real'
      """
    ),
    ("recipe", "typeof(key) = 'blob' AND length(key) = 32 AND typeof(text) = 'text'"),
    (
      "result",
      """
      typeof(workflow) = 'text' AND typeof(stage) = 'text' AND typeof(event) = 'integer'
      AND typeof(key) = 'blob' AND length(key) = 32 AND typeof(run) = 'text'
      """
    ),
    (
      "rejection",
      """
      typeof(key) = 'blob' AND length(key) = 32 AND typeof(kind) = 'text'
      AND typeof(reason) = 'text'
      """
    ),
  ]

  /// What is wrong with the rows, in words; empty where nothing is.
  static func faults(in database: Database) throws -> [String] {
    var faults: [String] = []
    for (table, rule) in rules {
      let count =
        try Int.fetchOne(database, sql: "SELECT count(*) FROM \(table) WHERE NOT (\(rule))") ?? 0
      if count > 0 { faults.append("\(count) rows of the table \(table) can't be read") }
    }
    let digests = try Row.fetchCursor(
      database, sql: "SELECT path, size, modified, inode, sha256, mark FROM digest")
    var changed = 0
    while let row = try digests.next() {
      if FileDigestRecord(marked: row) == nil { changed += 1 }
    }
    if changed > 0 {
      faults.append("\(changed) digests of input files are not as they were written")
    }
    return faults
  }
}
