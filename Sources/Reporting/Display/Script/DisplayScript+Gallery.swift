extension DisplayScript {
  /// Opening the gallery.
  static let gallery = #"""
    /*
     * Opens the gallery: every figure is a stage of its own with the layers that its element names, seen in up to three
     * views. A figure stands still, so that the page scrolls over it, until its button lets it turn.
     *
     * `window.trackflow` holds `isReady`, `has3D`, and by figure in `stages` what it shows; `ink(figure, view)` is the
     * share of a view's pixels that differ from its background.
     */
    function openGallery() {
      const event = readEvent();
      let has3D = typeof THREE !== 'undefined';
      const stages = Array.from(document.querySelectorAll('figure[data-layers]'), figure => {
        const wanted = figure.dataset.layers.split(' ');
        const stage = new Stage(event, wanted);
        wanted.forEach(id => stage.layers.switchOn(id, true));
        showTracks(stage);
        const canvas = name => figure.querySelector('canvas[data-view="' + name + '"]');
        if (has3D) has3D = startTurning(stage, canvas('space'));
        for (const kind of ['xy', 'rz']) stage.add(kind, new FlatView(canvas(kind), kind, stage));
        const button = figure.querySelector('button[data-turn]');
        button.addEventListener('click', () => {
          const turns = figure.classList.toggle('turns');
          button.setAttribute('aria-pressed', String(turns));
        });
        return stage;
      });
      document.body.classList.toggle('has-space', has3D);
      if (!has3D) document.getElementById('no-3d').hidden = false;
      stages.forEach(stage => stage.drawNow());
      window.trackflow = {
        isReady: true, has3D, stages, ink: (figure, view) => inkOf(stages[figure].views.get(view)),
      };
    }

    /* A few tracks are looked at from near, before paler hits. */
    function showTracks(stage) {
      const layer = stage.layers.list.find(({ of, set }) => of === 'tracks' && set.hit.length > 0);
      if (!layer) return;
      const { hit } = layer.set;
      const near = reachOf(stage.event.hits.position, i => hit[i], hit.length);
      stage.reach = { r: 1.3 * near.r, z: 1.3 * near.z };
      stage.layers.hitStrength = 0.4;
      stage.layers.recolour();
    }

    /* Whether the browser gave the figure a view in three dimensions. */
    function startTurning(stage, canvas) {
      try {
        stage.add('space', new Scene(canvas, stage));
        return true;
      } catch (error) {
        return false;
      }
    }

    openGallery();
    """#
}
