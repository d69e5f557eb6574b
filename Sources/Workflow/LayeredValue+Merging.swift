import JSONDocument

extension LayeredValue {
  /// This value over that of an earlier layer.
  ///
  /// Objects are merged member by member; lists and plain values take the place of what was there, and
  /// null takes it out.
  /// - Parameters:
  ///   - path: where the two stand in the workflow.
  ///   - isFile: whether this layer is a file, in which merged objects then count as standing, and which has its own name.
  func merged(over earlier: LayeredValue, at path: [String] = [], isFile: Bool) -> LayeredValue {
    guard case .members(let own) = content, case .members = earlier.content else { return self }
    var base = earlier
    if isFile && path.isEmpty {
      for name in ["$schema", "extends", "name", "description"] { base.remove(name) }
    }
    base.giveWay(to: self, at: path)
    var result = base.members
    for (name, value) in own {
      guard let index = result.firstIndex(where: { $0.name == name }) else {
        result.append((name, value))
        continue
      }
      if value.isNull {
        result.remove(at: index)
      } else {
        result[index].value = value.merged(
          over: result[index].value, at: path + [name], isFile: isFile)
      }
    }
    var merged = base
    if isFile { merged.layer = layer }
    merged.content = .members(result)
    return merged
  }

  /// Takes out what does not go with what a later layer says in the same object.
  private mutating func giveWay(to later: LayeredValue, at path: [String]) {
    switch path.count {
    case 1 where path == ["dataset"]:
      // A folder belongs to the data set that it was given with.
      if let name = later["name"], !name.isNull { remove("path") }
    case 2 where path[0] == "stages":
      if let uses = later["uses"], uses.json != self["uses"]?.json {
        remove("parameters")
        remove("matrix")
      }
      displace("parameters", by: later["matrix"], unless: later["parameters"])
      displace("matrix", by: later["parameters"], unless: later["matrix"])
    default: break
    }
  }

  /// A parameter is fixed or scanned, whichever was said last.
  private mutating func displace(
    _ room: String, by other: LayeredValue?, unless own: LayeredValue?
  ) {
    guard var members = self[room], let other else { return }
    for (name, _) in other.members where own?[name] == nil { members.remove(name) }
    if case .members(let all) = content {
      content = .members(all.map { $0.name == room ? (room, members) : $0 })
    }
  }
}
