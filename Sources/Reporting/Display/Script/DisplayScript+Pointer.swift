extension DisplayScript {
  /// Mouse, touch and keys.
  static let pointer = #"""
    /* Drag, wheel, pinch and click of a canvas; x and y in CSS pixels from its upper left corner. */
    function listenToPointer(canvas, does) {
      const down = new Map();
      let travelled = 0;
      let spread = 0;
      const place = event => {
        const box = canvas.getBoundingClientRect();
        return [event.clientX - box.left, event.clientY - box.top];
      };
      canvas.addEventListener('pointerdown', event => {
        if (does.drag) canvas.setPointerCapture(event.pointerId);
        down.set(event.pointerId, place(event));
        travelled = down.size > 1 ? Infinity : 0;
        spread = 0;
      });
      canvas.addEventListener('pointermove', event => {
        const before = down.get(event.pointerId);
        if (!before) return;
        const now = place(event);
        travelled += Math.hypot(now[0] - before[0], now[1] - before[1]);
        down.set(event.pointerId, now);
        if (down.size === 1 && does.drag) does.drag(now[0] - before[0], now[1] - before[1]);
        if (down.size === 2 && does.zoom) {
          const [a, b] = [...down.values()];
          const width = Math.hypot(a[0] - b[0], a[1] - b[1]);
          if (spread > 0) does.zoom(width / spread, (a[0] + b[0]) / 2, (a[1] + b[1]) / 2);
          spread = width;
        }
      });
      const up = event => {
        if (!down.delete(event.pointerId)) return;
        spread = 0;
        if (event.type === 'pointerup' && travelled < 5) does.pick(...place(event));
      };
      canvas.addEventListener('pointerup', up);
      canvas.addEventListener('pointercancel', up);
      canvas.addEventListener('pointerleave', up);
      if (!does.zoom) return;
      canvas.addEventListener('wheel', event => {
        event.preventDefault();
        does.zoom(Math.exp(-event.deltaY * (event.deltaMode === 1 ? 0.05 : 0.0015)), ...place(event));
      }, { passive: false });
      canvas.addEventListener('keydown', event => {
        const step = { ArrowLeft: [40, 0], ArrowRight: [-40, 0], ArrowUp: [0, 40], ArrowDown: [0, -40] };
        if (step[event.key]) does.drag(...step[event.key]);
        else if (event.key === '+' || event.key === '=') does.zoom(1.25, ...middle(canvas));
        else if (event.key === '-') does.zoom(0.8, ...middle(canvas));
        else return;
        event.preventDefault();
      });
    }

    function middle(canvas) { return [canvas.clientWidth / 2, canvas.clientHeight / 2]; }
    """#
}
