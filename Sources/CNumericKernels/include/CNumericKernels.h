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
  const float *weight;       ///< [edges], a factor on each edge's loss; null for 1
  float positive_weight;     ///< weight of edges with label 1
  float focusing;            ///< exponent of the focal loss, 0 for plain cross entropy
  float scale;               ///< factor on the loss gradient, 1 / edges for a mean
} tfk_edge_target;

#define TFK_NORM_EPSILON 1e-5f ///< added to the variance by every norm

/// A product of matrices: c[rows][width] += a[rows][depth] b[depth][width].
typedef struct {
  const float *a;  ///< a[row * a_row + k * a_step], so that it may be given transposed
  int64_t a_row, a_step;
  const float *b;  ///< b[k * b_row + column]
  int64_t b_row;
  float *c;        ///< c[row * c_row + column]
  int64_t c_row;
  int64_t rows, depth;
  int32_t width;   ///< a multiple of TFK_WIDTH_STEP
} tfk_product;

/// A layer of a perceptron: c[rows][width] = a b + bias, or the gradient behind such a layer.
typedef struct {
  tfk_product product;   ///< what is in c is written over
  const float *bias;     ///< [rows] or [width]; not read with a gate
  const float *gate;     ///< in the places of c: without bias, 0 where it is not above 0; may be null
  int32_t has_row_bias;  ///< whether the bias is [rows]
  int32_t rectified;     ///< whether the result is at least 0
} tfk_layer;

/// Rows of features in chunks of 2^chunk_bits rows.
typedef struct {
  const float *const *features; ///< of each chunk, [chunk's rows][columns]
  const uint8_t *const *label;  ///< of each chunk, [chunk's rows]
  const float *const *weight;   ///< of each chunk, [chunk's rows]
  int32_t columns, chunk_bits;
} tfk_row_table;

/// What follows a norm: gain * x + shift, and at least 0 if rectified.
typedef struct {
  const float *gain, *shift; ///< [width], 0 in the padding
  const float *mask;         ///< [width], 1 and in the padding 0
  int32_t width, real;       ///< with and without padding
  int32_t rectified;
} tfk_norm;

/// Two gates of an edge: each is a sigmoid of a linear function of the edge's row, and opens that row for a sum.
typedef struct {
  const float *gradient_a, *gradient_b; ///< [nodes][width], with respect to the two sums
  const float *weight;                  ///< [2][width]
  int32_t width;
} tfk_gates;

/// One column of a text of numbers whose field ends are known.
typedef struct {
  const uint8_t *text;   ///< readable from 8 bytes before the first field on
  const uint32_t *ends;  ///< end of the column's field in the first row; ends[-1] is the end before it
  int64_t stride;        ///< ends a row
  uint8_t terminator;    ///< the byte that must stand at each end
} tfk_text_column;

/// A hit as the kernels of the detector take it: TFK_HIT_SIZE floats, lengths in mm, fields relative to
/// that in the middle of the magnet.
enum {
  TFK_HIT_X, TFK_HIT_Y, TFK_HIT_Z,
  TFK_HIT_R,                                   ///< distance from the beam line
  TFK_HIT_PHI,
  TFK_HIT_BX, TFK_HIT_BY, TFK_HIT_BZ,          ///< the field there
  TFK_HIT_BEND,                                ///< mean field that bends a straight way from the origin
  TFK_HIT_UX, TFK_HIT_UY, TFK_HIT_UZ,          ///< the module's axes
  TFK_HIT_VX, TFK_HIT_VY, TFK_HIT_VZ,
  TFK_HIT_WX, TFK_HIT_WY, TFK_HIT_WZ,
  TFK_HIT_DEPTH_U, TFK_HIT_DEPTH_V,            ///< the module's thickness over its pitch
  TFK_HIT_SIZE_U, TFK_HIT_SIZE_V,              ///< log(0.5 + the cluster's width in cells)
  TFK_HIT_CHARGE,                              ///< log of the cluster's charge over the thickness
  TFK_HIT_LEAN,                                ///< sign of the correlation of the cluster's u and v
  TFK_HIT_PITCH_V,
  TFK_HIT_BARREL,                              ///< 1 on a layer that is a barrel
  TFK_HIT_SIZE = 32
};

