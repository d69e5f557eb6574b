extension DisplayScript {
  /// What is picked, in three dimensions.
  static let marks = #"""
    Object.assign(Scene.prototype, {
      /* What is picked, as lines and spots of its own; several lines side by side make a thick one. */
      mark() {
        for (const mark of this.marks) {
          this.scene.remove(mark);
          mark.geometry.dispose();
          mark.material.dispose();
        }
        this.marks = [];
        const { position } = this.stage.event.hits;
        const place = hit => new THREE.Vector3(...position.subarray(3 * hit, 3 * hit + 3));
        for (const { hits, colour, width, isDashed, marks } of this.stage.highlights()) {
          const line = new THREE.BufferGeometry().setFromPoints(dashes(Array.from(hits, place), isDashed));
          const spots = new THREE.BufferGeometry().setFromPoints(Array.from(marks, place));
          const shifts = width > 2 ? [[0, 0], [1, 0], [-1, 0], [0, 1], [0, -1]] : [[0, 0], [0.5, 0.5]];
          for (const [across, up] of shifts) {
            const material = this.material('line');
            material.uniforms.shift.value.set(2 * across / this.width, 2 * up / this.height);
            this.marks.push(this.add(new THREE.LineSegments(line, material), 9));
          }
          const material = this.material('point');
          material.uniforms.size.value = 2.6 * width * this.ratio;
          this.marks.push(this.add(new THREE.Points(spots, material), 10));
          this.marks.forEach(mark => {
            if (mark.isTinted) return;
            mark.material.uniforms.tint.value = colourOf(colour);
            mark.material.uniforms.fade.value = new THREE.Vector2(1e9, 2e9);
            mark.isTinted = true;
          });
        }
      },
    });

    /* A line through points as pairs of them; dashed, every piece is cut into dashes of about equal length. */
    function dashes(points, isDashed) {
      const pairs = [];
      for (let i = 1; i < points.length; i += 1) {
        const [a, b] = [points[i - 1], points[i]];
        const steps = isDashed ? Math.min(40, 2 * Math.ceil(a.distanceTo(b) / 24) + 1) : 1;
        for (let step = 0; step < steps; step += 2) {
          pairs.push(a.clone().lerp(b, step / steps), a.clone().lerp(b, (step + 1) / steps));
        }
      }
      return pairs;
    }

    function colourOf(rgb) { return new THREE.Color(...rgb.map(value => value / 255)); }
    """#
}
