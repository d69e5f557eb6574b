/// One of the page's switches: a layer that can be shown or not.
struct DisplaySwitch {
  /// As the script names the layer.
  var id: String
  var name: String
  /// What stands behind the name in small.
  var note = ""
  /// The class of the sample of its colour.
  var sample: String
  var isOn = false
}

extension EventDisplay {
  /// Hits and detector, truth, edges, tracks: each group with its switches.
  var switches: [(title: String, switches: [DisplaySwitch])] {
    var groups = [("Detector", detectorSwitches)]
    if particles != nil {
      groups.append(
        (
          "Truth",
          [DisplaySwitch(id: "particles", name: "Particles", note: "true tracks", sample: "true")]
        ))
    }
    groups.append(("Tracks", trackSwitches))
    groups.append(("Edges", edgeSwitches))
    return groups.filter { !$0.1.isEmpty }
  }

  private var detectorSwitches: [DisplaySwitch] {
    var switches: [DisplaySwitch] = []
    if layers.contains(where: { $0.outline != nil }) {
      switches.append(
        DisplaySwitch(id: "detector", name: "Outline of the layers", sample: "muted", isOn: true))
    }
    let isPart = edgesCoverPart
    switches.append(DisplaySwitch(id: "hits", name: "Hits", sample: "rainbow", isOn: !isPart))
    if !edges.isEmpty {
      switches.append(
        DisplaySwitch(id: "hits.edges", name: "Hits with edges", sample: "rainbow", isOn: isPart))
    }
    return switches
  }

  /// Whether the graph is of less than half of the hits, which then are what is looked at.
  private var edgesCoverPart: Bool {
    guard !edges.isEmpty else { return false }
    var isSeen = [Bool](repeating: false, count: hits.count)
    for set in edges {
      for hit in set.from { isSeen[Int(hit)] = true }
      for hit in set.to { isSeen[Int(hit)] = true }
    }
    return 2 * isSeen.count { $0 } < hits.count
  }

  private var trackSwitches: [DisplaySwitch] {
    tracks.enumerated().map { index, set in
      DisplaySwitch(
        id: "tracks.\(index)", name: set.stage, note: set.words,
        sample: "s\(index % PlotStyle.seriesCount)", isOn: set.isMain)
    }
  }

  private var edgeSwitches: [DisplaySwitch] {
    edges.enumerated().flatMap { index, set in
      guard set.isTrue != nil else {
        return [
          DisplaySwitch(id: "edges.\(index)", name: set.stage, note: set.words, sample: "s0")
        ]
      }
      return [("true", "true"), ("false", "false")].map { kind, sample in
        DisplaySwitch(
          id: "edges.\(index).\(kind)", name: "\(set.stage), \(kind)", note: set.words,
          sample: sample, isOn: kind == "true" && index == 0 && tracks.isEmpty)
      }
    }
  }

  /// The page of an event with so many tracks opens with those above a momentum alone.
  var isCrowded: Bool { tracks.contains { $0.isMain && $0.tracks.count > 2000 } }

  /// That momentum, pT in GeV/c.
  static let crowdedPT = 1

  /// Such as "118,412 hits, 9,203 particles, 8,120 tracks of stage tracks".
  var countWords: String {
    var words = [HTMLReport.plural(hits.count, "hit")]
    if let particles { words.append(HTMLReport.plural(particles.count, "particle")) }
    words += tracks.filter(\.isMain).map {
      "\(HTMLReport.plural($0.tracks.count, "track")) of stage \($0.stage)"
    }
    words += edges.prefix(1).map { set in
      let trueOnes = set.isTrue.map { ", \(NumberText.grouped($0.count { $0 })) of them true" }
      return "\(HTMLReport.plural(set.count, "edge")) of stage \(set.stage)" + (trueOnes ?? "")
    }
    return words.joined(separator: ", ")
  }
}
