/// Places in a job array, as Slurm writes many of them together.
enum ArrayPlaces {
  /// Places as `sbatch` takes them, those that follow each other as ranges: `0-9,12,20-30`.
  static func text(of places: [Int]) -> String {
    var ranges: [ClosedRange<Int>] = []
    for place in places.sorted() {
      if let last = ranges.last, place <= last.upperBound + 1 {
        ranges[ranges.count - 1] = last.lowerBound...max(place, last.upperBound)
      } else {
        ranges.append(place...place)
      }
    }
    return ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
      .joined(separator: ",")
  }

  /// The places of a text such as `0-9,12,20-30:2%5`; how many may run at once, after the `%`, is left aside.
  ///
  /// - Returns: nil where it has another form.
  static func expand(_ text: String) -> [Int]? {
    var places: [Int] = []
    for part in text.prefix(while: { $0 != "%" }).split(separator: ",") {
      let steps = part.split(separator: ":", omittingEmptySubsequences: false)
      let ends = steps[0].split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
      guard steps.count <= 2, ends.count <= 2, let first = ends[0], let last = ends[ends.count - 1],
        first <= last, last < 10_000_000, let step = steps.count == 2 ? Int(steps[1]) : 1, step > 0
      else { return nil }
      places += stride(from: first, through: last, by: step)
    }
    return places.isEmpty ? nil : places
  }
}

/// Names of nodes, as Slurm writes many of them together.
enum NodeName {
  /// The first node of a list such as `n1`, `n[3-5,8],m2` or `rack[1-2]n[01-16]`; nil where there is none yet.
  static func first(of list: String) -> String? {
    if ["", "n/a", "N/A", "(null)", "None", "None assigned"].contains(list) { return nil }
    var (name, inside, skips) = ("", false, false)
    for character in list {
      switch character {
      case "[": (inside, skips) = (true, false)
      case "]": (inside, skips) = (false, false)
      case "," where !inside: return name
      case ",", "-": if inside { skips = true } else { name.append(character) }
      default: if !skips { name.append(character) }
      }
    }
    return name
  }
}
