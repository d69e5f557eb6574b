import Foundation

extension Axis {
  /// A linear axis over times in seconds since 1970, with ticks at hours, days, weeks, months or years, in UTC.
  init(label: String, datesOver values: [Double], room: Int = 7) {
    self.init(label: label, over: values, toTicks: false)
    let drawn = values.filter(Self.isDrawable)
    let (first, last) = (drawn.min() ?? 0, drawn.max() ?? 0)
    // A margin at both ends, so that the first and last night do not stand on the frame.
    let margin = max((last - first) * 0.03, 3600)
    setRange(first - margin, last + margin)
    setTicks(DateTicks.ticks(from: lower, to: upper, room: room))
  }
}

/// Ticks at whole hours, days and months of UTC.
enum DateTicks {
  private static let hour = 3600.0
  private static let day = 86400.0
  private static let names = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  static func ticks(from lower: Double, to upper: Double, room: Int) -> [Axis.Tick] {
    let span = upper - lower
    let steps = [1, 2, 3, 6, 12].map { $0 * hour } + [1, 2, 7, 14].map { $0 * day }
    guard let step = steps.first(where: { span / $0 <= Double(room) }) else {
      return months(from: lower, to: upper, room: room)
    }
    // The 5th of January 1970 was a Monday: weeks begin on one.
    let origin = step >= 7 * day ? 4 * day : 0
    let first = ((lower - origin) / step).rounded(.up)
    let last = ((upper - origin) / step).rounded(.down)
    guard first <= last else { return [] }
    return stride(from: first, through: last, by: 1).prefix(100).map { count in
      let time = origin + count * step
      return Axis.Tick(value: time, label: label(of: time, showsHour: step < day))
    }
  }

  /// Every month, every third, every year or every so many years.
  private static func months(from lower: Double, to upper: Double, room: Int) -> [Axis.Tick] {
    let (first, last) = (month(of: lower), month(of: upper))
    let step =
      [1, 2, 3, 6, 12, 24, 60, 120].first { (last - first) / $0 <= room } ?? max(1200, last - first)
    return (first...last).filter { $0 % step == 0 }.prefix(100).compactMap { month in
      let time = start(ofMonth: month)
      guard time >= lower, time <= upper else { return nil }
      let name = step < 12 ? "\(names[month % 12]) \(month / 12)" : "\(month / 12)"
      return Axis.Tick(value: time, label: name)
    }
  }

  /// `24 Nov`, or `14:00`; the date at midnight.
  private static func label(of time: Double, showsHour: Bool) -> String {
    let parts = calendar.dateComponents(
      [.month, .day, .hour], from: Date(timeIntervalSince1970: time))
    let hour = parts.hour ?? 0
    if showsHour, hour > 0 { return (hour < 10 ? "0" : "") + "\(hour):00" }
    return "\(parts.day ?? 0) \(names[(parts.month ?? 1) - 1])"
  }

  /// Months since the year 0.
  private static func month(of time: Double) -> Int {
    let parts = calendar.dateComponents([.year, .month], from: Date(timeIntervalSince1970: time))
    return (parts.year ?? 0) * 12 + (parts.month ?? 1) - 1
  }

  private static func start(ofMonth month: Int) -> Double {
    let parts = DateComponents(year: month / 12, month: month % 12 + 1, day: 1)
    return calendar.date(from: parts)?.timeIntervalSince1970 ?? .nan
  }

  private static let calendar: Calendar = {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = TimeZone(secondsFromGMT: 0) ?? .gmt
    return calendar
  }()
}
