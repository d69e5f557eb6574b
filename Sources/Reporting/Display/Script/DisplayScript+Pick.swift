extension DisplayScript {
  /// Finding what a click means.
  static let pick = #"""
    /* What lies under a click: the nearest track or particle that is shown, else the nearest hit. */
    const pickReach = 12;

    function pickAt(stage, places, x, y, scale) {
      let best = { distance: (pickReach * scale) ** 2, layer: null, item: -1 };
      for (const layer of stage.layers.list) {
        if (!layer.isOn || !layer.set || layer.of === 'edges') continue;
        const { first, hit } = layer.set;
        for (let item = 0; item + 1 < first.length; item += 1) {
          if (!stage.layers.passesItem(layer, item)) continue;
          for (let at = first[item] + 1; at < first[item + 1]; at += 1) {
            const distance = squaredDistance(places, hit[at - 1], hit[at], x, y);
            if (distance < best.distance) best = { distance, layer, item };
          }
        }
      }
      if (best.layer) return { layer: best.layer, item: best.item };
      return pickHit(stage, places, x, y, best.distance);
    }

    function pickHit(stage, places, x, y, reach) {
      let [nearest, distance] = [-1, reach];
      for (const layer of stage.layers.list) {
        if (!layer.isOn || layer.of !== 'hits') continue;
        for (let i = 0; i < layer.used; i += 1) {
          const hit = layer.index[i];
          const away = (places[2 * hit] - x) ** 2 + (places[2 * hit + 1] - y) ** 2;
          if (away < distance) [nearest, distance] = [hit, away];
        }
      }
      return nearest < 0 ? null : { hit: nearest };
    }

    /* From a point to the straight piece between two hits. */
    function squaredDistance(places, a, b, x, y) {
      const [ax, ay] = [places[2 * a], places[2 * a + 1]];
      const [dx, dy] = [places[2 * b] - ax, places[2 * b + 1] - ay];
      const length = dx * dx + dy * dy;
      const share = length > 0
        ? Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length)) : 0;
      return (ax + share * dx - x) ** 2 + (ay + share * dy - y) ** 2;
    }
    """#
}
