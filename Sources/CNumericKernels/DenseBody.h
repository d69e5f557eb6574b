// Dense layers over tiles of rows, and what stands between them: gathers, norms, sums.
// Included by KernelBody.h.

#if TFK_LANES == 16
#define TFK_WIDE_VECTORS 4
#define TFK_WIDE_ROWS 6
#define TFK_NARROW_ROWS 12
#elif TFK_LANES == 8
#define TFK_WIDE_VECTORS 2
#define TFK_WIDE_ROWS 6
#define TFK_NARROW_ROWS 6
#else
#define TFK_WIDE_VECTORS 2
#define TFK_WIDE_ROWS 4
#define TFK_NARROW_ROWS 4
#endif
#define TFK_NARROW_VECTORS (TFK_WIDE_VECTORS / 2)
/// The deepest slice of a product that is worked on at a time.
#define TFK_DEPTH 96
/// The widest row that a norm keeps in registers.
#define TFK_NORM_VECTORS 8

// MARK: - Products

/// A block of `rows` x `vectors` of the product, whose sums stay in registers.
TFK_INLINE void product_block(const tfk_product *p, int64_t row, int64_t column, const int rows,
                              const int vectors) {
  vf sum[TFK_NARROW_ROWS][TFK_WIDE_VECTORS];
  TFK_UNROLL for (int r = 0; r < rows; r++)
    TFK_UNROLL for (int v = 0; v < vectors; v++) sum[r][v] = (vf)0;
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
    float *c = p->c + (row + r) * p->c_row + column;
    TFK_UNROLL for (int v = 0; v < vectors; v++)
      store(c + v * TFK_LANES, load(c + v * TFK_LANES) + sum[r][v]);
  }
}

TFK_INLINE void product_columns(const tfk_product *p, int64_t column, const int most,
                                const int vectors) {
  int64_t row = 0;
  for (; row + most <= p->rows; row += most) product_block(p, row, column, most, vectors);
  for (; row + 4 <= p->rows; row += 4) product_block(p, row, column, 4, vectors);
  for (; row + 2 <= p->rows; row += 2) product_block(p, row, column, 2, vectors);
  if (row < p->rows) product_block(p, row, column, 1, vectors);
}

static void multiply_slice(const tfk_product *p) {
  int64_t column = 0;
  for (; column + TFK_WIDE_VECTORS * TFK_LANES <= p->width; column += TFK_WIDE_VECTORS * TFK_LANES)
    product_columns(p, column, TFK_WIDE_ROWS, TFK_WIDE_VECTORS);
  for (; column + TFK_NARROW_VECTORS * TFK_LANES <= p->width;
       column += TFK_NARROW_VECTORS * TFK_LANES)
    product_columns(p, column, TFK_NARROW_ROWS, TFK_NARROW_VECTORS);
#if TFK_NARROW_VECTORS > 1
  for (; column < p->width; column += TFK_LANES)
    product_columns(p, column, TFK_NARROW_ROWS, 1);
#endif
}

/// A slice of b at a time, so that it stays in the first cache while the rows of a go by.
static void multiply(const tfk_product *p) {
  tfk_product slice = *p;
  for (int64_t k = 0; k < p->depth; k += TFK_DEPTH) {
    slice.depth = p->depth - k < TFK_DEPTH ? p->depth - k : TFK_DEPTH;
    slice.a = p->a + k * p->a_step;
    slice.b = p->b + k * p->b_row;
    multiply_slice(&slice);
  }
}

// MARK: - Rows

TFK_INLINE void combine(const float *row, const float *a, const int32_t *index_a, const float *b,
                        const int32_t *index_b, int64_t count, int32_t width, float *out,
                        const int has_row, const int tables) {
  for (int64_t i = 0; i < count; i++) {
    const float *from_a = tables > 0 ? a + (index_a ? (int64_t)index_a[i] : i) * width : 0;
    const float *from_b = tables > 1 ? b + (index_b ? (int64_t)index_b[i] : i) * width : 0;
    float *to = out + i * width;
    for (int column = 0; column < width; column += TFK_LANES) {
      vf sum = load((has_row ? row : to) + column);
      if (tables > 0) sum += load(from_a + column);
      if (tables > 1) sum += load(from_b + column);
      store(to + column, sum);
    }
  }
}

static void combine_rows(const float *row, const float *a, const int32_t *index_a, const float *b,
                         const int32_t *index_b, int64_t count, int32_t width, float *out) {
#define TFK_COMBINE(has_row, tables) \
  combine(row, a, index_a, b, index_b, count, width, out, has_row, tables)
  if (row && b) TFK_COMBINE(1, 2);
  else if (row && a) TFK_COMBINE(1, 1);
  else if (row) TFK_COMBINE(1, 0);
  else if (b) TFK_COMBINE(0, 2);
  else TFK_COMBINE(0, 1);
#undef TFK_COMBINE
}

static void rectify(const float *rows, int64_t count, float *out) {
  for (int64_t i = 0; i < count; i += TFK_LANES) {
    vf value = load(rows + i);
    store(out + i, value > 0 ? value : (vf)0);
  }
}

