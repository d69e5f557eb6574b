extension DisplayScript {
  /// Reading the columns of the page.
  static let decode = #"""
    /* Reads the page's columns: see EventDisplay.packed for what they are. */
    function readColumns(description, text) {
      const packed = atob(text);
      const bytes = new Uint8Array(packed.length);
      for (let i = 0; i < packed.length; i += 1) bytes[i] = packed.charCodeAt(i);
      const columns = new Map();
      let start = 0;
      for (const column of description.columns) {
        const end = start + column.bytes;
        columns.set(column.name, readColumn(column, bytes, start, end));
        start = end;
      }
      return columns;
    }

    function readColumn(column, bytes, start, end) {
      if (column.form === 'byte') return bytes.subarray(start, end);
      if (column.form === 'float') {
        return new Float32Array(bytes.slice(start, end).buffer);
      }
      /* Numbers of a particle have more bits than the fast way reads. */
      const isWide = column.name === 'particles.low' || column.name === 'particles.high'
        || column.name.endsWith('.id');
      const values = isWide ? new Float64Array(column.count) : new Int32Array(column.count);
      let place = start;
      let last = 0;
      for (let i = 0; i < column.count; i += 1) {
        let byte = bytes[place];
        place += 1;
        let code = byte & 127;
        if (byte > 127) {
          let scale = 128;
          do {
            byte = bytes[place];
            place += 1;
            code += (byte & 127) * scale;
            scale *= 128;
          } while (byte > 127);
        }
        last += code % 2 === 0 ? code / 2 : -(code + 1) / 2;
        values[i] = last;
      }
      return values;
    }

    /* The first place of each list in a run of lists, and the place behind the last. */
    function starts(lengths) {
      const first = new Int32Array(lengths.length + 1);
      for (let i = 0; i < lengths.length; i += 1) first[i + 1] = first[i] + lengths[i];
      return first;
    }
    """#
}
