extension DisplayScript {
  /// The shapes of the detector's layers.
  static let outline = #"""
    /* The layers' shapes as lines: pieces of [x, y, z] points for 3-D, of [horizontal, vertical] for the flat views. */
    function outlineIn3D(layers) {
      const points = [];
      const line = (a, b) => points.push(...a, ...b);
      const circle = (r, z, steps = 72) => {
        for (let step = 0; step < steps; step += 1) {
          const [a, b] = [step, step + 1].map(at => 2 * Math.PI * at / steps);
          line([r * Math.cos(a), r * Math.sin(a), z], [r * Math.cos(b), r * Math.sin(b), z]);
        }
      };
      for (const { outline } of layers) {
        if (!outline) continue;
        if (Array.isArray(outline.z)) {
          outline.z.forEach(z => circle(outline.r, z));
          for (let side = 0; side < 8; side += 1) {
            const [x, y] = [Math.cos(side * Math.PI / 4), Math.sin(side * Math.PI / 4)];
            line([outline.r * x, outline.r * y, outline.z[0]], [outline.r * x, outline.r * y, outline.z[1]]);
          }
        } else {
          outline.r.forEach(r => circle(r, outline.z));
        }
      }
      return new Float32Array(points);
    }

    function drawOutline(context, kind, layers, toScreen) {
      context.beginPath();
      for (const { outline } of layers) {
        if (!outline) continue;
        const isBarrel = Array.isArray(outline.z);
        if (kind === 'xy') {
          if (!isBarrel) continue;
          const [x, y] = toScreen(0, 0);
          const radius = Math.abs(toScreen(outline.r, 0)[0] - x);
          context.moveTo(x + radius, y);
          context.arc(x, y, radius, 0, 2 * Math.PI);
        } else {
          const ends = isBarrel
            ? outline.z.map(z => [z, outline.r]) : outline.r.map(r => [outline.z, r]);
          context.moveTo(...toScreen(...ends[0]));
          context.lineTo(...toScreen(...ends[1]));
        }
      }
      context.stroke();
    }
    """#
}