static void column_sums(const float *rows, int64_t count, int32_t width, float *out) {
  for (int column = 0; column < width; column += TFK_LANES) {
    vf sum = load(out + column);
    for (int64_t i = 0; i < count; i++) sum += load(rows + i * width + column);
    store(out + column, sum);
  }
}

static void column_moments(const float *rows, int64_t count, int32_t width, double *sums,
                           double *squares) {
  for (int column = 0; column < width; column += TFK_LANES) {
    vd sum = {0}, square = {0};
    for (int64_t i = 0; i < count; i++) {
      vd value = __builtin_convertvector(load(rows + i * width + column), vd);
      sum += value;
      square += value * value;
    }
    for (int lane = 0; lane < TFK_LANES; lane++) {
      sums[column + lane] += sum[lane];
      squares[column + lane] += square[lane];
    }
  }
}

static void standardise(const float *x, int64_t count, int32_t columns, const float *mean,
                        const float *scale, float *out) {
  for (int64_t i = 0; i < count; i++)
    for (int k = 0; k < columns; k++)
      out[i * columns + k] = (x[i * columns + k] - mean[k]) * scale[k];
}

// MARK: - Norms

/// 1 / sqrt(x) by one division and root, the same in every instance.
TFK_INLINE float inverse_root(float x) { return 1.0f / __builtin_sqrtf(x); }

/// Rows of `vectors` vectors stay in registers between the three steps.
TFK_INLINE void layer_norm_rows(const tfk_norm *norm, const float *rows, int64_t count,
                                float *normalised, float *inverse, float *out, const int vectors) {
  const int64_t width = norm->width;
  const float share = 1.0f / (float)norm->real;
  const vf floor = (vf)(norm->rectified ? 0.0f : -__builtin_inff());
  for (int64_t i = 0; i < count; i++) {
    vf d[TFK_NORM_VECTORS], sum = {0}, square = {0};
    TFK_UNROLL for (int v = 0; v < vectors; v++) {
      d[v] = load(rows + i * width + v * TFK_LANES);
      sum += d[v];
    }
    vf mean = (vf)(sum_of_lanes(sum) * share);
    TFK_UNROLL for (int v = 0; v < vectors; v++) {
      d[v] = (d[v] - mean) * load(norm->mask + v * TFK_LANES);
      square += d[v] * d[v];
    }
    float factor = inverse_root(sum_of_lanes(square) * share + TFK_NORM_EPSILON);
    if (inverse) inverse[i] = factor;
    TFK_UNROLL for (int v = 0; v < vectors; v++) {
      vf x = d[v] * factor;
      store(normalised + i * width + v * TFK_LANES, x);
      vf y = x * load(norm->gain + v * TFK_LANES) + load(norm->shift + v * TFK_LANES);
      store(out + i * width + v * TFK_LANES, y > floor ? y : floor);
    }
  }
}

static void layer_norm_wide(const tfk_norm *norm, const float *rows, int64_t count,
                            float *normalised, float *inverse, float *out) {
  const int32_t width = norm->width;
  const float share = 1.0f / (float)norm->real;
  for (int64_t i = 0; i < count; i++) {
    const float *row = rows + i * width;
    float *hat = normalised + i * width;
    vf sum = {0};
    for (int c = 0; c < width; c += TFK_LANES) sum += load(row + c);
    vf mean = (vf)(sum_of_lanes(sum) * share);
    vf square = {0};
    for (int c = 0; c < width; c += TFK_LANES) {
      vf d = (load(row + c) - mean) * load(norm->mask + c);
      square += d * d;
      store(hat + c, d);
    }
    float factor = inverse_root(sum_of_lanes(square) * share + TFK_NORM_EPSILON);
    if (inverse) inverse[i] = factor;
    for (int c = 0; c < width; c += TFK_LANES) {
      vf x = load(hat + c) * factor;
      store(hat + c, x);
      vf y = x * load(norm->gain + c) + load(norm->shift + c);
      store(out + i * width + c, norm->rectified ? (y > 0 ? y : (vf)0) : y);
    }
  }
}

static void layer_norm(const tfk_norm *norm, const float *rows, int64_t count, float *normalised,
                       float *inverse, float *out) {
  switch (norm->width / TFK_LANES) {
#define TFK_NORM(vectors) \
  case vectors: layer_norm_rows(norm, rows, count, normalised, inverse, out, vectors); break;
    TFK_NORM(1)
    TFK_NORM(2)
    TFK_NORM(4)
    TFK_NORM(8)
#undef TFK_NORM
  default: layer_norm_wide(norm, rows, count, normalised, inverse, out);
  }
}

/// The gradient behind the rectifier, whose input was gain * x + shift.
TFK_INLINE vf gated(const tfk_norm *norm, int c, vf gradient, vf x) {
  if (!norm->rectified) return gradient;
  vf y = x * load(norm->gain + c) + load(norm->shift + c);
  return y > 0 ? gradient : (vf)0;
}

