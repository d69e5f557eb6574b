extension DisplayScript {
  /// What can be switched on and off, and the filter.
  static let layers = #"""
    /*
     * What can be switched on and off. A layer draws points or lines between hits: `index` holds, in its first `used`
     * places, the hits that the filter lets through, one a point or two a line. Colours, where hits differ, are by hit.
     */
    class Layers {
      /* With `wanted`, of those layers alone. */
      constructor(event, palette, wanted) {
        this.event = event;
        this.palette = palette;
        this.filter = {
          pT: [0, Infinity], eta: [-Infinity, Infinity], probability: 0, tracks: 'all', minimumHits: 0,
          hitsToo: false,
        };
        this.hitStrength = 1;
        this.hitColour = 'layer';
        this.trackColour = 'track';
        this.list = [];
        this.passes = new Uint8Array(event.particles ? event.particles.count : 0);
        this.addHits();
        this.addEdges();
        this.addLists();
        if (wanted) this.list = this.list.filter(layer => wanted.includes(layer.id));
        this.prepare();
        this.byID = new Map(this.list.map(layer => [layer.id, layer]));
        this.recolour();
        this.refresh();
      }

      addHits() {
        const { event } = this;
        const all = new Uint32Array(event.hits.count).map((_, hit) => hit);
        this.list.push({ id: 'hits', kind: 'points', of: 'hits', source: all });
        if (event.edges.length > 0) {
          const seen = new Uint8Array(event.hits.count);
          event.edges.forEach(set => set.pairs.forEach(hit => { seen[hit] = 1; }));
          this.list.push(
            { id: 'hits.edges', kind: 'points', of: 'hits', source: all.filter(hit => seen[hit] === 1) });
        }
      }

      addEdges() {
        for (const set of this.event.edges) {
          const cut = set.trueCount === null ? 0 : set.trueCount;
          const count = set.pairs.length / 2;
          const parts = set.trueCount === null
            ? [['', 0, count]] : [['.false', cut, count], ['.true', 0, cut]];
          for (const [suffix, from, to] of parts) {
            this.list.push({
              id: set.name + suffix, kind: 'lines', of: 'edges', set,
              source: set.pairs.subarray(2 * from, 2 * to),
              probability: set.probability ? set.probability.subarray(from, to) : null,
            });
          }
        }
      }

      addLists() {
        const { particles, tracks } = this.event;
        if (particles) {
          this.list.push({ id: 'particles', kind: 'lines', of: 'particles', set: particles });
        }
        for (const set of tracks) {
          this.list.push({ id: set.name, kind: 'lines', of: 'tracks', set });
        }
      }

      prepare() {
        for (const layer of this.list) {
          const count = layer.source ? layer.source.length : 2 * layer.set.hit.length;
          layer.index = new Uint32Array(count);
          layer.used = 0;
          layer.isOn = false;
          layer.version = 0;
        }
      }

      /* Whether the filter lets everything through, also what has no particle. */
      get isOpen() {
        const { pT, eta } = this.filter;
        return pT[0] <= 0 && pT[1] === Infinity && eta[0] === -Infinity && eta[1] === Infinity;
      }

      /* Goes through all layers again after a change of the filter. */
      refresh() {
        const { particles } = this.event;
        const { pT, eta } = this.filter;
        for (let i = 0; i < this.passes.length; i += 1) {
          this.passes[i] = particles.pT[i] >= pT[0] && particles.pT[i] <= pT[1]
            && particles.eta[i] >= eta[0] && particles.eta[i] <= eta[1] ? 1 : 0;
        }
        this.list.forEach(layer => { layer.isStale = true; });
        this.list.filter(layer => layer.isOn).forEach(layer => this.fill(layer));
      }

      /* Whether a hit is shown, or an end of an edge. */
      passesHit(hit) {
        return !this.filter.hitsToo || this.passesParticle(this.event.hits.particle[hit]);
      }

      passesParticle(particle) {
        return particle < 0 ? this.isOpen : this.passes[particle] === 1;
      }

      passesTrack(set, track) {
        const { tracks, minimumHits } = this.filter;
        if (set.first[track + 1] - set.first[track] < minimumHits) return false;
        if (!set.particle) return true;
        if (tracks === 'counting' && !set.counts[track]) return false;
        if (tracks === 'others' && set.counts[track]) return false;
        return this.passesParticle(set.particle[track]);
      }

      /* Fills in what a layer draws; done only of layers that are on. */
      fill(layer) {
        const { source, index, set } = layer;
        let used = 0;
        if (layer.of === 'hits') {
          for (let i = 0; i < source.length; i += 1) {
            if (this.passesHit(source[i])) { index[used] = source[i]; used += 1; }
          }
        } else if (layer.of === 'edges') {
          const least = Math.round(this.filter.probability * 255);
          for (let edge = 0; 2 * edge < source.length; edge += 1) {
            const [a, b] = [source[2 * edge], source[2 * edge + 1]];
            if (layer.probability && layer.probability[edge] < least) continue;
            if (!this.passesHit(a) || !this.passesHit(b)) continue;
            index[used] = a;
            index[used + 1] = b;
            used += 2;
          }
        } else {
          const count = set.first.length - 1;
          for (let item = 0; item < count; item += 1) {
            if (!this.passesItem(layer, item)) continue;
            for (let at = set.first[item] + 1; at < set.first[item + 1]; at += 1) {
              index[used] = set.hit[at - 1];
              index[used + 1] = set.hit[at];
              used += 2;
            }
          }
        }
        layer.used = used;
        layer.isStale = false;
        layer.version += 1;
      }

      /* Whether a track or particle of a layer is shown. */
      passesItem(layer, item) {
        return layer.of === 'tracks'
          ? this.passesTrack(layer.set, item) : this.passes[item] === 1;
      }

      switchOn(id, isOn) {
        const layer = this.byID.get(id);
        if (!layer) return;
        layer.isOn = isOn;
        if (isOn && layer.isStale) this.fill(layer);
      }

      /* How many hits, edges, tracks or particles of a layer are shown. */
      shown(id) {
        const layer = this.byID.get(id);
        if (!layer) return 0;
        if (layer.isStale) this.fill(layer);
        if (layer.of === 'hits') return layer.used;
        if (layer.of === 'edges') return layer.used / 2;
        let count = 0;
        for (let item = 0; item + 1 < layer.set.first.length; item += 1) {
          count += this.passesItem(layer, item) ? 1 : 0;
        }
        return count;
      }
    }
    """#
}
