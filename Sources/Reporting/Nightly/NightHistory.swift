import Foundation
import JSONDocument

/// The nights of one workflow, oldest first.
public struct NightHistory: Sendable {
  public var workflow: String
  public private(set) var nights: [Night]
  /// Files of the history that are no nights, each with why.
  public var unreadable: [String]

  public init(workflow: String, nights: [Night], unreadable: [String] = []) {
    self.workflow = workflow
    self.nights = nights.sorted { ($0.started, $0.id) < ($1.started, $1.id) }
    self.unreadable = unreadable
  }

  /// The night that one is compared with: the last before it that came to numbers and was no regression.
  ///
  /// A bad night so never becomes what the next is measured by.
  public func lastGood(before night: Night) -> Night? {
    nights.last { ($0.started, $0.id) < (night.started, night.id) && $0.isGood }
  }

  public func night(_ id: String) -> Night? { nights.first { $0.id == id } }

  /// The numbers that any night has, in their order.
  var numbers: [HeadlineNumber] {
    let names = Set(nights.flatMap { $0.numbers.map(\.name) })
    return HeadlineNumber.all.filter { names.contains($0.name) }
  }
}

extension NightHistory {
  public static let format = "trackflow-nightly"
  public static let version = 1

  /// What `index.json` holds: every night's numbers without their events, so that others can watch them.
  public var json: JSONValue {
    .object([
      "format": .string(Self.format),
      "version": .integer(Self.version),
      "workflow": .string(workflow),
      "numbers": .array(
        numbers.map {
          .object([
            "name": .string($0.name), "words": .string($0.words), "unit": .string($0.unit),
            "isLargerBetter": .bool($0.isLargerBetter),
          ])
        }),
      "nights": .array(nights.map(\.summary)),
      "unreadable": .array(unreadable.map { .string($0) }),
    ])
  }
}

extension Night {
  /// The night without what is by event and by file.
  public var summary: JSONValue {
    .object([
      "id": .string(id),
      "started": .string(NightText.time(started)),
      "ended": .optional(ended.map(NightText.time)),
      "state": .string(state.rawValue),
      "verdict": .string(verdict),
      "isRegression": .bool(isRegression),
      "reason": .optional(reason),
      "accepted": .optional(accepted),
      "report": .optional(report),
      "trackflowVersion": .optional(run?.trackflowVersion),
      "programDigest": .optional(programDigest),
      "host": .optional(run?.host),
      "instructionSet": .optional(run?.instructionSet),
      "numbers": .object(
        numbers.map { number in
          JSONMember(
            name: number.name,
            value: .object([
              "value": .measured(number.value), "uncertainty": .measured(number.uncertainty),
              "events": .integer(number.byEvent.count), "stage": .optional(number.stage),
            ]))
        }),
      "judgement": judgement?.json ?? .null,
    ])
  }
}

/// Times of nights, in UTC everywhere.
enum NightText {
  /// `2026-11-24T02:30:00Z`
  static func time(_ seconds: Double) -> String {
    Date(timeIntervalSince1970: seconds).formatted(.iso8601)
  }

  /// `2026-11-24 02:30`
  static func minute(_ seconds: Double) -> String {
    String(time(seconds).replacingOccurrences(of: "T", with: " ").prefix(16))
  }
}
