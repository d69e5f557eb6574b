extension JUnitReport {
  struct Suite {
    var name: String
    var timestamp = ""
    var host = ""
    var cases: [Case] = []

    init(name: String) { self.name = name }
  }

  struct Case {
    enum Outcome: Equatable {
      case passed
      case failure(String, details: String)
      case error(String)
      case skipped(String)
    }

    var name: String
    var outcome: Outcome
    /// Nil where it was not measured.
    var seconds: Double?
    /// What is to be said of it.
    var output: String?
  }

  static func text(name: String, suites: [Suite]) -> String {
    let cases = suites.flatMap(\.cases)
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    text += "<testsuites name=\"\(Markup.escape(name))\"\(counts(cases))>\n"
    for suite in suites { text += self.text(of: suite) }
    return text + "</testsuites>\n"
  }

  private static func text(of suite: Suite) -> String {
    var text = "  <testsuite name=\"\(Markup.escape(suite.name))\"\(counts(suite.cases))"
    // The format's date has no place for a time zone; it is UTC.
    let date = suite.timestamp.replacing("Z", with: "")
    if !date.isEmpty { text += " timestamp=\"\(Markup.escape(date))\"" }
    if !suite.host.isEmpty { text += " hostname=\"\(Markup.escape(suite.host))\"" }
    text += ">\n"
    for item in suite.cases { text += self.text(of: item, class: suite.name) }
    return text + "  </testsuite>\n"
  }

  private static func text(of item: Case, class name: String) -> String {
    var text = "    <testcase classname=\"\(Markup.escape(name))\""
    text += " name=\"\(Markup.escape(item.name))\"\(time(item.seconds))"
    var inner = ""
    switch item.outcome {
    case .passed: break
    case .failure(let message, let details):
      inner += "      <failure type=\"failure\" message=\"\(attribute(message))\">"
      inner += Markup.escape(details) + "</failure>\n"
    case .error(let message):
      inner += "      <error type=\"error\" message=\"\(attribute(message))\"/>\n"
    case .skipped(let message): inner += "      <skipped message=\"\(attribute(message))\"/>\n"
    }
    if let output = item.output {
      inner += "      <system-out>\(Markup.escape(output))</system-out>\n"
    }
    return inner.isEmpty ? text + "/>\n" : text + ">\n" + inner + "    </testcase>\n"
  }

  /// Numbers of cases, and the time of those that have one.
  private static func counts(_ cases: [Case]) -> String {
    func count(_ matches: (Case.Outcome) -> Bool) -> Int { cases.count { matches($0.outcome) } }
    let failures = count { if case .failure = $0 { true } else { false } }
    let errors = count { if case .error = $0 { true } else { false } }
    let skipped = count { if case .skipped = $0 { true } else { false } }
    let times = cases.compactMap(\.seconds)
    return " tests=\"\(cases.count)\" failures=\"\(failures)\" errors=\"\(errors)\""
      + " skipped=\"\(skipped)\"" + time(times.isEmpty ? nil : times.reduce(0, +))
  }

  private static func time(_ seconds: Double?) -> String {
    seconds.map { " time=\"\(NumberText.fixed($0, decimals: 3))\"" } ?? ""
  }

  /// A line break would become a space when an attribute is read.
  private static func attribute(_ text: String) -> String {
    Markup.escape(text).replacing("\n", with: "&#10;")
  }
}
