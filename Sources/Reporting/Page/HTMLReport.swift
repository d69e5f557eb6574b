import Mustache

/// A finished run as one HTML page that needs nothing else: no network, no fonts, no other file.
///
/// It follows the reader's light or dark mode, reads on a phone and prints. See `docs/reports.md`.
public enum HTMLReport {
  /// The page of a report; the same report always gives the same text.
  public static func page(of report: RunReport) -> String {
    let results = report.results
    var sections: [SectionView] = []
    if let waterfall = waterfallSection(of: report) { sections.append(waterfall) }
    if !results.tracks.isEmpty { sections.append(tracksSection(of: report)) }
    if let displays = displaysSection(report.run) { sections.append(displays) }
    if !results.training.isEmpty { sections.append(trainingSection(results.training)) }
    if !results.edges.isEmpty || !results.passes.isEmpty {
      sections.append(edgesSection(results.edges, passes: results.passes))
    }
    if let rates = ratesSection(of: report) { sections.append(rates) }
    if !results.scans.isEmpty { sections.append(scansSection(results.scans)) }
    sections.append(runSection(report.run))
    sections.append(provenanceSection(report.run))
    let view = PageView(
      title: Markup(report.workflow),
      subtitle: Markup(
        "\(report.run.dataset.name), started \(report.run.started) on \(report.run.host)"),
      banner: banner(of: report), cards: cards(of: report), sections: sections)
    return render(view)
  }

  static func render(_ view: PageView) -> String {
    library.render(view, withTemplate: "page") ?? ""
  }

  /// The templates, read once; they are part of the program, so that a fault in one is a fault of it.
  private static let library: MustacheLibrary = {
    do {
      return MustacheLibrary(templates: [
        "page": try MustacheTemplate(string: PageTemplate.page),
        "block": try MustacheTemplate(string: PageTemplate.block),
        "facts": try MustacheTemplate(string: PageTemplate.facts),
        "figures": try MustacheTemplate(string: PageTemplate.figures),
        "table": try MustacheTemplate(string: PageTemplate.table),
      ])
    } catch {
      fatalError("the page's template cannot be read: \(error)")
    }
  }()
}

extension Markup: MustacheCustomRenderable {
  var renderText: String { text }
  var isNull: Bool { false }
}
