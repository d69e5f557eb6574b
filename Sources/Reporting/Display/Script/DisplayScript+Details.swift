extension DisplayScript {
  /// What is said of what is picked.
  static let details = #"""
    /* What the page says of a picked track, particle or hit. */
    function describe(stage, picked, into) {
      into.replaceChildren();
      if (!picked) return;
      const { event } = stage;
      if (picked.hit !== undefined) {
        const particle = event.hits.particle[picked.hit];
        into.append(element('h3', 'Hit ' + event.hits.id[picked.hit]));
        into.append(facts(particleFacts(event, particle, 'particle')));
        into.append(hitTable(event, [picked.hit], particle));
        return;
      }
      const { layer, item } = picked;
      const { set } = layer;
      const hits = Array.from(set.hit.subarray(set.first[item], set.first[item + 1]));
      if (layer.of === 'particles') {
        into.append(element('h3', 'Particle'));
        into.append(facts([...particleFacts(event, item, 'number'), ['hits', String(hits.length)]]));
        into.append(hitTable(event, hits, item));
        return;
      }
      into.append(element('h3', 'Track ' + set.id[item] + ' of ' + set.stage));
      into.append(facts(trackFacts(event, set, item, hits.length)));
      into.append(hitTable(event, hits, set.particle ? set.particle[item] : -1));
    }

    function trackFacts(event, set, item, hitCount) {
      const rows = [['hits', String(hitCount)]];
      if (set.score) rows.push(['score of the search', set.score[item].toFixed(2)]);
      if (!set.particle) return rows;
      const particle = set.particle[item];
      const purity = set.majority[item] / hitCount;
      rows.push(['purity', set.majority[item] + ' of ' + hitCount + ' (' + (100 * purity).toFixed(0) + ' %)']);
      rows.push(['TrackML score', set.counts[item]
        ? 'counts, with ' + set.weight[item].toPrecision(3) + ' of 1'
        : 'does not count']);
      if (particle >= 0) {
        const { first } = event.particles;
        rows.push(['of the particle\u2019s hits', set.majority[item] + ' of ' + (first[particle + 1] - first[particle])]);
      }
      return [...rows, ...particleFacts(event, particle, 'majority particle')];
    }

    function particleFacts(event, particle, name) {
      if (!event.particles) return [['truth', 'not known']];
      if (particle < 0) return [[name, 'none (noise)']];
      const { particles } = event;
      return [
        [name, particles.number(particle)],
        ['pT', particles.pT[particle].toPrecision(3) + ' GeV'],
        ['eta', particles.eta[particle].toFixed(3)],
      ];
    }

    function hitTable(event, hits, particle) {
      const table = document.createElement('table');
      const head = table.createTHead().insertRow();
      for (const name of ['hit', 'layer', 'x', 'y', 'z', 'r']) {
        const cell = document.createElement('th');
        cell.scope = 'col';
        cell.textContent = name;
        head.append(cell);
      }
      const body = table.createTBody();
      for (const hit of hits) {
        const row = body.insertRow();
        if (event.particles && event.hits.particle[hit] !== particle) row.className = 'other';
        const { position } = event.hits;
        const lengths = [0, 1, 2].map(axis => position[3 * hit + axis]).concat(event.hits.radius[hit]);
        const texts = [String(event.hits.id[hit]), event.layers[event.hits.layer[hit]].name];
        for (const text of texts.concat(lengths.map(length => length.toFixed(2)))) {
          row.insertCell().textContent = text;
        }
      }
      const box = element('div', '', 'scroll');
      box.tabIndex = 0;
      box.append(table);
      const words = event.particles ? 'Lengths in mm; \u2260 marks hits of other particles or noise.' : 'Lengths in mm.';
      box.append(element('p', words, 'muted'));
      return box;
    }

    function facts(rows) {
      const list = document.createElement('dl');
      for (const [name, value] of rows) list.append(element('dt', name), element('dd', value));
      return list;
    }

    function element(tag, text, kind) {
      const made = document.createElement(tag);
      if (text) made.textContent = text;
      if (kind) made.className = kind;
      return made;
    }
    """#
}
