extension DisplayScript {
  /// The event with its views.
  static let stage = #"""
    /*
     * An event with its views. A view draws only when something has changed, once a frame of the browser.
     *
     * `times` keeps how long the script took: of each view's last drawings, of filters and picks, in ms.
     */
    class Stage {
      constructor(event, wanted) {
        this.event = event;
        this.palette = new Palette();
        this.layers = new Layers(event, this.palette, wanted);
        this.views = new Map();
        this.showsOutline = true;
        this.picked = null;
        this.frames = 0;
        this.times = { draw: {}, filter: [], pick: [] };
        this.palette.query.addEventListener('change', () => {
          this.palette.read();
          this.layers.recolour();
          this.draw();
        });
        this.whole = reachOf(event.hits.position, i => i, event.hits.count);
        this.reach = this.whole;
      }

      add(name, view) {
        this.views.set(name, view);
        new ResizeObserver(() => this.draw()).observe(view.canvas);
      }

      /* The layers whose outline is drawn: those of the hits that are shown. */
      outlined() {
        const part = this.layers.byID.get('hits.edges');
        const all = this.layers.byID.get('hits');
        if (!part || !part.isOn || (all && all.isOn)) return this.event.layers;
        if (!this.part) {
          const seen = new Set(Array.from(part.source, hit => this.event.hits.layer[hit]));
          this.part = this.event.layers.filter((_, layer) => seen.has(layer));
        }
        return this.part;
      }

      /* Asks for a drawing of what is visible. */
      draw() {
        if (this.isAsked) return;
        this.isAsked = true;
        requestAnimationFrame(() => this.drawNow());
      }

      drawNow() {
        this.isAsked = false;
        for (const [name, view] of this.views) {
          if (!view.isVisible) continue;
          const start = performance.now();
          view.draw();
          keep(this.times.draw[name] || (this.times.draw[name] = []), performance.now() - start);
        }
        this.frames += 1;
      }

      filter(change) {
        const start = performance.now();
        Object.assign(this.layers.filter, change);
        this.layers.refresh();
        keep(this.times.filter, performance.now() - start);
        this.draw();
      }

      fit(reach) {
        this.reach = reach;
        for (const view of this.views.values()) {
          if (view.look) view.look(view.lastLook[0], reach);
          else view.fit(reach);
        }
        this.draw();
      }

      /* Picks what lies at a place of a view's canvas, in CSS pixels. */
      pick(view, x, y) {
        const start = performance.now();
        const ratio = view instanceof FlatView ? view.ratio : 1;
        const found = pickAt(this, view.projected(), x * ratio, y * ratio, ratio);
        keep(this.times.pick, performance.now() - start);
        this.choose(found);
        return found;
      }

      choose(found) {
        this.picked = found;
        if (this.onPick) this.onPick(found);
        this.draw();
      }

      /* How strongly layers are drawn: fainter beside what is picked. */
      get strength() { return this.picked ? 0.35 : 1; }

      /* The lines and marks that what is picked gets in every view. */
      highlights() {
        const { picked, palette, event } = this;
        if (!picked) return [];
        if (picked.hit !== undefined) {
          const mark = { hits: [], marks: [picked.hit], colour: palette.get('picked'), width: 3 };
          const particle = event.hits.particle[picked.hit];
          return particle < 0 ? [mark] : [this.particleLine(particle), mark];
        }
        const { layer, item } = picked;
        const hits = layer.set.hit.subarray(layer.set.first[item], layer.set.first[item + 1]);
        const own = { hits: Array.from(hits), marks: hits, colour: palette.get('picked'), width: 3 };
        const particle = layer.of === 'tracks' && layer.set.particle ? layer.set.particle[item] : -1;
        return particle < 0 ? [own] : [this.particleLine(particle), own];
      }

      particleLine(particle) {
        const { first, hit } = this.event.particles;
        const hits = hit.subarray(first[particle], first[particle + 1]);
        return {
          hits: Array.from(hits), marks: hits, colour: this.palette.get('true'), width: 1.6,
          isDashed: true,
        };
      }
    }

    function keep(list, value) {
      list.push(value);
      if (list.length > 200) list.shift();
    }

    /* How far some hits reach from the beam and along it, in mm. */
    function reachOf(position, hitAt, count) {
      const reach = { r: 1, z: 1 };
      for (let i = 0; i < count; i += 1) {
        const hit = hitAt(i);
        reach.r = Math.max(reach.r, Math.hypot(position[3 * hit], position[3 * hit + 1]));
        reach.z = Math.max(reach.z, Math.abs(position[3 * hit + 2]));
      }
      return reach;
    }

    /* The share of a view's pixels that differ from its background. */
    function inkOf(view) {
      view.draw();
      const { canvas } = view;
      const copy = document.createElement('canvas');
      [copy.width, copy.height] = [canvas.width, canvas.height];
      const context = copy.getContext('2d');
      context.drawImage(canvas, 0, 0);
      const words = new Uint32Array(context.getImageData(0, 0, copy.width, copy.height).data.buffer);
      const background = words[0];
      return words.reduce((sum, word) => sum + (word === background ? 0 : 1), 0) / words.length;
    }
    """#
}
