import GRDB
import GRDBSQLite

/// Asks for rows one after the other, with nothing between here and SQLite: a plan asks for every artifact and file of a study.
struct RowLookup {
  private let prepared: Statement

  /// - Parameter sql: a query with one parameter, which gives at most one row.
  init(_ sql: String, in database: Database) throws {
    prepared = try database.cachedStatement(sql: sql)
  }

  /// What `read` makes of the row of a key; nil where there is none.
  func row<Result>(of key: ArtifactKey, _ read: (FoundRow) -> Result?) throws -> Result? {
    try key.withBytes { bytes in
      sqlite3_bind_blob(prepared.sqliteStatement, 1, bytes.baseAddress, Int32(bytes.count), nil)
      return try row(read)
    }
  }

  /// What `read` makes of the row of a text; nil where there is none.
  func row<Result>(of text: String, _ read: (FoundRow) -> Result?) throws -> Result? {
    var text = text
    return try text.withUTF8 { bytes in
      try bytes.withMemoryRebound(to: CChar.self) { characters in
        sqlite3_bind_text(
          prepared.sqliteStatement, 1, characters.baseAddress, Int32(characters.count), nil)
        return try row(read)
      }
    }
  }

  private func row<Result>(_ read: (FoundRow) -> Result?) throws -> Result? {
    let statement = prepared.sqliteStatement
    defer {
      sqlite3_reset(statement)
      // The parameter's bytes do not outlive the call.
      sqlite3_clear_bindings(statement)
    }
    switch sqlite3_step(statement) {
    case SQLITE_ROW: return read(FoundRow(statement: statement))
    case SQLITE_DONE: return nil
    case let code: throw DatabaseError(resultCode: ResultCode(rawValue: code))
    }
  }
}

/// A row that stands before the reader, for as long as it is read.
struct FoundRow {
  fileprivate let statement: SQLiteStatement

  func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(statement, column) }

  /// Nil where another kind of value stands there, as in a damaged file.
  func text(_ column: Int32) -> String? {
    guard sqlite3_column_type(statement, column) == SQLITE_TEXT,
      let bytes = sqlite3_column_text(statement, column)
    else { return nil }
    let count = Int(sqlite3_column_bytes(statement, column))
    return String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
  }

  /// From the columns size, modified and inode.
  func stamp(from column: Int32) -> FileSystem.Stamp {
    FileSystem.Stamp(
      size: integer(column), modified: integer(column + 1),
      inode: UInt64(bitPattern: integer(column + 2)))
  }
}
