extension DisplayScript {
  /// Opening the page.
  static let main = #"""
    /*
     * Opens the display. For programs that look at the page, `window.trackflow` is:
     *
     *     isReady             whether the first frame is drawn
     *     has3D               whether three.js and WebGL are there
     *     frames              how often the views were drawn
     *     times               ms of script: draw (by view), filter, pick
     *     counts()            of every layer that is on, how many of its hits, edges, tracks or particles are shown
     *     pick(view, x, y)    as a click at that place of 'space', 'xy' or 'rz', in CSS pixels; what was picked
     *     ink(view)           the share of a view's pixels that differ from its background
     *     place(view, hit)    where a hit (its place in the event) is drawn, in CSS pixels
     */
    function openDisplay() {
      const stage = new Stage(readEvent());
      const canvas = name => document.querySelector('canvas[data-view="' + name + '"]');
      stage.reach = firstReach(stage);
      const has3D = startScene(stage, canvas('space'));
      for (const kind of ['xy', 'rz']) stage.add(kind, new FlatView(canvas(kind), kind, stage));
      bindPanel(stage);
      bindViews(stage, has3D);
      bindSearch(stage);
      const details = document.getElementById('picked');
      stage.onPick = found => {
        describe(stage, found, details);
        document.body.classList.toggle('has-pick', found !== null);
      };
      describe(stage, null, details);
      document.addEventListener('keydown', event => {
        if (event.key === 'Escape') stage.choose(null);
      });
      document.getElementById('let-go').addEventListener('click', () => stage.choose(null));
      /* On a small screen the switches come after the views, and fold. */
      if (window.innerWidth <= 900) document.querySelector('details.panel').open = false;
      stage.drawNow();
      window.trackflow = {
        isReady: true, has3D, stage, times: stage.times,
        get frames() { return stage.frames; },
        counts: () => Object.fromEntries(
          stage.layers.list.filter(layer => layer.isOn).map(({ id }) => [id, stage.layers.shown(id)])),
        pick: (view, x, y) => {
          const found = stage.pick(stage.views.get(view), x, y);
          if (!found) return null;
          return found.layer ? { layer: found.layer.id, item: found.item } : { hit: found.hit };
        },
        place: (view, hit) => {
          const shown = stage.views.get(view);
          const ratio = shown instanceof FlatView ? shown.ratio : 1;
          return Array.from(shown.projected().subarray(2 * hit, 2 * hit + 2), at => at / ratio);
        },
        ink: view => inkOf(stage.views.get(view)),
      };
    }

    /* Starts the 3-D view, or says on the page why there is none. */
    function startScene(stage, canvas) {
      const say = words => {
        document.getElementById('no-3d').hidden = false;
        document.getElementById('no-3d-words').textContent = words;
      };
      if (typeof THREE === 'undefined') {
        say(document.body.dataset.noThree);
        return false;
      }
      try {
        stage.add('space', new Scene(canvas, stage));
        return true;
      } catch (error) {
        say(document.body.dataset.noWebgl);
        return false;
      }
    }

    /* Up to where the tracks that are shown first reach; everything where there are none. */
    function firstReach(stage) {
      const main = stage.event.tracks.find(set => set.isMain);
      if (!main || main.hit.length === 0) return stage.whole;
      const reach = reachOf(stage.event.hits.position, i => main.hit[i], main.hit.length);
      return reach;
    }

    function bindViews(stage, has3D) {
      const choose = name => {
        document.body.dataset.views = name;
        for (const button of document.querySelectorAll('[data-show]')) {
          button.setAttribute('aria-pressed', String(button.dataset.show === name));
        }
        stage.draw();
      };
      for (const button of document.querySelectorAll('[data-show]')) {
        if (button.dataset.show === 'space' && !has3D) button.disabled = true;
        button.addEventListener('click', () => choose(button.dataset.show));
      }
      for (const button of document.querySelectorAll('[data-look]')) {
        button.hidden = !has3D;
        button.addEventListener('click', () => {
          stage.views.get('space').look(button.dataset.look, stage.reach);
          stage.draw();
        });
      }
      for (const button of document.querySelectorAll('[data-fit]')) {
        button.hidden = button.dataset.fit === 'tracks' && stage.event.tracks.length === 0;
        button.addEventListener('click', () => {
          stage.fit(button.dataset.fit === 'whole' ? stage.whole : firstReach(stage));
        });
      }
      document.body.classList.toggle('has-space', has3D);
      choose(has3D ? 'space' : 'all');
    }

    /* Finds a track by its number, without a pointer. */
    function bindSearch(stage) {
      const form = document.getElementById('search');
      if (!form) return;
      form.addEventListener('submit', event => {
        event.preventDefault();
        const set = stage.event.tracks[Number(form.elements.set.value)];
        const item = set.id.indexOf(form.elements.number.valueAsNumber);
        form.elements.number.setCustomValidity(item < 0 ? 'There is no such track.' : '');
        form.reportValidity();
        if (item < 0) return;
        const box = document.querySelector('input[data-layer="' + set.name + '"]');
        if (!box.checked) box.click();
        stage.choose({ layer: stage.layers.byID.get(set.name), item });
      });
      form.elements.number.addEventListener(
        'input', () => form.elements.number.setCustomValidity(''));
    }

    openDisplay();
    """#
}
