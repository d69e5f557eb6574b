extension DisplayScript {
  /// The views in two dimensions.
  static let flat = #"""
    /* The event in two dimensions: x and y, or z and r; a canvas that a drag moves and the wheel zooms. */
    class FlatView {
      constructor(canvas, kind, stage) {
        this.canvas = canvas;
        this.kind = kind;
        this.stage = stage;
        this.context = canvas.getContext('2d');
        this.scale = [0, 0];
        this.centre = [0, 0];
        const { hits } = stage.event;
        this.axes = new Float32Array(2 * hits.count);
        for (let hit = 0; hit < hits.count; hit += 1) {
          this.axes[2 * hit] = hits.position[3 * hit + (kind === 'xy' ? 0 : 2)];
          this.axes[2 * hit + 1] = kind === 'xy' ? hits.position[3 * hit + 1] : hits.radius[hit];
        }
        listenToPointer(canvas, {
          drag: (dx, dy) => this.move(dx, dy),
          zoom: (factor, x, y) => this.zoom(factor, x, y),
          pick: (x, y) => stage.pick(this, x, y),
        });
      }

      get isVisible() { return this.canvas.offsetParent !== null; }

      resize() {
        const ratio = Math.min(2, window.devicePixelRatio || 1);
        const width = Math.max(1, Math.round(this.canvas.clientWidth * ratio));
        const height = Math.max(1, Math.round(this.canvas.clientHeight * ratio));
        if (width !== this.canvas.width || height !== this.canvas.height || !this.raster) {
          this.canvas.width = width;
          this.canvas.height = height;
          this.ratio = ratio;
          this.raster = new Raster(width, height, [0, 0, 0]);
          if (!this.isMoved) this.fit(this.reach || this.stage.reach);
        }
      }

      /* Shows everything up to a radius and a distance along the beam. */
      fit(reach) {
        this.reach = reach;
        this.isMoved = false;
        if (!this.raster) return;
        const { width, height } = this.canvas;
        const size = this.kind === 'xy' ? [2 * reach.r, 2 * reach.r] : [2 * reach.z, reach.r];
        const margin = 34 * this.ratio;
        const scale = [(width - 2 * margin) / size[0], (height - 2 * margin) / size[1]];
        /* Across the beam circles stay round; along it z is so much longer than r that each has its own scale. */
        this.scale = this.kind === 'xy' ? [Math.min(...scale), Math.min(...scale)] : scale;
        this.centre = this.kind === 'xy' ? [0, 0] : [0, reach.r / 2];
      }

      move(dx, dy) {
        this.isMoved = true;
        this.centre[0] -= dx * this.ratio / this.scale[0];
        this.centre[1] += dy * this.ratio / this.scale[1];
        this.stage.draw();
      }

      zoom(factor, x, y) {
        this.isMoved = true;
        const at = [x * this.ratio - this.canvas.width / 2, this.canvas.height / 2 - y * this.ratio];
        const change = Math.min(200 / Math.max(...this.scale), Math.max(0.01 / Math.min(...this.scale), factor));
        this.centre = this.centre.map((value, i) => value + at[i] / this.scale[i] * (1 - 1 / change));
        this.scale = this.scale.map(scale => scale * change);
        this.stage.draw();
      }

      toScreen(a, b) {
        return [
          (a - this.centre[0]) * this.scale[0] + this.canvas.width / 2,
          this.canvas.height / 2 - (b - this.centre[1]) * this.scale[1],
        ];
      }

      /* The places of all hits on the canvas, in its own pixels. */
      projected() {
        const places = new Float32Array(this.axes.length);
        const [across, up] = this.scale;
        const left = this.canvas.width / 2 - this.centre[0] * across;
        const top = this.canvas.height / 2 + this.centre[1] * up;
        for (let i = 0; i < places.length; i += 2) {
          places[i] = left + this.axes[i] * across;
          places[i + 1] = top - this.axes[i + 1] * up;
        }
        return places;
      }

      draw() {
        this.resize();
        const places = this.projected();
        const { palette } = this.stage;
        this.raster.clear(palette.get('paper'));
        for (const layer of this.stage.layers.list) {
          if (layer.isOn && layer.kind === 'points') this.drawPoints(layer, places);
        }
        for (const layer of this.stage.layers.list) {
          if (layer.isOn && layer.kind === 'lines') this.drawLines(layer, places);
        }
        this.context.putImageData(this.raster.image, 0, 0);
        this.drawFrame();
        this.drawPicked(places);
      }

      drawPoints(layer, places) {
        const { index, used, colour, colours } = layer;
        const share = layer.opacity * this.stage.strength;
        /* Denser crowds get smaller and fainter points. */
        const size = Math.max(1, Math.round((used > 40000 && this.scale[0] < 1 ? 1 : 2) * this.ratio));
        for (let i = 0; i < used; i += 1) {
          const hit = index[i];
          const [red, green, blue] = colours
            ? [colours[3 * hit], colours[3 * hit + 1], colours[3 * hit + 2]] : colour;
          this.raster.point(places[2 * hit], places[2 * hit + 1], size, red, green, blue, share);
        }
      }

      drawLines(layer, places) {
        const { index, used, colour, colours } = layer;
        const share = layer.opacity * this.stage.strength;
        for (let i = 0; i < used; i += 2) {
          const [a, b] = [index[i], index[i + 1]];
          const [red, green, blue] = colours
            ? [colours[3 * a], colours[3 * a + 1], colours[3 * a + 2]] : colour;
          this.raster.line(
            places[2 * a], places[2 * a + 1], places[2 * b], places[2 * b + 1], red, green, blue,
            share);
        }
      }

      drawFrame() {
        const { context, ratio, stage } = this;
        const css = rgb => 'rgb(' + rgb.join(',') + ')';
        context.lineWidth = ratio;
        if (stage.showsOutline) {
          context.globalAlpha = 0.55;
          context.strokeStyle = css(stage.palette.get('muted'));
          drawOutline(context, this.kind, stage.outlined(), (a, b) => this.toScreen(a, b));
          context.globalAlpha = 1;
        }
        context.fillStyle = css(stage.palette.get('muted'));
        context.strokeStyle = css(stage.palette.get('muted'));
        context.font = 11 * ratio + 'px system-ui, sans-serif';
        this.drawTicks();
      }

      drawTicks() {
        const { context, ratio, canvas } = this;
        const [across, up] = this.scale;
        const left = this.centre[0] - canvas.width / 2 / across;
        const right = left + canvas.width / across;
        const bottom = this.centre[1] - canvas.height / 2 / up;
        const top = bottom + canvas.height / up;
        let step = niceStep(70 * ratio / across);
        context.beginPath();
        context.textAlign = 'center';
        for (let value = Math.ceil(left / step) * step; value < right; value += step) {
          const x = this.toScreen(value, 0)[0];
          if (x < 24 * ratio || x > canvas.width - 72 * ratio) continue;
          context.moveTo(x, canvas.height);
          context.lineTo(x, canvas.height - 5 * ratio);
          context.fillText(tickText(value, step), x, canvas.height - 8 * ratio);
        }
        context.textAlign = 'left';
        step = niceStep(50 * ratio / up);
        for (let value = Math.ceil(bottom / step) * step; value < top; value += step) {
          const y = this.toScreen(0, value)[1];
          if (y < 24 * ratio || y > canvas.height - 24 * ratio) continue;
          context.moveTo(0, y);
          context.lineTo(5 * ratio, y);
          context.fillText(tickText(value, step), 8 * ratio, y + 4 * ratio);
        }
        context.stroke();
        const names = this.kind === 'xy' ? ['x', 'y'] : ['z', 'r'];
        context.fillText(names[1] + ' (mm)', 8 * ratio, 14 * ratio);
        context.textAlign = 'right';
        context.fillText(names[0] + ' (mm)', canvas.width - 8 * ratio, canvas.height - 8 * ratio);
      }

      drawPicked(places) {
        const { context, ratio } = this;
        for (const { hits, colour, width, isDashed, marks } of this.stage.highlights()) {
          context.strokeStyle = 'rgb(' + colour.join(',') + ')';
          context.fillStyle = context.strokeStyle;
          context.lineWidth = width * ratio;
          context.setLineDash(isDashed ? [5 * ratio, 4 * ratio] : []);
          context.beginPath();
          hits.forEach((hit, i) => {
            const [x, y] = [places[2 * hit], places[2 * hit + 1]];
            if (i === 0) context.moveTo(x, y);
            else context.lineTo(x, y);
          });
          context.stroke();
          context.setLineDash([]);
          for (const hit of marks) {
            context.beginPath();
            context.arc(places[2 * hit], places[2 * hit + 1], 3.5 * ratio, 0, 2 * Math.PI);
            context.fill();
          }
        }
      }
    }

    /* The nearest of 1, 2, 5, 10, 20, … above a length. */
    function niceStep(least) {
      const power = 10 ** Math.floor(Math.log10(least));
      return [1, 2, 5, 10].map(factor => factor * power).find(step => step >= least);
    }

    function tickText(value, step) {
      return step < 1 ? value.toFixed(Math.ceil(-Math.log10(step))) : String(Math.round(value));
    }
    """#
}
