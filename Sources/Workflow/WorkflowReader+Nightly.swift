import JSONDocument

extension WorkflowReader {
  /// What the workflow says of its nightly evaluation; nil where it says nothing.
  func nightly() throws(WorkflowError) -> NightlySettings? {
    guard value(at: ["nightly"]) != nil else { return nil }
    let place = ["nightly", "thresholds"]
    try checkMembers(at: ["nightly"], known: ["thresholds"], required: ["thresholds"])
    try checkMembers(
      at: place, known: kinds.flatMap(\.watchedNumbers).map(\.name), required: [],
      what: "headline number")
    try refuseNothingTakenBack(at: place, what: "headline number")
    var thresholds: [NightlySettings.Threshold] = []
    for member in value(at: place)?.members ?? [] {
      guard let value = value(at: place + [member.name]) else { continue }
      guard let tolerance = NightlySettings.Tolerance(json: value) else {
        note(
          invalid(
            place + [member.name],
            "how much worse the number may be was expected: a number from 0 on in its unit, or"
              + " per cent such as \"20%\", not \(value.compactText)"))
        continue
      }
      thresholds.append(.init(number: member.name, tolerance: tolerance))
    }
    return NightlySettings(thresholds: thresholds)
  }
}
