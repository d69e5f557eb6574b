import Reporting
import Workflow

/// What two nights did differently: the program, the workflow, the data, the machine.
enum NightChanges {
  /// A line for each difference; one that says so where nothing that is recorded differs.
  static func lines(from earlier: Night, to night: Night) -> [String] {
    guard let before = earlier.run, let now = night.run else { return [] }
    let provenance = ProvenanceDifference(before, now)
    var lines: [String] = []
    if let old = earlier.programDigest, let new = night.programDigest, old != new {
      lines.append("program: another build, \(old.prefix(8)) -> \(new.prefix(8))")
    }
    lines += provenance.program.map { "program: \($0)" }
    lines += DefinitionDifference(from: before.workflow, to: now.workflow).changes
      .map { "workflow: \($0.words)" }
    lines += list(provenance.changedFiles, "has other content now")
    lines += list(provenance.onlyFirst, "is not read any more")
    lines += list(provenance.onlySecond, "is new")
    lines += provenance.machine.map { "machine: \($0)" }
    lines += events(from: earlier, to: night)
    return lines.isEmpty
      ? ["nothing that is recorded: the same program, workflow, data and machine"] : lines
  }

  private static func list(_ files: [String], _ words: String) -> [String] {
    files.prefix(5).map { "data: \($0) \(words)" }
      + (files.count > 5 ? ["data: and \(files.count - 5) more"] : [])
  }

  /// Held-out events that only one of the nights has a result of.
  private static func events(from earlier: Night, to night: Night) -> [String] {
    guard let now = night.numbers.first(where: { !$0.byEvent.isEmpty }),
      let before = earlier.number(now.name)
    else { return [] }
    let paired = PairedDifference(before.byEvent, now.byEvent)
    var lines: [String] = []
    if !paired.onlyFirst.isEmpty {
      lines.append("data: \(EventRanges.words(paired.onlyFirst)) without a result now")
    }
    if !paired.onlySecond.isEmpty {
      lines.append("data: \(EventRanges.words(paired.onlySecond)) had no result before")
    }
    return lines
  }
}
