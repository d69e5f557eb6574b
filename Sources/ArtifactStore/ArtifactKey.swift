import Crypto
import Foundation
import JSONDocument

/// The name of an artifact: the SHA-256 of the canonical JSON that says how it is made.
///
/// The text names the stage kind and its version, the parameters and the keys or content digests
/// of the inputs, and nothing else: no path, time, host or worker count.
public struct ArtifactKey: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// 64 lower-case hexadecimal digits.
  public let hex: String

  public init(of text: JSONValue) {
    hex = SHA256.hash(data: Data(text.canonicalText.utf8)).hexText
  }

  /// A key from its hexadecimal text; nil unless it is 64 lower-case hexadecimal digits.
  public init?(hex: String) {
    guard hex.utf8.count == 64,
      hex.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
    else { return nil }
    self.hex = hex
  }

  public var description: String { hex }
  /// The first digits, enough for a person to tell artifacts apart.
  public var short: String { String(hex.prefix(12)) }

  public static func < (left: Self, right: Self) -> Bool { left.hex < right.hex }
}

extension SHA256.Digest {
  var hexText: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
