// The kernels, written once; each Kernels*.c includes this with its vector width.
//
// TFK_LANES floats make a vector.
#include "CNumericKernels.h"
#include "VectorMath.h"

/// Vectors of a row worked on at a time: a start node's stay in registers while its edges go by.
#define TFK_CHUNK 8
/// Edges that go through logits, loss and gradient together: their end rows fit the first cache.
#define TFK_GROUP 64

// MARK: - Edges

/// Adds a chunk's share to the logits of the edges of the start nodes low..<high.
TFK_INLINE void add_logits(const tfk_edge_layer *layer, int64_t low, int64_t high, int column,
                           const int vectors, float *logit) {
  const int64_t width = layer->width;
  vf weight[TFK_CHUNK];
  TFK_UNROLL for (int k = 0; k < vectors; k++)
    weight[k] = load(layer->weight + column + k * TFK_LANES);
  for (int64_t start = low; start < high; start++) {
    const float *start_row = layer->start_term + start * width + column;
    vf q[TFK_CHUNK];
    TFK_UNROLL for (int k = 0; k < vectors; k++) q[k] = load(start_row + k * TFK_LANES);
    const int32_t last = layer->first_edge[start + 1];
    for (int32_t edge = layer->first_edge[start]; edge < last; edge++) {
      const float *end_row = layer->end_term + layer->end[edge] * width + column;
      vf even = {0}, odd = {0};
      TFK_UNROLL for (int k = 0; k < vectors; k++) {
        vf z = q[k] + load(end_row + k * TFK_LANES);
        vf hidden = z > 0 ? z : 0;
        if (k & 1) odd += hidden * weight[k];
        else even += hidden * weight[k];
      }
      logit[edge] += sum_of_lanes(even + odd);
    }
  }
}

static void edge_logits(const tfk_edge_layer *layer, int64_t low, int64_t high, float *logit) {
  for (int32_t edge = layer->first_edge[low]; edge < layer->first_edge[high]; edge++)
    logit[edge] = layer->bias;
  int column = 0;
#define TFK_COLUMNS(vectors)                                                      \
  for (; column + (vectors) * TFK_LANES <= layer->width; column += (vectors) * TFK_LANES) \
    add_logits(layer, low, high, column, vectors, logit);
  TFK_COLUMNS(TFK_CHUNK)
  TFK_COLUMNS(TFK_CHUNK / 2)
  TFK_COLUMNS(1)
#undef TFK_COLUMNS
}

/// Loss of up to TFK_LANES edges from `first` on; lanes from `valid` on count nothing.
TFK_INLINE vf loss_of_lanes(const tfk_edge_target *target, int64_t first, const float *logit,
                            int valid, float *gradient) {
  vf l = load_some(logit + first, valid);
  vi is_true = load_labels(target->label + first, valid) != 0;
  vf weight = is_true ? (vf)target->positive_weight : (vf)1;
  weight = lane_index() < valid ? weight : (vf)0;
  if (target->weight) weight *= load_some(target->weight + first, valid);
  // The loss is log(1 + exp(x)) of the logit, or of its negative for a true edge.
  vf x = is_true ? -l : l;
  vf magnitude = l < 0 ? -l : l;
  vf small = exp_of_negative(-magnitude);
  vf loss = (x > 0 ? x : (vf)0) + log_of_one_plus(small);
  // Of the wrong answer, and so the plain loss's derivative in x.
  vf probability = (x > 0 ? (vf)1 : small) / (1 + small);
  vf slope = probability;
  if (target->focusing > 0) {
    // The wrong answer's probability to the power of the focusing: its logarithm is x - loss.
    vf factor = exp_of_negative(target->focusing * (x - loss));
    slope = factor * (probability + target->focusing * (1 - probability) * loss);
    loss *= factor;
  }
  if (gradient) {
    vf g = (is_true ? -slope : slope) * (weight * target->scale);
    store_some(gradient + first, g, valid);
  }
  // A logit that is not a number must not vanish in the comparisons above.
  return weight * (loss + 0 * l);
}

