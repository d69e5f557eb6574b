// Perceptrons over rows of features: layers with their bias and rectifier, and the gathering of rows.
// Included by KernelBody.h behind DenseBody.h, whose block sizes it shares.

// MARK: - Layers

/// What a layer's sums start from and end in.
enum { TFK_BIAS_OF_ROW, TFK_BIAS_OF_COLUMN, TFK_GATED };

/// A block of `rows` x `vectors` of a layer, whose sums stay in registers.
TFK_INLINE void layer_block(const tfk_layer *layer, int64_t row, int64_t column, const int rows,
                            const int vectors, const int kind) {
  const tfk_product *p = &layer->product;
  vf sum[TFK_NARROW_ROWS][TFK_WIDE_VECTORS];
  TFK_UNROLL for (int r = 0; r < rows; r++)
    TFK_UNROLL for (int v = 0; v < vectors; v++) {
      if (kind == TFK_BIAS_OF_ROW) sum[r][v] = (vf)layer->bias[row + r];
      else if (kind == TFK_BIAS_OF_COLUMN) sum[r][v] = load(layer->bias + column + v * TFK_LANES);
      else sum[r][v] = (vf)0;
    }
  const float *a = p->a + row * p->a_row;
  const float *b = p->b + column;
  for (int64_t k = 0; k < p->depth; k++) {
    vf factor[TFK_WIDE_VECTORS];
    TFK_UNROLL for (int v = 0; v < vectors; v++) factor[v] = load(b + v * TFK_LANES);
    TFK_UNROLL for (int r = 0; r < rows; r++) {
      vf value = (vf)a[r * p->a_row];
      TFK_UNROLL for (int v = 0; v < vectors; v++) sum[r][v] += value * factor[v];
    }
    a += p->a_step;
    b += p->b_row;
  }
  TFK_UNROLL for (int r = 0; r < rows; r++) {
    const int64_t place = (row + r) * p->c_row + column;
    TFK_UNROLL for (int v = 0; v < vectors; v++) {
      vf value = sum[r][v];
      if (kind == TFK_GATED)
        value = load(layer->gate + place + v * TFK_LANES) > 0 ? value : (vf)0;
      else if (layer->rectified) value = value > 0 ? value : (vf)0;
      store(p->c + place + v * TFK_LANES, value);
    }
  }
}

TFK_INLINE void layer_columns(const tfk_layer *layer, int64_t column, const int most,
                              const int vectors, const int kind) {
  const int64_t rows = layer->product.rows;
  int64_t row = 0;
  for (; row + most <= rows; row += most) layer_block(layer, row, column, most, vectors, kind);
  for (; row + 4 <= rows; row += 4) layer_block(layer, row, column, 4, vectors, kind);
  for (; row + 2 <= rows; row += 2) layer_block(layer, row, column, 2, vectors, kind);
  if (row < rows) layer_block(layer, row, column, 1, vectors, kind);
}

/// A column's sum has the same order in every block, so a value does not depend on its place.
TFK_INLINE void whole_layer(const tfk_layer *layer, const int kind) {
  const int32_t width = layer->product.width;
  int64_t column = 0;
  for (; column + TFK_WIDE_VECTORS * TFK_LANES <= width; column += TFK_WIDE_VECTORS * TFK_LANES)
    layer_columns(layer, column, TFK_WIDE_ROWS, TFK_WIDE_VECTORS, kind);
  for (; column + TFK_NARROW_VECTORS * TFK_LANES <= width; column += TFK_NARROW_VECTORS * TFK_LANES)
    layer_columns(layer, column, TFK_NARROW_ROWS, TFK_NARROW_VECTORS, kind);
#if TFK_NARROW_VECTORS > 1
  for (; column < width; column += TFK_LANES)
    layer_columns(layer, column, TFK_NARROW_ROWS, 1, kind);
#endif
}

static void layer(const tfk_layer *layer) {
  if (layer->gate) whole_layer(layer, TFK_GATED);
  else if (layer->has_row_bias) whole_layer(layer, TFK_BIAS_OF_ROW);
  else whole_layer(layer, TFK_BIAS_OF_COLUMN);
}

static void logit_back(const float *slope, const float *weight, const float *rows, int64_t count,
                       int32_t width, float *gradient, float *weight_sum) {
  for (int column = 0; column < width; column += TFK_LANES) {
    vf w = load(weight + column), sum = load(weight_sum + column);
    for (int64_t i = 0; i < count; i++) {
      vf x = load(rows + i * width + column);
      vf g = (vf)slope[i];
      sum += g * x;
      store(gradient + i * width + column, x > 0 ? g * w : (vf)0);
    }
    store(weight_sum + column, sum);
  }
}

// MARK: - Gathering

/// Rows ahead of the one that is read, which the memory has to be asked for.
#define TFK_ROWS_AHEAD 12

static void gather_rows(const tfk_row_table *table, const uint32_t *order, int64_t count,
                        const float *mean, const float *scale, float *out, uint8_t *label,
                        float *weight) {
  const int32_t columns = table->columns;
  const uint32_t within = (1u << table->chunk_bits) - 1;
  for (int64_t i = 0; i < count; i++) {
    if (i + TFK_ROWS_AHEAD < count) {
      const uint32_t next = order[i + TFK_ROWS_AHEAD];
      const char *row = (const char *)(table->features[next >> table->chunk_bits] +
                                       (int64_t)(next & within) * columns);
      for (int64_t byte = 0; byte < 4 * (int64_t)columns + 63; byte += 64)
        __builtin_prefetch(row + byte);
    }
    const uint32_t chunk = order[i] >> table->chunk_bits, place = order[i] & within;
    const float *from = table->features[chunk] + (int64_t)place * columns;
    float *to = out + i * columns;
    label[i] = table->label[chunk][place];
    weight[i] = table->weight[chunk][place];
    int32_t column = 0;
    for (; column + TFK_LANES <= columns; column += TFK_LANES)
      store(to + column, (load(from + column) - load(mean + column)) * load(scale + column));
    if (column == columns) continue;
    if (columns < TFK_LANES) {
      for (; column < columns; column++) to[column] = (from[column] - mean[column]) * scale[column];
      continue;
    }
    // The last vector takes some columns once more.
    column = columns - TFK_LANES;
    store(to + column, (load(from + column) - load(mean + column)) * load(scale + column));
  }
}
