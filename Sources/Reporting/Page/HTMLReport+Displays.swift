extension HTMLReport {
  /// Links to the pages of events, and how to make more; nil where there are none.
  static func displaysSection(_ run: RunReport.Run) -> SectionView? {
    guard !run.displays.isEmpty || run.gallery != nil else { return nil }
    var block = BlockView()
    if !run.displays.isEmpty {
      let links = run.displays.map { link(to: $0.file, "event \($0.event)") }
      block.paragraphs.append(Markup(trusted: "Pages that turn: " + links.joined(separator: ", ")))
      block.paragraphs.append(
        Markup("Others are made by: trackflow display EVENT --run \(run.id)"))
    }
    if let gallery = run.gallery {
      block.paragraphs.append(
        Markup(trusted: "Figures of one event: " + link(to: gallery, "gallery")))
    }
    return SectionView(id: Markup("displays"), heading: Markup("Event displays"), blocks: [block])
  }

  /// A link to a file of the run's folder; a name that would lead elsewhere stays text.
  static func link(to file: String, _ words: String) -> String {
    let name = Markup.escape(file)
    let isInside = !file.contains(":") && !file.hasPrefix("/")
    return isInside ? "<a href=\"\(name)\">\(Markup.escape(words))</a>" : name
  }
}