static void layer_norm_back(const tfk_norm *norm, float *gradient, const float *normalised,
                            const float *inverse, int64_t count, float *gain_sum,
                            float *shift_sum) {
  const int32_t width = norm->width;
  const float share = 1.0f / (float)norm->real;
  for (int64_t i = 0; i < count; i++) {
    float *g = gradient + i * width;
    const float *hat = normalised + i * width;
    vf plain = {0}, along = {0};
    for (int c = 0; c < width; c += TFK_LANES) {
      vf x = load(hat + c);
      vf slope = gated(norm, c, load(g + c), x);
      store(gain_sum + c, load(gain_sum + c) + slope * x);
      store(shift_sum + c, load(shift_sum + c) + slope);
      slope *= load(norm->gain + c);
      plain += slope;
      along += slope * x;
      store(g + c, slope);
    }
    vf mean = (vf)(sum_of_lanes(plain) * share);
    vf tilt = (vf)(sum_of_lanes(along) * share);
    for (int c = 0; c < width; c += TFK_LANES) {
      vf value = load(g + c) - mean - load(hat + c) * tilt;
      store(g + c, value * inverse[i] * load(norm->mask + c));
    }
  }
}

static void batch_norm(const tfk_norm *norm, const float *mean, const float *inverse,
                       const float *rows, int64_t count, float *normalised, float *out) {
  const int32_t width = norm->width;
  for (int64_t i = 0; i < count; i++)
    for (int c = 0; c < width; c += TFK_LANES) {
      vf x = (load(rows + i * width + c) - load(mean + c)) * load(inverse + c);
      store(normalised + i * width + c, x);
      vf y = x * load(norm->gain + c) + load(norm->shift + c);
      store(out + i * width + c, norm->rectified ? (y > 0 ? y : (vf)0) : y);
    }
}

static void batch_norm_sums(const tfk_norm *norm, float *gradient, const float *normalised,
                            int64_t count, float *gain_sum, float *shift_sum) {
  const int32_t width = norm->width;
  for (int64_t i = 0; i < count; i++)
    for (int c = 0; c < width; c += TFK_LANES) {
      vf x = load(normalised + i * width + c);
      vf slope = gated(norm, c, load(gradient + i * width + c), x);
      store(gradient + i * width + c, slope);
      store(gain_sum + c, load(gain_sum + c) + slope * x);
      store(shift_sum + c, load(shift_sum + c) + slope);
    }
}

static void batch_norm_back(const tfk_norm *norm, const float *inverse, const float *gain_mean,
                            const float *shift_mean, float *gradient, const float *normalised,
                            int64_t count) {
  const int32_t width = norm->width;
  for (int64_t i = 0; i < count; i++)
    for (int c = 0; c < width; c += TFK_LANES) {
      vf value = load(gradient + i * width + c) - load(shift_mean + c) -
                 load(normalised + i * width + c) * load(gain_mean + c);
      store(gradient + i * width + c, value * load(inverse + c) * load(norm->gain + c));
    }
}

// MARK: - Sums over the edges of a node

static void sum_rows(const float *rows, const int32_t *first, const int32_t *order,
                     const float *factor, int32_t factors, int64_t low, int64_t high,
                     int32_t width, float *out) {
  for (int64_t node = low; node < high; node++) {
    float *to = out + node * width;
    for (int column = 0; column < width; column += TFK_LANES) {
      vf sum = {0};
      for (int32_t i = first[node]; i < first[node + 1]; i++) {
        int64_t row = order ? order[i] : i;
        vf value = load(rows + row * width + column);
        sum += factor ? factor[row * factors] * value : value;
      }
      store(to + column, sum);
    }
  }
}

static void gates_back(const tfk_gates *gates, const float *state, const float *gate,
                       const int32_t *index_a, const int32_t *index_b, int64_t count,
                       float *gradient, float *weight_sum, float *bias_sum) {
  const int32_t width = gates->width;
  for (int64_t i = 0; i < count; i++) {
    const float *a = gates->gradient_a + (int64_t)index_a[i] * width;
    const float *b = gates->gradient_b + (int64_t)index_b[i] * width;
    const float *row = state + i * width;
    vf dot_a = {0}, dot_b = {0};
    for (int c = 0; c < width; c += TFK_LANES) {
      dot_a += load(row + c) * load(a + c);
      dot_b += load(row + c) * load(b + c);
    }
    const float open_a = gate[2 * i], open_b = gate[2 * i + 1];
    const float slope_a = sum_of_lanes(dot_a) * open_a * (1 - open_a);
    const float slope_b = sum_of_lanes(dot_b) * open_b * (1 - open_b);
    bias_sum[0] += slope_a;
    bias_sum[1] += slope_b;
    for (int c = 0; c < width; c += TFK_LANES) {
      vf value = load(row + c);
      store(weight_sum + c, load(weight_sum + c) + slope_a * value);
      store(weight_sum + width + c, load(weight_sum + width + c) + slope_b * value);
      vf change = open_a * load(a + c) + open_b * load(b + c) + slope_a * load(gates->weight + c) +
                  slope_b * load(gates->weight + width + c);
      store(gradient + i * width + c, load(gradient + i * width + c) + change);
    }
  }
}
