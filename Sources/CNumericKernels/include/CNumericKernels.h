// The loops of the edge classifier that must run at the machine's limit.
//
// Every matrix is row-major in float; `width` is the hidden width, padded with zeros to a multiple
// of TFK_WIDTH_STEP. Rows are best aligned to 64 bytes. Nothing here allocates, and no function
// depends on anything but its arguments, so that callers may run them in any thread.
#ifndef TRACKFLOW_NUMERIC_KERNELS_H
#define TRACKFLOW_NUMERIC_KERNELS_H

#include <stdint.h>

#define TFK_WIDTH_STEP 16
#define TFK_MAXIMUM_INPUTS 6 ///< `inputs` is 5 (node features) or 6 (with the summed logit)

/// A layer over edges whose hidden row is relu(end_term[end] + start_term[start]).
typedef struct {
  const float *end_term;     ///< [nodes][width]
  const float *start_term;   ///< [nodes][width]
  const float *weight;       ///< [width], hidden row to logit
  float bias;                ///< of the logit
  int32_t width;
  const int32_t *first_edge; ///< [nodes + 1], compressed rows by start node
  const int32_t *end;        ///< [edges], end node
  const int32_t *slot;       ///< [edges], row of `end_sums` that stands for the end node
} tfk_edge_layer;

/// What the loss is taken against.
typedef struct {
  const uint8_t *label;      ///< [edges], 0 or 1
  float positive_weight;     ///< weight of edges with label 1
  float scale;               ///< factor on the loss gradient, 1 / edges for a mean
} tfk_edge_target;

/// One column of a text of numbers whose field ends are known.
typedef struct {
  const uint8_t *text;   ///< readable from 8 bytes before the first field on
  const uint32_t *ends;  ///< end of the column's field in the first row; ends[-1] is the end before it
  int64_t stride;        ///< ends a row
  uint8_t terminator;    ///< the byte that must stand at each end
} tfk_text_column;

/// The same functions compiled for one instruction set.
typedef struct {
  const char *name;

  /// out[count][width] = x[count][inputs] weight[inputs][width] + bias[width]; if rectify, at
  /// least 0.
  void (*project)(const float *x, int64_t count, int32_t inputs, const float *weight,
                  const float *bias, int32_t width, int32_t rectify, float *out);

  /// out[count][outputs] = rows[count][width] weight[outputs][width]^T + bias[outputs].
  void (*project_back)(const float *rows, int64_t count, int32_t width, const float *weight,
                       const float *bias, int32_t outputs, float *out);

  /// out[inputs + 1][width]: sums over the rows of x[i] * row for each input, then of the row itself.
  void (*outer_sum)(const float *rows, const float *x, int64_t count, int32_t inputs,
                    int32_t width, float *out);

  /// rows[i] = 0 where gate[i] is not above 0.
  void (*gate)(float *rows, const float *gate, int64_t count);

  /// out[i] = sum of slab[slot[j]] over j in first[i]..<first[i + 1], for nodes low..<high.
  void (*sum_slots)(const float *slab, const int32_t *first, const int32_t *slot, int64_t low,
                    int64_t high, int32_t width, float *out);

  /// Logits of the edges of the start nodes low..<high.
  void (*edge_logits)(const tfk_edge_layer *layer, int64_t low, int64_t high, float *logit);

  /// Sum of the weighted binary cross entropy of `count` logits from edge `first` on, and its
  /// gradient times target.scale; `gradient` may be null.
  double (*edge_loss)(const tfk_edge_target *target, int64_t first, int64_t count,
                      const float *logit, float *gradient);

  /// Sums of the logit's gradient over the edges with a hidden value above 0: added to
  /// end_sums[slot][width], written to start_sums[start][width].
  void (*edge_gradient)(const tfk_edge_layer *layer, int64_t low, int64_t high,
                        const float *gradient, float *end_sums, float *start_sums);

  /// edge_logits, edge_loss and edge_gradient, done while an edge's rows are in the cache.
  double (*edge_pass)(const tfk_edge_layer *layer, const tfk_edge_target *target, int64_t low,
                      int64_t high, float *logit, float *gradient, float *end_sums,
                      float *start_sums);

  /// out[i] = 1 / (1 + exp(-x[i])).
  void (*sigmoid)(const float *x, int64_t count, float *out);

  /// Places of the bytes below '-' (comma, line feed and what else is no part of a number) in
  /// text[start..<end], in order; up to 8 more places are written over. Gives their number.
  int64_t (*field_ends)(const uint8_t *text, int64_t start, int64_t end, uint32_t *places);

  /// Reads numbers of up to eight characters, a sign apart; odd[..odd_count] are the rows of others,
  /// whose values are to be set by the caller. Gives the rows before a field with a wrong end.
  int64_t (*read_doubles)(const tfk_text_column *column, int64_t rows, double *out, uint32_t *odd,
                          int64_t *odd_count);
  /// The same for whole numbers.
  int64_t (*read_integers)(const tfk_text_column *column, int64_t rows, int32_t *out,
                           uint32_t *odd, int64_t *odd_count);

  /// How often a byte stands in a text.
  int64_t (*count_byte)(const uint8_t *text, int64_t count, uint8_t byte);
} tfk_kernels;

/// The instances that were compiled in, best first; null past the last.
const tfk_kernels *tfk_instance(int32_t index);

/// Whether this processor can run an instance.
int32_t tfk_is_supported(const tfk_kernels *instance);

#endif
