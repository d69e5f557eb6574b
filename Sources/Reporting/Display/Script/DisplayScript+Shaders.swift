extension DisplayScript {
  /// What the graphics card does with a hit.
  static let shaders = #"""
    /* One vertex a hit, for points and lines alike; what is far away is fainter. */
    const hitVertexShader = `
      attribute vec3 colour;
      uniform vec3 tint;
      uniform float byHit, size;
      uniform vec2 shift, fade;
      varying vec3 shade;
      varying float strength, width;
      void main() {
        width = size;
        shade = mix(tint, colour, byHit);
        vec4 seen = modelViewMatrix * vec4(position, 1.0);
        strength = mix(1.0, 0.4, clamp((-seen.z - fade.x) / (fade.y - fade.x), 0.0, 1.0));
        gl_Position = projectionMatrix * seen;
        gl_Position.xy += shift * gl_Position.w;
        gl_PointSize = size;
      }`;

    const lineFragmentShader = `
      precision mediump float;
      uniform float opacity;
      varying vec3 shade;
      varying float strength;
      void main() { gl_FragColor = vec4(shade, opacity * strength); }`;

    const pointFragmentShader = `
      precision mediump float;
      uniform float opacity;
      varying vec3 shade;
      varying float strength, width;
      void main() {
        float away = length(gl_PointCoord - 0.5) * width;
        float inside = clamp(width / 2.0 + 0.5 - away, 0.0, 1.0);
        gl_FragColor = vec4(shade, opacity * strength * inside);
      }`;
    """#
}
