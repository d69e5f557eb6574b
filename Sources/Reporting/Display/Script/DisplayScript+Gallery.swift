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
