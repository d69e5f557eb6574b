/// The switches and filters beside the views.
struct DisplayPanel {
  var display: EventDisplay

  var text: String {
    let groups = display.switches.map { title, switches in
      """
      <fieldset><legend>\(Markup.escape(title))</legend>
      \(switches.map(row).joined(separator: "\n"))
      </fieldset>
      """
    }
    return """
      <details class="panel" open="">
      <summary>Layers and filters</summary>
      \(groups.joined(separator: "\n"))
      \(colours)
      \(filter)
      \(search)
      </details>
      """
  }

  private func row(_ item: DisplaySwitch) -> String {
    let checked = item.isOn ? " checked=\"checked\"" : ""
    let note = item.note.isEmpty ? "" : " <small>\(Markup.escape(item.note))</small>"
    let count =
      item.id == "detector" ? "" : "<span class=\"count\" data-count=\"\(item.id)\"></span>"
    return """
      <label class="switch"><input type="checkbox" data-layer="\(item.id)"\(checked)/>\
      <span class="sample \(item.sample)"></span>\
      <span class="name">\(Markup.escape(item.name))\(note)</span>\(count)</label>
      """
  }

  private var colours: String {
    let tracks =
      display.tracks.isEmpty && display.particles == nil
      ? ""
      : """

      <label>Tracks <select data-colour="trackColour">
      <option value="track">each its own</option>
      <option value="stage">by stage</option>
      <option value="truth">whether they count</option>
      </select></label>
      """
    return """
      <fieldset class="fields"><legend>Colours</legend>
      <label>Hits <select data-colour="hitColour">
      <option value="layer">by layer, inner to outer</option>
      <option value="volume">by volume</option>
      <option value="one">one colour</option>
      </select></label>\(tracks)
      </fieldset>
      """
  }

  private var filter: String {
    var rows: [String] = []
    if display.particles != nil {
      let least = display.isCrowded ? " value=\"\(EventDisplay.crowdedPT)\"" : ""
      rows.append(
        Self.range("pT", unit: "GeV", "pT", form: "min=\"0\" step=\"0.1\"", low: "0", least))
      rows.append(Self.range("eta", unit: "", "eta", form: "step=\"0.1\"", low: "−∞"))
    }
    if !display.tracks.isEmpty {
      rows.append(
        """
        <label class="range"><span>Hits of a track</span> from \
        <input type="number" data-filter="hits" min="0" step="1" placeholder="0"/></label>
        """)
    }
    if display.tracks.contains(where: { $0.tracks.contains { $0.match != nil } }) {
      rows.append(
        """
        <label>Tracks <select data-filter="tracks">
        <option value="all">all</option>
        <option value="counting">that count in the score</option>
        <option value="others">that do not count</option>
        </select></label>
        """)
    }
    if display.edges.contains(where: { $0.probability != nil }) {
      rows.append(
        """
        <label class="slider"><span>Edge probability from <output id="probability-value">0.00</output></span>
        <input type="range" data-filter="probability" min="0" max="1" step="0.01" value="0"/></label>
        """)
    }
    if display.particles != nil {
      rows.append(
        """
        <label class="switch"><input type="checkbox" data-filter="hits-too"/>\
        <span class="name">Hits and edges too<small>by their particle; tracks go by their majority particle</small></span></label>
        """)
    }
    return """
      <form id="filter"><fieldset class="fields"><legend>Filter</legend>
      \(rows.joined(separator: "\n"))
      <button type="button" id="reset-filter">Show all</button>
      </fieldset></form>
      """
  }

  /// - Parameters:
  ///   - form: attributes that say which numbers the fields take.
  ///   - low: what stands for no lower limit.
  ///   - least: the attribute of the lower limit that the page opens with; empty for none.
  private static func range(
    _ words: String, unit: String, _ name: String, form: String, low: String, _ least: String = ""
  ) -> String {
    let label = unit.isEmpty ? words : "\(words) (\(unit))"
    return """
      <div class="range" role="group" aria-label="\(label)"><span>\(label)</span>
      <input type="number" data-filter="\(name)-low" aria-label="\(label) from" \(form) placeholder="\(low)"\(least)/>
      to <input type="number" data-filter="\(name)-high" aria-label="\(label) to" \(form) placeholder="∞"/></div>
      """
  }

  private var search: String {
    guard !display.tracks.isEmpty else { return "" }
    let options = display.tracks.enumerated().map { index, set in
      let chosen = set.isMain ? " selected=\"selected\"" : ""
      return "<option value=\"\(index)\"\(chosen)>\(Markup.escape(set.stage))</option>"
    }
    return """
      <form id="search"><fieldset class="fields"><legend>Find a track</legend>
      <div class="range"><select name="set" aria-label="Stage">\(options.joined())</select>
      <input type="number" name="number" aria-label="Track number" placeholder="number" required=""/>
      <button type="submit">Pick</button></div>
      </fieldset></form>
      """
  }
}