#define TFK_DOUBLET_FEATURES 22
#define TFK_PLACE_FEATURES 10
#define TFK_TRIPLET_FEATURES 31
#define TFK_CURVATURE_BINS 24
#define TFK_PLACE_BINS 48
#define TFK_BUCKETS 64       ///< of azimuth, in every bin of a layer
#define TFK_PACKED_MARGIN 64 ///< values that may be read behind the last of packed hits

/// Pairs of hits.
typedef struct {
  const float *hits;          ///< records
  const int32_t *from, *to;   ///< [count]
  const float *value;         ///< [count], what the table says of each
  int32_t turns;              ///< whether directions follow the circle through the beam line
  int32_t places_only;        ///< whether to leave out the clusters' features, all behind the first TFK_PLACE_FEATURES
} tfk_doublets;

/// Pairs of doublets that share a hit; the doublets stand in the order of their first layer.
typedef struct {
  const float *hits;
  const int32_t *from, *to;                          ///< [doublets]
  const float *curvature, *z0, *score;               ///< [doublets]
  const float *doublet_rows;                         ///< [doublets][doublet_features], or null
  int32_t doublet_features;                          ///< 0 without
  const int32_t *begin, *end;                        ///< [hits], doublets that start at a hit
  const int32_t *first, *second;                     ///< [count]
  int32_t is_screened;                               ///< whether the limits below hold
  float most_curvature;                              ///< 1/mm, of the circle through the three hits
  float most_kink;                                   ///< sine of the angle between the doublets in r and z
} tfk_triplets;

/// Hits of a layer, one array a coordinate.
typedef struct {
  const float *x, *y, *z, *r, *phi;
  const int32_t *hit;
  int64_t count;
} tfk_packed;

