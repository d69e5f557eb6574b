extension DisplayScript {
  /// The switches and filters.
  static let panel = #"""
    /* Ties the page's switches to the stage; every switch is there without the script as well. */
    function bindPanel(stage) {
      const all = selector => Array.from(document.querySelectorAll(selector));
      const count = () => {
        for (const place of all('[data-count]')) {
          place.textContent = stage.layers.shown(place.dataset.count).toLocaleString('en');
        }
      };
      for (const box of all('input[data-layer]')) {
        const apply = () => {
          if (box.dataset.layer === 'detector') stage.showsOutline = box.checked;
          else stage.layers.switchOn(box.dataset.layer, box.checked);
          stage.draw();
        };
        box.addEventListener('change', apply);
        apply();
      }
      for (const input of all('[data-filter]')) {
        input.addEventListener('input', () => {
          stage.filter(readFilter());
          count();
        });
      }
      for (const choice of all('select[data-colour]')) {
        choice.addEventListener('change', () => {
          stage.layers[choice.dataset.colour] = choice.value;
          stage.layers.recolour();
          stage.draw();
        });
      }
      const reset = document.getElementById('reset-filter');
      reset.addEventListener('click', () => {
        for (const input of all('[data-filter]')) {
          if (input.type === 'checkbox') input.checked = false;
          else input.value = { probability: '0', tracks: 'all' }[input.dataset.filter] || '';
        }
        stage.filter(readFilter());
        count();
      });
      stage.filter(readFilter());
      count();
    }

    function readFilter() {
      const field = name => document.querySelector('[data-filter="' + name + '"]');
      const number = (name, none) => {
        const input = field(name);
        return input && input.value !== '' && Number.isFinite(input.valueAsNumber)
          ? input.valueAsNumber : none;
      };
      const probability = field('probability');
      if (probability) {
        document.getElementById('probability-value').textContent = probability.valueAsNumber.toFixed(2);
      }
      const tracks = field('tracks');
      const hitsToo = field('hits-too');
      return {
        pT: [number('pT-low', 0), number('pT-high', Infinity)],
        eta: [number('eta-low', -Infinity), number('eta-high', Infinity)],
        probability: probability ? probability.valueAsNumber : 0,
        tracks: tracks ? tracks.value : 'all',
        hitsToo: hitsToo !== null && hitsToo.checked,
        minimumHits: number('hits', 0),
      };
    }
    """#
}
