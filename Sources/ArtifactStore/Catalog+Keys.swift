import Foundation
import GRDB

extension Catalog {
  /// The keys that begin with these hexadecimal digits, of artifacts that were ever entered.
  public func keys(beginningWith digits: String) throws -> [ArtifactKey] {
    try read { database in
      try Data.fetchAll(
        database, sql: "SELECT key FROM recipe WHERE lower(hex(key)) LIKE ? ORDER BY key",
        arguments: ["\(digits.filter(\.isHexDigit))%"]
      ).compactMap(ArtifactKey.init(data:))
    }
  }
}