/// A layer to search, and what the table allows on the way there.
typedef struct {
  tfk_packed target;
  const int32_t *bucket;    ///< [bins][TFK_BUCKETS + 1], first target of each
  int32_t bins;             ///< along z on a barrel, along r on a disk
  int32_t is_barrel;
  float low, width;         ///< of the bins
  float inner, outer;       ///< extent of the layer in the other coordinate
  float outer_radius;       ///< of all its hits
  const float *table;       ///< [TFK_CURVATURE_BINS][TFK_PLACE_BINS]
  float threshold, most_curvature;
  const int32_t *reach;     ///< [6][TFK_PLACE_BINS], highest bin of curvature allowed in 2^level places; -1 for none
  int32_t highest;          ///< of them all
} tfk_search;

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

  /// out[n] = sum of factor[j * factors] * rows[j] over j = order[i], i in first[n]..<first[n + 1], for nodes
  /// n in low..<high. Without an order j is i, without factors they are 1.
  void (*sum_rows)(const float *rows, const int32_t *first, const int32_t *order,
                   const float *factor, int32_t factors, int64_t low, int64_t high, int32_t width,
                   float *out);

  void (*multiply)(const tfk_product *product);

  /// A value of the result depends on its row of a and its column of b alone, not on their places.
  void (*layer)(const tfk_layer *layer);

  /// Through logit[i] = rows[i] weight and the rectifier before it: gradient[i][width] = slope[i] * weight
  /// where rows[i] is above 0; adds to weight_sum[width].
  void (*logit_back)(const float *slope, const float *weight, const float *rows, int64_t count,
                     int32_t width, float *gradient, float *weight_sum);

  /// out[count][columns] = (row - mean) * scale of the table's rows order[i], with label and weight.
  void (*gather_rows)(const tfk_row_table *table, const uint32_t *order, int64_t count,
                      const float *mean, const float *scale, float *out, uint8_t *label,
                      float *weight);

  /// out[i] = row + a[index_a[i]] + b[index_b[i]] for `count` rows. Without a row out[i] stands for it,
  /// without an index i; b may be left out, and with a row a too.
  void (*combine_rows)(const float *row, const float *a, const int32_t *index_a, const float *b,
                       const int32_t *index_b, int64_t count, int32_t width, float *out);

  /// out[i] = max(rows[i], 0).
  void (*rectify)(const float *rows, int64_t count, float *out);

  /// out[width] += sum over rows.
  void (*column_sums)(const float *rows, int64_t count, int32_t width, float *out);

  /// Adds the columns' sums and sums of squares.
  void (*column_moments)(const float *rows, int64_t count, int32_t width, double *sums,
                         double *squares);

  /// out[i][k] = (x[i][k] - mean[k]) * scale[k].
  void (*standardise)(const float *x, int64_t count, int32_t columns, const float *mean,
                      const float *scale, float *out);

  /// Each row less its mean, over the root of its variance + epsilon: kept in `normalised` (which may be
  /// `rows`), with the factor in `inverse` unless null; then gain, shift and rectifier.
  void (*layer_norm)(const tfk_norm *norm, const float *rows, int64_t count, float *normalised,
                     float *inverse, float *out);

  /// From the gradient at the output to that at the rows, in place; adds to the sums [width].
  void (*layer_norm_back)(const tfk_norm *norm, float *gradient, const float *normalised,
                          const float *inverse, int64_t count, float *gain_sum, float *shift_sum);

  /// The same with a given mean and inverse deviation of each column.
  void (*batch_norm)(const tfk_norm *norm, const float *mean, const float *inverse,
                     const float *rows, int64_t count, float *normalised, float *out);

  /// Takes the gradient back behind the rectifier, in place, and adds to the sums [width].
  void (*batch_norm_sums)(const tfk_norm *norm, float *gradient, const float *normalised,
                          int64_t count, float *gain_sum, float *shift_sum);

  /// From there to the gradient at the rows, in place, with the sums' means over all rows.
  void (*batch_norm_back)(const tfk_norm *norm, const float *inverse, const float *gain_mean,
                          const float *shift_mean, float *gradient, const float *normalised,
                          int64_t count);

  /// Adds to the gradient at an edge's row what two gated sums give, sum a at index_a[i] and sum b at
  /// index_b[i]; adds to the sums over edges for the gates' weight [2][width] and bias [2].
  void (*gates_back)(const tfk_gates *gates, const float *state, const float *gate,
                     const int32_t *index_a, const int32_t *index_b, int64_t count,
                     float *gradient, float *weight_sum, float *bias_sum);

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

  /// Features of pairs, out[TFK_DOUBLET_FEATURES or TFK_PLACE_FEATURES][stride], and their circles through the beam line; either
  /// may be left out. `stride` is a multiple of TFK_WIDTH_STEP and not below `count`.
  void (*doublet_features)(const tfk_doublets *doublets, int64_t count, int64_t stride, float *out,
                           float *curvature, float *z0, float *slope);

  /// Features of triplets, out[TFK_TRIPLET_FEATURES + 2 doublet_features][stride].
  void (*triplet_features)(const tfk_triplets *triplets, int64_t count, int64_t stride, float *out);

  /// The triplets that begin with the doublets low..<high, until no room is left; `next` is where to go on.
  int64_t (*triplet_pairs)(const tfk_triplets *triplets, int64_t low, int64_t high,
                           int64_t capacity, int32_t *first, int32_t *second, int64_t *next);

  /// The pairs that the table allows from the sources first..<last, until no room is left.
  int64_t (*find_candidates)(const tfk_search *search, const tfk_packed *source, int64_t first,
                             int64_t last, int64_t capacity, int32_t *from, int32_t *to,
                             float *value, int64_t *next);

  /// Adds to counts[TFK_CURVATURE_BINS][TFK_PLACE_BINS] all pairs within the largest curvature.
  void (*count_candidates)(const tfk_search *search, const tfk_packed *source, int64_t first,
                           int64_t last, double *counts);

  /// The table's cell of each pair, -1 beyond the largest curvature.
  void (*candidate_cells)(const float *hits, const int32_t *from, const int32_t *to, int64_t count,
                          float most_curvature, int32_t *cells);

  /// How often a byte stands in a text.
  int64_t (*count_byte)(const uint8_t *text, int64_t count, uint8_t byte);
} tfk_kernels;

/// The instances that were compiled in, best first; null past the last.
const tfk_kernels *tfk_instance(int32_t index);

/// Whether this processor can run an instance.
int32_t tfk_is_supported(const tfk_kernels *instance);

#endif
