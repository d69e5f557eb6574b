extension DisplayScript {
  /// Lines and points as pixels.
  static let raster = #"""
    /* Draws many thin lines and points into the memory of a picture, which a canvas does too slowly one by one. */
    class Raster {
      constructor(width, height, background) {
        this.width = width;
        this.height = height;
        this.image = new ImageData(width, height);
        this.bytes = this.image.data;
        this.words = new Uint32Array(this.bytes.buffer);
        this.clear(background);
      }

      clear([red, green, blue]) {
        this.words.fill(((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0);
      }

      blend(x, y, red, green, blue, share) {
        if (x < 0 || y < 0 || x >= this.width || y >= this.height) return;
        const at = 4 * (y * this.width + x);
        const { bytes } = this;
        bytes[at] += (red - bytes[at]) * share;
        bytes[at + 1] += (green - bytes[at + 1]) * share;
        bytes[at + 2] += (blue - bytes[at + 2]) * share;
      }

      /* A square with its middle there. */
      point(x, y, size, red, green, blue, share) {
        const left = Math.round(x - size / 2);
        const top = Math.round(y - size / 2);
        for (let row = 0; row < size; row += 1) {
          for (let column = 0; column < size; column += 1) {
            this.blend(left + column, top + row, red, green, blue, share);
          }
        }
      }

      /* A line of one pixel's width with smooth edges (Wu, 1991), cut to the picture. */
      line(x1, y1, x2, y2, red, green, blue, share) {
        const isSteep = Math.abs(y2 - y1) > Math.abs(x2 - x1);
        if (isSteep) [x1, y1, x2, y2] = [y1, x1, y2, x2];
        if (x1 > x2) [x1, y1, x2, y2] = [x2, y2, x1, y1];
        const limit = isSteep ? this.height : this.width;
        const across = isSteep ? this.width : this.height;
        if (x2 < 0 || x1 >= limit || Math.max(y1, y2) < 0 || Math.min(y1, y2) >= across) return;
        const slope = x2 > x1 ? (y2 - y1) / (x2 - x1) : 0;
        const first = Math.max(0, Math.round(x1));
        const last = Math.min(limit - 1, Math.round(x2));
        let y = y1 + slope * (first - x1);
        for (let x = first; x <= last; x += 1) {
          const whole = Math.floor(y);
          const part = y - whole;
          if (isSteep) {
            this.blend(whole, x, red, green, blue, share * (1 - part));
            this.blend(whole + 1, x, red, green, blue, share * part);
          } else {
            this.blend(x, whole, red, green, blue, share * (1 - part));
            this.blend(x, whole + 1, red, green, blue, share * part);
          }
          y += slope;
        }
      }
    }
    """#
}
