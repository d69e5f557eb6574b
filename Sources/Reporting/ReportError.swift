/// Why a text is not a report that this version reads.
public enum ReportError: Error, Equatable, CustomStringConvertible {
  /// The member at `path` is not there.
  case missing(path: String, expected: String)
  /// The member at `path` holds something else than it should.
  case unexpected(path: String, expected: String, found: String)
  /// The text is no report, or one of a version that is not known here.
  case unknownFormat(format: String, version: Int)

  public var description: String {
    switch self {
    case .missing(let path, let expected):
      "report.json: \(path) is missing; \(expected) was expected"
    case .unexpected(let path, let expected, let found):
      "report.json: \(path) should be \(expected), but is \(found)"
    case .unknownFormat(let format, let version):
      """
      report.json: format "\(format)", version \(version), cannot be read; this program reads \
      "\(RunReport.format)", version \(RunReport.version)
      """
    }
  }
}
