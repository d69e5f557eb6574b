extension DisplayScript {
  /// The event as the views take it.
  static let event = #"""
    /* The event as the views take it; places in mm. */
    function readEvent() {
      const description = JSON.parse(document.getElementById('display-description').textContent);
      const columns = readColumns(
        description, document.getElementById('display-data').textContent.trim());
      const grain = description.grain;
      const id = columns.get('hits.id');
      const count = id.length;
      const position = new Float32Array(3 * count);
      const radius = new Float32Array(count);
      const [x, y, z] = ['x', 'y', 'z'].map(name => columns.get('hits.' + name));
      for (let hit = 0; hit < count; hit += 1) {
        position[3 * hit] = x[hit] * grain;
        position[3 * hit + 1] = y[hit] * grain;
        position[3 * hit + 2] = z[hit] * grain;
        radius[hit] = Math.hypot(x[hit], y[hit]) * grain;
      }
      const event = {
        number: description.event, hasTruth: description.hasTruth, layers: description.layers,
        hits: { count, id, position, radius, layer: columns.get('hits.layer') },
        particles: null, edges: [], tracks: [],
      };
      event.hits.particle = new Int32Array(count).fill(-1);
      if (description.hasTruth) event.particles = readParticles(columns, event.hits.particle);
      description.edges.forEach((set, index) => {
        const name = 'edges.' + index;
        const from = columns.get(name + '.from');
        const span = columns.get(name + '.span');
        const pairs = new Uint32Array(2 * from.length);
        for (let edge = 0; edge < from.length; edge += 1) {
          pairs[2 * edge] = from[edge];
          pairs[2 * edge + 1] = from[edge] + span[edge];
        }
        event.edges.push({
          name, stage: set.stage, words: set.words, trueCount: set.trueCount, pairs,
          probability: columns.get(name + '.probability') || null,
        });
      });
      description.tracks.forEach((set, index) => {
        const name = 'tracks.' + index;
        const column = part => columns.get(name + '.' + part) || null;
        event.tracks.push({
          name, stage: set.stage, words: set.words, isMain: set.isMain, id: column('id'),
          first: starts(column('length')), hit: column('hit'), score: column('score'),
          particle: column('particle'), majority: column('majority'), counts: column('counts'),
          weight: column('weight'),
        });
      });
      return event;
    }

    function readParticles(columns, particleOfHit) {
      const low = columns.get('particles.low');
      const high = columns.get('particles.high');
      const first = starts(columns.get('particles.length'));
      const hit = columns.get('particles.hit');
      for (let particle = 0; particle + 1 < first.length; particle += 1) {
        for (let at = first[particle]; at < first[particle + 1]; at += 1) {
          particleOfHit[hit[at]] = particle;
        }
      }
      return {
        count: low.length, first, hit,
        number: particle => (BigInt(high[particle]) * 4294967296n + BigInt(low[particle])).toString(),
        pT: columns.get('particles.pT'), eta: columns.get('particles.eta'),
      };
    }
    """#
}
