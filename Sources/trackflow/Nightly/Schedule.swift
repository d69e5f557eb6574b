import EventData
import Foundation

/// A time of day, by the machine's clock.
struct TimeOfDay: Equatable {
  var hour: Int
  var minute: Int

  init(hour: Int, minute: Int) {
    self.hour = hour
    self.minute = minute
  }

  /// Nil for what is not such as `02:30`.
  init?(_ text: String) {
    guard let match = text.wholeMatch(of: /([0-9]{1,2}):([0-9]{2})/),
      let hour = Int(match.1), let minute = Int(match.2), hour < 24, minute < 60
    else { return nil }
    self.init(hour: hour, minute: minute)
  }

  /// `02:30`
  var text: String { "\(Self.twoDigits(hour)):\(Self.twoDigits(minute))" }

  /// The next such time after a moment.
  func next(after moment: Date) -> Date? {
    Calendar.current.nextDate(
      after: moment, matching: DateComponents(hour: hour, minute: minute, second: 0),
      matchingPolicy: .nextTime)
  }

  private static func twoDigits(_ number: Int) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }
}

/// What is to be run every night, with absolute paths.
struct NightlyJob {
  var executable: String
  /// The command's arguments, `nightly run` included.
  var arguments: [String]
  /// Where it runs.
  var workingFolder: String
  var folder: NightlyFolder
  var time: TimeOfDay
  /// The workflow's name, for people.
  var workflow: String

  /// Tells the entries of one folder of nights from those of another.
  static func mark(of folder: NightlyFolder) -> String {
    "trackflow-nightly-" + FileDigest.sha256(of: folder.path.utf8).prefix(8)
  }

  var mark: String { Self.mark(of: folder) }
}

/// An entry that is there.
struct InstalledNightly {
  /// `a systemd user timer`, `a cron line`.
  var how: String
  /// The timer's file, or the line.
  var place: String
  var time: TimeOfDay?
  /// Whether it is switched on; nil where that can't be told.
  var isActive: Bool?
}
