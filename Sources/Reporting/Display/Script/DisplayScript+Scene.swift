extension DisplayScript {
  /// The view in three dimensions.
  static let scene = #"""
    /* Whether the processor does a graphics card's work, which smooth edges would slow down to a half. */
    let isSoftware;
    function drawsInSoftware() {
      if (isSoftware === undefined) {
        const gl = document.createElement('canvas').getContext('webgl');
        const names = gl && gl.getExtension('WEBGL_debug_renderer_info');
        isSoftware = !!names
          && /swiftshader|llvmpipe|software/i.test(gl.getParameter(names.UNMASKED_RENDERER_WEBGL));
      }
      return isSoftware;
    }

    /* The event in three dimensions, by three.js: all layers share one table of hits on the graphics card. */
    class Scene {
      /* Throws where the browser has no WebGL. */
      constructor(canvas, stage) {
        this.canvas = canvas;
        this.stage = stage;
        this.renderer = new THREE.WebGLRenderer({ canvas, antialias: !drawsInSoftware() });
        this.scene = new THREE.Scene();
        this.camera = new THREE.PerspectiveCamera(32, 1, 1, 100000);
        this.controls = new THREE.OrbitControls(this.camera, canvas);
        this.controls.enableKeys = false;
        this.controls.rotateSpeed = 0.7;
        this.controls.addEventListener('change', () => { this.isTurned = true; stage.draw(); });
        this.position = new THREE.BufferAttribute(stage.event.hits.position, 3);
        this.fade = { value: new THREE.Vector2(0, 1) };
        this.objects = new Map();
        this.marks = [];
        this.outline = this.add(new THREE.LineSegments(new THREE.BufferGeometry(), this.material('line')), 0);
        listenToPointer(canvas, { pick: (x, y) => stage.pick(this, x, y) });
        canvas.addEventListener('keydown', event => this.turnByKey(event));
        this.look('home', stage.reach);
      }

      get isVisible() { return this.canvas.offsetParent !== null; }

      add(object, order) {
        object.frustumCulled = false;
        object.renderOrder = order;
        this.scene.add(object);
        return object;
      }

      material(kind) {
        return new THREE.ShaderMaterial({
          uniforms: {
            tint: { value: new THREE.Color() }, byHit: { value: 0 }, opacity: { value: 1 },
            size: { value: 2 }, shift: { value: new THREE.Vector2() }, fade: this.fade,
          },
          vertexShader: hitVertexShader,
          fragmentShader: kind === 'point' ? pointFragmentShader : lineFragmentShader,
          transparent: true, depthTest: false, depthWrite: false,
        });
      }

      /* The objects of a layer, made when it is first shown: tracks are two lines side by side, which WebGL has no width for. */
      object(layer) {
        if (this.objects.has(layer.id)) return this.objects.get(layer.id);
        const geometry = new THREE.BufferGeometry();
        geometry.setAttribute('position', this.position);
        geometry.setIndex(new THREE.BufferAttribute(layer.index, 1));
        const isPoints = layer.kind === 'points';
        const Kind = isPoints ? THREE.Points : THREE.LineSegments;
        const shifts = isPoints || layer.of === 'edges' ? [[0, 0]] : [[-0.35, -0.35], [0.35, 0.35]];
        const order = isPoints ? 1 : layer.of === 'edges' ? 2 : 3;
        const parts = shifts.map(shift => {
          const part = this.add(new Kind(geometry, this.material(isPoints ? 'point' : 'line')), order);
          part.shift = shift;
          return part;
        });
        const object = { geometry, parts };
        this.objects.set(layer.id, object);
        return object;
      }

      update(layer) {
        if (!layer.isOn && !this.objects.has(layer.id)) return;
        const object = this.object(layer);
        object.parts.forEach(part => { part.visible = layer.isOn; });
        if (!layer.isOn) return;
        if (object.version !== layer.version) {
          object.geometry.index.needsUpdate = true;
          object.geometry.setDrawRange(0, layer.used);
          object.version = layer.version;
        }
        if (object.colourVersion !== layer.colourVersion) {
          if (layer.colours) {
            object.geometry.setAttribute('colour', new THREE.BufferAttribute(layer.colours, 3, true));
          }
          object.colourVersion = layer.colourVersion;
        }
        for (const part of object.parts) {
          const { uniforms } = part.material;
          uniforms.tint.value = colourOf(layer.colour);
          uniforms.byHit.value = layer.colours ? 1 : 0;
          uniforms.opacity.value = layer.opacity * this.stage.strength;
          uniforms.size.value = (layer.used > 40000 ? 1.8 : layer.used > 8000 ? 2.4 : 3.2) * this.ratio;
          uniforms.shift.value.set(2 * part.shift[0] / this.width, 2 * part.shift[1] / this.height);
        }
      }

      draw() {
        this.resize();
        const { palette } = this.stage;
        this.renderer.setClearColor(colourOf(palette.get('paper')), 1);
        const { uniforms } = this.outline.material;
        const outlined = this.stage.outlined();
        if (this.outlined !== outlined) {
          this.outline.geometry.setAttribute(
            'position', new THREE.BufferAttribute(outlineIn3D(outlined), 3));
          this.outlined = outlined;
        }
        this.outline.visible = this.stage.showsOutline;
        uniforms.tint.value = colourOf(palette.get('muted'));
        uniforms.opacity.value = palette.isDark ? 0.3 : 0.4;
        this.stage.layers.list.forEach(layer => this.update(layer));
        this.mark();
        const away = this.camera.position.distanceTo(this.controls.target);
        this.fade.value.set(away - this.size, away + this.size);
        this.camera.near = away / 100;
        this.camera.far = away + 20 * this.size;
        this.camera.updateProjectionMatrix();
        this.renderer.render(this.scene, this.camera);
      }

      resize() {
        const [width, height] = [this.canvas.clientWidth, this.canvas.clientHeight];
        const ratio = Math.min(2, window.devicePixelRatio || 1);
        if (this.width === width && this.height === height && this.ratio === ratio) return;
        [this.width, this.height, this.ratio] = [width, height, ratio];
        this.renderer.setPixelRatio(ratio);
        this.renderer.setSize(width, height, false);
        this.camera.aspect = width / Math.max(1, height);
        this.camera.updateProjectionMatrix();
        if (!this.isTurned) this.look(...this.lastLook);
      }

      /* Looks from the corner, along the beam or from the side, so that all up to a reach is seen. */
      look(from, reach) {
        this.lastLook = [from, reach];
        this.reach = reach;
        this.size = Math.hypot(reach.r, reach.z);
        const way = { home: [0.75, 0.42, 0.9], beam: [0, 0, 1], side: [1, 0, 0] }[from];
        const away = this.distanceToSee(new THREE.Vector3(...way).normalize(), reach);
        const target = this.controls.target.set(0, 0, 0);
        this.camera.position.set(...way).normalize().multiplyScalar(away).add(target);
        this.controls.update();
        this.isTurned = false;
      }

      /* How far off, in a direction, the camera sees a whole cylinder. */
      distanceToSee(back, reach) {
        const across = new THREE.Vector3().crossVectors(this.camera.up, back).normalize();
        const up = new THREE.Vector3().crossVectors(back, across);
        const slope = Math.tan(this.camera.fov * Math.PI / 360);
        let away = 0;
        for (let step = 0; step < 64; step += 1) {
          const angle = step * Math.PI / 16;
          const rim = new THREE.Vector3(
            reach.r * Math.cos(angle), reach.r * Math.sin(angle), step < 32 ? reach.z : -reach.z);
          const depth = rim.dot(back);
          const width = Math.abs(rim.dot(across)) / slope / Math.max(0.1, this.camera.aspect);
          away = Math.max(away, depth + 1.05 * Math.max(width, Math.abs(rim.dot(up)) / slope));
        }
        return away;
      }

      turnByKey(event) {
        const turn = { ArrowLeft: [0.1, 0], ArrowRight: [-0.1, 0], ArrowUp: [0, 0.1], ArrowDown: [0, -0.1] };
        const zoom = { '+': 0.85, '=': 0.85, '-': 1.18 }[event.key];
        if (!turn[event.key] && !zoom) return;
        event.preventDefault();
        const away = this.camera.position.clone().sub(this.controls.target);
        const angles = new THREE.Spherical().setFromVector3(away);
        if (zoom) angles.radius *= zoom;
        else {
          angles.theta -= turn[event.key][0];
          angles.phi = Math.min(3.1, Math.max(0.04, angles.phi - turn[event.key][1]));
        }
        this.camera.position.setFromSpherical(angles).add(this.controls.target);
        this.controls.update();
      }

      /* The places of all hits on the canvas, in CSS pixels; NaN behind the camera. */
      projected() {
        const { position, count } = this.stage.event.hits;
        this.camera.updateMatrixWorld();
        const m = new THREE.Matrix4().multiplyMatrices(
          this.camera.projectionMatrix, this.camera.matrixWorldInverse).elements;
        const places = new Float32Array(2 * count);
        for (let hit = 0; hit < count; hit += 1) {
          const [x, y, z] = [position[3 * hit], position[3 * hit + 1], position[3 * hit + 2]];
          const w = m[3] * x + m[7] * y + m[11] * z + m[15];
          const across = (m[0] * x + m[4] * y + m[8] * z + m[12]) / w;
          const up = (m[1] * x + m[5] * y + m[9] * z + m[13]) / w;
          places[2 * hit] = w > 0 ? (across + 1) / 2 * this.width : NaN;
          places[2 * hit + 1] = w > 0 ? (1 - up) / 2 * this.height : NaN;
        }
        return places;
      }
    }
    """#
}