static double edge_loss(const tfk_edge_target *target, int64_t first, int64_t count,
                        const float *logit, float *gradient) {
  vd sum = {0};
  for (int64_t i = 0; i < count; i += TFK_LANES) {
    int valid = count - i < TFK_LANES ? (int)(count - i) : TFK_LANES;
    vf loss = loss_of_lanes(target, first + i, logit, valid, gradient);
    sum += __builtin_convertvector(loss, vd);
  }
  double total = 0;
  for (int lane = 0; lane < TFK_LANES; lane++) total += sum[lane];
  return total;
}

TFK_INLINE void add_gradient(const tfk_edge_layer *layer, int64_t low, int64_t high, int column,
                             const int vectors, const float *gradient, float *end_sums,
                             float *start_sums) {
  const int64_t width = layer->width;
  for (int64_t start = low; start < high; start++) {
    const float *start_row = layer->start_term + start * width + column;
    vf q[TFK_CHUNK], sum[TFK_CHUNK];
    TFK_UNROLL for (int k = 0; k < vectors; k++) {
      q[k] = load(start_row + k * TFK_LANES);
      sum[k] = (vf)0;
    }
    const int32_t last = layer->first_edge[start + 1];
    for (int32_t edge = layer->first_edge[start]; edge < last; edge++) {
      const float *end_row = layer->end_term + layer->end[edge] * width + column;
      float *end_sum = end_sums + layer->slot[edge] * width + column;
      vf g = (vf)gradient[edge];
      TFK_UNROLL for (int k = 0; k < vectors; k++) {
        vi open = q[k] + load(end_row + k * TFK_LANES) > 0;
        sum[k] = add_where(open, sum[k], g);
        store(end_sum + k * TFK_LANES, add_where(open, load(end_sum + k * TFK_LANES), g));
      }
    }
    float *start_sum = start_sums + start * width + column;
    TFK_UNROLL for (int k = 0; k < vectors; k++) store(start_sum + k * TFK_LANES, sum[k]);
  }
}

static void edge_gradient(const tfk_edge_layer *layer, int64_t low, int64_t high,
                          const float *gradient, float *end_sums, float *start_sums) {
  int column = 0;
#define TFK_COLUMNS(vectors)                                                      \
  for (; column + (vectors) * TFK_LANES <= layer->width; column += (vectors) * TFK_LANES) \
    add_gradient(layer, low, high, column, vectors, gradient, end_sums, start_sums);
  TFK_COLUMNS(TFK_CHUNK)
  TFK_COLUMNS(TFK_CHUNK / 2)
  TFK_COLUMNS(1)
#undef TFK_COLUMNS
}

static double edge_pass(const tfk_edge_layer *layer, const tfk_edge_target *target, int64_t low,
                        int64_t high, float *logit, float *gradient, float *end_sums,
                        float *start_sums) {
  double loss = 0;
  while (low < high) {
    const int32_t first = layer->first_edge[low];
    int64_t stop = low + 1;
    while (stop < high && layer->first_edge[stop] - first < TFK_GROUP) stop++;
    edge_logits(layer, low, stop, logit);
    loss += edge_loss(target, first, layer->first_edge[stop] - first, logit, gradient);
    edge_gradient(layer, low, stop, gradient, end_sums, start_sums);
    low = stop;
  }
  return loss;
}

// MARK: - Nodes

TFK_INLINE void project_inputs(const float *x, int64_t count, const int inputs, const float *weight,
                               const float *bias, int32_t width, int32_t rectify, float *out) {
  for (int column = 0; column < width; column += TFK_LANES) {
    vf w[TFK_MAXIMUM_INPUTS], b = load(bias + column);
    TFK_UNROLL for (int i = 0; i < inputs; i++) w[i] = load(weight + i * width + column);
    for (int64_t row = 0; row < count; row++) {
      vf sum = b;
      TFK_UNROLL for (int i = 0; i < inputs; i++) sum += x[row * inputs + i] * w[i];
      store(out + row * width + column, rectify ? (sum > 0 ? sum : (vf)0) : sum);
    }
  }
}

