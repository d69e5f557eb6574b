import JSONDocument

extension ManifestFile {
  /// The data sets of a manifest or of the file of this machine.
  func dataSets(isLocal: Bool) throws -> [DataSet] {
    guard let members = try object(["datasets"]) else {
      if isLocal { return [] }
      throw failure([], "\"datasets\" is missing: an object of data sets was expected")
    }
    return try members.map { try dataSet($0.name, isLocal: isLocal) }
  }

  private func dataSet(_ name: String, isLocal: Bool) throws -> DataSet {
    let place = ["datasets", name]
    guard DataManifest.isName(name) else {
      throw failure(place, atName: true, "\"\(name)\" is no name: \(DataManifest.nameRule)")
    }
    guard value(place)?.members != nil else { throw failure(place, "an object was expected") }
    try checkMembers(
      of: place,
      known: [
        "description", "instructions", "url", "path", "events", "files", "detectors", "field",
        "beamSpot", "weights", "made",
      ])
    return DataSet(
      name: name,
      description: try optional(place + ["description"], "a text") { $0.stringValue } ?? "",
      instructions: try optional(place + ["instructions"], "a text") { $0.stringValue },
      url: try optional(place + ["url"], "a text") { $0.plainText },
      folder: resolved(try required(place + ["path"], "a folder") { $0.plainText }),
      events: try events(place + ["events"]), files: try files(place + ["files"]),
      detectors: try optional(place + ["detectors"], "a file") { $0.plainText }.map(resolved),
      field: try field(place + ["field"]), beamSpot: try beamSpot(place + ["beamSpot"]),
      weights: try optional(
        place + ["weights"], "the name of a trained set, letters, digits and dashes,"
      ) { $0.weightsName },
      isMade: try optional(place + ["made"], "true or false") { $0.boolValue } ?? false,
      isLocal: isLocal)
  }

  private func events(_ place: [String]) throws -> ClosedRange<Int> {
    let expected = "{\"first\": …, \"last\": …}, two event numbers in order,"
    _ = try required(place, expected) { $0.members }
    try checkMembers(of: place, known: ["first", "last"])
    let first = try required(place + ["first"], "an event number") { $0.count }
    let last = try required(place + ["last"], "an event number") { $0.count }
    guard first <= last, last <= 999_999_999 else {
      throw failure(place, "\(expected) of at most nine digits, was expected")
    }
    return first...last
  }

  private func files(_ place: [String]) throws -> Set<EventFile> {
    let known = EventFile.allCases.map(\.rawValue)
    let expected = "a list of files (\(known.joined(separator: ", "))), hits or graph among them,"
    let names = try required(place, expected) { $0.arrayValue }
    var files: Set<EventFile> = []
    for (index, name) in names.enumerated() {
      guard let file = name.stringValue.flatMap(EventFile.init(rawValue:)) else {
        let near = nearest(to: name.stringValue ?? "", among: known)
        throw failure(
          place + [String(index)],
          "this is no file of an event; "
            + (near.map { "did you mean \"\($0)\"?" }
              ?? "known are \(known.joined(separator: ", "))"))
      }
      files.insert(file)
    }
    guard !files.isDisjoint(with: [.hits, .graph]) else {
      throw failure(place, "\(expected) was expected")
    }
    return files
  }

  private func field(_ place: [String]) throws -> MagneticField? {
    guard try object(place) != nil else { return nil }
    if value(place + ["uniform"]) != nil {
      try checkMembers(of: place, known: ["uniform"])
      return .uniform(
        strength: try required(place + ["uniform"], "a strength in T") { $0.doubleValue })
    }
    let place = place + ["coil"]
    let parts = "{\"radius\", \"length\", \"centre\": [x, y, z], \"strength\"}, in mm and T,"
    try checkMembers(of: Array(place.dropLast()), known: ["coil", "uniform"])
    _ = try required(place, parts) { $0.members }
    try checkMembers(of: place, known: ["radius", "length", "centre", "strength"])
    return .coil(
      radius: try required(place + ["radius"], "a length in mm above 0") { $0.positive },
      length: try required(place + ["length"], "a length in mm above 0") { $0.positive },
      centre: try required(place + ["centre"], "three places in mm") { json in
        let numbers = json.arrayValue?.compactMap(\.doubleValue)
        return numbers?.count == 3 && json.arrayValue?.count == 3 ? numbers : nil
      },
      strength: try required(place + ["strength"], "a strength in T") { $0.doubleValue })
  }

  private func beamSpot(_ place: [String]) throws -> BeamSpot? {
    guard try object(place) != nil else { return nil }
    try checkMembers(of: place, known: ["x", "y", "z"])
    func width(_ name: String) throws -> Double {
      try required(place + [name], "a standard deviation in mm, 0 or more,") {
        $0.doubleValue.flatMap { $0 >= 0 ? $0 : nil }
      }
    }
    return BeamSpot(x: try width("x"), y: try width("y"), z: try width("z"))
  }
}

extension DataManifest {
  static let nameRule = "letters, digits, dots, dashes and underscores, a letter or digit first"

  static func isName(_ name: String) -> Bool {
    name.wholeMatch(of: /[A-Za-z0-9][A-Za-z0-9._\-]*/) != nil
  }
}
