import Foundation
import JSONDocument

extension LineageTree {
  /// The tree in lines, with what became of the files.
  public func lines(files traces: [String: FileTrace]) -> [String] {
    branches.flatMap { branch in Self.lines(of: branch, traces, first: "", rest: "") }
  }

  private static func lines(
    of branch: Branch, _ traces: [String: FileTrace], first: String, rest: String
  ) -> [String] {
    var lines = [first + headline(of: branch)]
    if !branch.parameters.isEmpty, branch.countShown < branch.keys.count {
      let hasMore = !branch.branches.isEmpty || !branch.files.isEmpty
      lines.append("\(rest)\(hasMore ? "│" : " ")    \(words(of: branch.parameters))")
    }
    let files = branch.files.map { words(of: $0, traces) }
    let count = files.count + branch.branches.count
    for (index, words) in files.enumerated() {
      lines.append("\(rest)\(index == count - 1 ? "└─ " : "├─ ")\(words)")
    }
    for (index, inner) in branch.branches.enumerated() {
      let isLast = files.count + index == count - 1
      lines += Self.lines(
        of: inner, traces, first: rest + (isLast ? "└─ " : "├─ "),
        rest: rest + (isLast ? "   " : "│  "))
    }
    return lines
  }

  /// `80 results of graphs (build-graphs, version 3): events 0-79 (train)  in the cache`
  private static func headline(of branch: Branch) -> String {
    let kind = branch.kind + (branch.version.map { ", version \($0)" } ?? "")
    var text = branch.stage.map { "\($0) (\(kind))" } ?? kind
    if branch.keys.count > 1 { text = "\(branch.keys.count) results of \(text)" }
    let events = branch.events.map { part in
      EventRanges.words(part.events) + (part.split.isEmpty ? "" : " (\(part.split))")
    }
    if !events.isEmpty { text += ": " + events.joined(separator: ", ") }
    if branch.keys.count == 1 { text += "  \(branch.keys[0].short)" }
    if branch.isUnknown { return text + "  nothing is known of it" }
    if branch.countShown == branch.keys.count { return text + "  (above)" }
    if branch.countShown > 0 { text += "  (\(branch.countShown) above)" }
    switch branch.countInCache {
    case branch.keys.count: return text + "  in the cache"
    case 0: return text + "  not in the cache any more"
    default: return text + "  \(branch.countInCache) in the cache"
    }
  }

  /// `hidden 8, epochs 6, initialWeights with SHA-256 0123456789ab…`
  private static func words(of parameters: [JSONMember]) -> String {
    parameters.map { member in
      if let digest = TaskRecipe.digest(member.value) {
        return "\(member.name) with SHA-256 \(digest.prefix(12))…"
      }
      return "\(member.name) \(member.value.compactText)"
    }.joined(separator: ", ")
  }

  private static func words(
    of file: (name: String, digests: [String]), _ traces: [String: FileTrace]
  ) -> String {
    let found = file.digests.map { traces[$0] ?? FileTrace(sha256: $0, paths: []) }
    if found.count == 1 {
      let trace = found[0]
      let path = trace.path ?? trace.paths.first?.path
      let words = [file.name, path, "SHA-256 \(trace.sha256.prefix(12))…"].compactMap { $0 }
      return words.joined(separator: "  ") + "  \(state(of: trace))"
    }
    let missing = found.filter { $0.path == nil }
    let folders = Set(
      found.compactMap { $0.path.map { ($0 as NSString).deletingLastPathComponent } })
    let place = folders.count == 1 ? " in \(folders.first!)" : ""
    var text = "\(found.count) files \(file.name)\(place)"
    guard let first = missing.first else { return text + "  as they were" }
    text += "  \(found.count - missing.count) as they were, \(missing.count) not: "
    text +=
      "\(first.paths.first?.path ?? String(first.sha256.prefix(12)) + "…") \(state(of: first))"
    return missing.count > 1 ? text + " and others" : text
  }

  private static func state(of trace: FileTrace) -> String {
    if trace.path != nil { return "as it was" }
    if trace.paths.contains(where: { $0.state == .changed }) { return "changed since" }
    return trace.paths.isEmpty ? "its path is not known" : "gone"
  }
}