static void project(const float *x, int64_t count, int32_t inputs, const float *weight,
                    const float *bias, int32_t width, int32_t rectify, float *out) {
  if (inputs == 5) project_inputs(x, count, 5, weight, bias, width, rectify, out);
  else project_inputs(x, count, 6, weight, bias, width, rectify, out);
}

static void project_back(const float *rows, int64_t count, int32_t width, const float *weight,
                         const float *bias, int32_t outputs, float *out) {
  for (int64_t row = 0; row < count; row++)
    for (int o = 0; o < outputs; o++) {
      vf sum = {0};
      for (int column = 0; column < width; column += TFK_LANES)
        sum += load(rows + row * width + column) * load(weight + o * width + column);
      out[row * outputs + o] = bias[o] + sum_of_lanes(sum);
    }
}

TFK_INLINE void sum_outer(const float *rows, const float *x, int64_t count, const int inputs,
                          int32_t width, float *out) {
  for (int column = 0; column < width; column += TFK_LANES) {
    vf sum[TFK_MAXIMUM_INPUTS], plain = {0};
    TFK_UNROLL for (int i = 0; i < inputs; i++) sum[i] = (vf)0;
    for (int64_t row = 0; row < count; row++) {
      vf value = load(rows + row * width + column);
      TFK_UNROLL for (int i = 0; i < inputs; i++) sum[i] += x[row * inputs + i] * value;
      plain += value;
    }
    TFK_UNROLL for (int i = 0; i < inputs; i++) store(out + i * width + column, sum[i]);
    store(out + inputs * width + column, plain);
  }
}

static void outer_sum(const float *rows, const float *x, int64_t count, int32_t inputs,
                      int32_t width, float *out) {
  if (inputs == 5) sum_outer(rows, x, count, 5, width, out);
  else sum_outer(rows, x, count, 6, width, out);
}

static void gate(float *rows, const float *gate, int64_t count) {
  for (int64_t i = 0; i < count; i += TFK_LANES)
    store(rows + i, load(gate + i) > 0 ? load(rows + i) : (vf)0);
}

// MARK: - Elements

static void sigmoid(const float *x, int64_t count, float *out) {
  for (int64_t i = 0; i < count; i += TFK_LANES) {
    int valid = count - i < TFK_LANES ? (int)(count - i) : TFK_LANES;
    vf value = load_some(x + i, valid);
    vf small = exp_of_negative(value < 0 ? value : -value);
    store_some(out + i, (value < 0 ? small : (vf)1) / (1 + small) + 0 * value, valid);
  }
}

#include "DenseBody.h"
#include "RowBody.h"
#include "TextBody.h"

const tfk_kernels TFK_INSTANCE = {
  .name = TFK_NAME,
  .project = project,
  .project_back = project_back,
  .outer_sum = outer_sum,
  .gate = gate,
  .sum_rows = sum_rows,
  .multiply = multiply,
  .layer = layer,
  .logit_back = logit_back,
  .gather_rows = gather_rows,
  .combine_rows = combine_rows,
  .rectify = rectify,
  .column_sums = column_sums,
  .column_moments = column_moments,
  .standardise = standardise,
  .layer_norm = layer_norm,
  .layer_norm_back = layer_norm_back,
  .batch_norm = batch_norm,
  .batch_norm_sums = batch_norm_sums,
  .batch_norm_back = batch_norm_back,
  .gates_back = gates_back,
  .edge_logits = edge_logits,
  .edge_loss = edge_loss,
  .edge_gradient = edge_gradient,
  .edge_pass = edge_pass,
  .sigmoid = sigmoid,
  .field_ends = field_ends,
  .read_doubles = read_doubles,
  .read_integers = read_integers,
  .count_byte = count_byte,
};
