extension DisplayScript {
  /// The colours of layers and hits.
  static let colours = #"""
    /* Colours of the two modes; the page's style sheet has those of the switches' samples. */
    class Palette {
      constructor() {
        this.query = window.matchMedia('(prefers-color-scheme: dark)');
        this.read();
      }

      read() {
        const style = getComputedStyle(document.documentElement);
        this.isDark = this.query.matches;
        this.get = name => Palette.parse(style.getPropertyValue('--' + name).trim());
      }

      static parse(hex) {
        return [1, 3, 5].map(at => parseInt(hex.slice(at, at + 2), 16));
      }

      /* From violet (0) by blue, green and yellow to red (1). */
      along(share) {
        return this.hue(268 - 262 * share);
      }

      /* Colours that lie far apart for neighbouring numbers. */
      of(number) {
        return this.hue((number * 137.508 + 205) % 360);
      }

      hue(degrees) {
        /* Yellow and green look brighter than blue of the same lightness. */
        const bright = Math.exp(-(((degrees - 95) / 55) ** 2));
        const lightness = this.isDark ? 0.68 - 0.1 * bright : 0.47 - 0.13 * bright;
        const strength = 0.78 * Math.min(lightness, 1 - lightness);
        return [0, 8, 4].map(offset => {
          const k = (offset + degrees / 30) % 12;
          const value = lightness - strength * Math.max(-1, Math.min(k - 3, 9 - k, 1));
          return Math.round(255 * value);
        });
      }
    }

    Object.assign(Layers.prototype, {
      /* Gives every layer its colour, or one to each hit. */
      recolour() {
        for (const layer of this.list) {
          if (layer.of === 'hits') this.colourHits(layer);
          else if (layer.of === 'edges') this.colourEdges(layer);
          else this.colourItems(layer);
          layer.colourVersion = (layer.colourVersion || 0) + 1;
        }
      },

      colourEdges(layer) {
        const kind = layer.id.endsWith('.true') ? 'true' : layer.id.endsWith('.false') ? 'false' : 's0';
        layer.colour = this.palette.get(kind);
        /* Many false edges are fainter each, so that the true ones stay to be seen. */
        const crowd = Math.max(0.3, Math.min(1, Math.sqrt(60000 / layer.source.length)));
        layer.opacity = kind === 'false' ? 0.2 * crowd : 0.75;
        layer.colours = null;
      },

      colourHits(layer) {
        const { hits, layers } = this.event;
        layer.colour = this.palette.get('ink');
        layer.opacity = (this.palette.isDark ? 0.8 : 0.7) * this.hitStrength;
        layer.colours = null;
        if (this.hitColour === 'one') return;
        const names = this.hitColour === 'volume'
          ? this.volumeColours() : this.layerOrder().map(share => this.palette.along(share));
        layer.colours = new Uint8Array(3 * hits.count);
        for (let hit = 0; hit < hits.count; hit += 1) {
          layer.colours.set(names[hits.layer[hit]] || names[layers.length - 1], 3 * hit);
        }
      },

      volumeColours() {
        const volumes = [...new Set(this.event.layers.map(layer => layer.volume))];
        const last = Math.max(1, volumes.length - 1);
        return this.event.layers.map(layer =>
          this.palette.along(volumes.indexOf(layer.volume) / last));
      },

      /* Of each layer its place from the innermost (0) to the outermost (1), by its hits' mean distance. */
      layerOrder() {
        if (this.order) return this.order;
        const { hits, layers } = this.event;
        const sums = layers.map(() => [0, 0]);
        for (let hit = 0; hit < hits.count; hit += 1) {
          const sum = sums[hits.layer[hit]];
          sum[0] += Math.hypot(hits.radius[hit], hits.position[3 * hit + 2]);
          sum[1] += 1;
        }
        const means = sums.map(sum => sum[0] / Math.max(1, sum[1]));
        const sorted = means.map((_, layer) => layer).sort((a, b) => means[a] - means[b]);
        this.order = layers.map((_, layer) => sorted.indexOf(layer) / Math.max(1, layers.length - 1));
        return this.order;
      },

      colourItems(layer) {
        const { set } = layer;
        const place = this.event.tracks.indexOf(set);
        const own = layer.of === 'particles' ? 'true' : 's' + (place % 8);
        layer.colour = this.palette.get(own);
        layer.opacity = 0.9;
        layer.colours = null;
        const byTruth = this.trackColour === 'truth' && layer.of === 'tracks' && set.counts;
        if (this.trackColour === 'stage' || (this.trackColour === 'truth' && !byTruth)) return;
        const [right, wrong] = [this.palette.get('true'), this.palette.get('false')];
        layer.colours = new Uint8Array(3 * this.event.hits.count);
        for (let item = 0; item + 1 < set.first.length; item += 1) {
          const colour = byTruth
            ? (set.counts[item] ? right : wrong)
            : this.palette.of(layer.of === 'tracks' ? Number(set.id[item]) : item);
          for (let at = set.first[item]; at < set.first[item + 1]; at += 1) {
            layer.colours.set(colour, 3 * set.hit[at]);
          }
        }
      },
    });
    """#
}
