// Features of pairs and triples of hits.
#include "DetectorMath.h"

/// The records of as many hits as a vector has lanes.
typedef struct {
  const float *record[TFK_LANES];
} hit_lanes;

TFK_INLINE hit_lanes hits_at(const float *hits, const int32_t *index, int64_t first, int64_t count) {
  hit_lanes lanes;
  TFK_UNROLL for (int lane = 0; lane < TFK_LANES; lane++) {
    int64_t row = first + lane < count ? first + lane : count - 1;
    lanes.record[lane] = hits + (int64_t)index[row] * TFK_HIT_SIZE;
  }
  return lanes;
}

TFK_INLINE vf field_of(const hit_lanes *hits, const int field) {
  vf value;
  TFK_UNROLL for (int lane = 0; lane < TFK_LANES; lane++) value[lane] = hits->record[lane][field];
  return value;
}

/// values[index[first + lane]], the last row standing in for those behind it.
TFK_INLINE vf values_at(const float *values, const int32_t *index, int64_t first, int64_t count) {
  vf value;
  TFK_UNROLL for (int lane = 0; lane < TFK_LANES; lane++) {
    int64_t row = first + lane < count ? first + lane : count - 1;
    value[lane] = values[index[row]];
  }
  return value;
}

/// How well a hit's cluster fits a direction (dx, dy transverse and of unit length, slope dz/ds): six features.
TFK_INLINE void cluster_features(const hit_lanes *hit, vf dx, vf dy, vf slope, float *out,
                                 int64_t stride) {
  vf du = field_of(hit, TFK_HIT_UX) * dx + field_of(hit, TFK_HIT_UY) * dy + field_of(hit, TFK_HIT_UZ) * slope;
  vf dv = field_of(hit, TFK_HIT_VX) * dx + field_of(hit, TFK_HIT_VY) * dy + field_of(hit, TFK_HIT_VZ) * slope;
  vf dw = field_of(hit, TFK_HIT_WX) * dx + field_of(hit, TFK_HIT_WY) * dy + field_of(hit, TFK_HIT_WZ) * slope;
  vf steep = 1 / (magnitude(dw) + 1e-3f);
  vf u = magnitude(du) * steep * field_of(hit, TFK_HIT_DEPTH_U);
  vf v = magnitude(dv) * steep * field_of(hit, TFK_HIT_DEPTH_V);
  vf size_u = field_of(hit, TFK_HIT_SIZE_U), size_v = field_of(hit, TFK_HIT_SIZE_V);
  store(out, log_of(1 + u) - size_u);
  store(out + stride, log_of(1 + v) - size_v);
  store(out + 2 * stride, field_of(hit, TFK_HIT_CHARGE) - log_of(root(1 + slope * slope) * steep));
  store(out + 3 * stride, size_u);
  store(out + 4 * stride, size_v);
  store(out + 5 * stride,
        with_sign(field_of(hit, TFK_HIT_LEAN), du * dv) * least(u, (vf)1) * least(v, (vf)1));
}

TFK_INLINE vf slope_feature(vf slope) { return slope / (1 + 0.3f * magnitude(slope)); }

/// Signed curvature, place and slope of the circle through the beam line and two hits.
TFK_INLINE void beam_circle(const hit_lanes *a, const hit_lanes *b, vf *c, vf *z0, vf *slope) {
  vf xa = field_of(a, TFK_HIT_X), ya = field_of(a, TFK_HIT_Y), za = field_of(a, TFK_HIT_Z);
  vf xb = field_of(b, TFK_HIT_X), yb = field_of(b, TFK_HIT_Y), zb = field_of(b, TFK_HIT_Z);
  vf ra = field_of(a, TFK_HIT_R), rb = field_of(b, TFK_HIT_R);
  vf dx = xb - xa, dy = yb - ya;
  vf d = root(dx * dx + dy * dy) + 1e-6f;
  *c = 2 * (xa * yb - ya * xb) / (ra * rb * d);
  vf h = largest(0.5f * magnitude(*c), (vf)1e-12f);
  vf way_a = way_out(ra, h), way_b = way_out(rb, h);
  vf ds = way_b - way_a;
  ds = magnitude(ds) < 1e-3f ? with_sign((vf)1e-3f, ds) : ds;
  *slope = (zb - za) / ds;
  *z0 = za - *slope * way_a;
}

static void doublet_features(const tfk_doublets *doublets, int64_t count, int64_t stride, float *out,
                             float *curvature, float *z0, float *slope) {
  for (int64_t row = 0; row < count; row += TFK_LANES) {
    hit_lanes a = hits_at(doublets->hits, doublets->from, row, count);
    hit_lanes b = hits_at(doublets->hits, doublets->to, row, count);
    vf c, place, tl;
    beam_circle(&a, &b, &c, &place, &tl);
    if (curvature) {
      int valid = count - row < TFK_LANES ? (int)(count - row) : TFK_LANES;
      store_some(curvature + row, c, valid);
      store_some(z0 + row, place, valid);
      store_some(slope + row, tl, valid);
    }
    if (!out) continue;
    vf dx = field_of(&b, TFK_HIT_X) - field_of(&a, TFK_HIT_X);
    vf dy = field_of(&b, TFK_HIT_Y) - field_of(&a, TFK_HIT_Y);
    vf d = root(dx * dx + dy * dy) + 1e-6f;
    dx /= d;
    dy /= d;
    float *to = out + row;
    int valid = count - row < TFK_LANES ? (int)(count - row) : TFK_LANES;
    store(to, log_of(load_some(doublets->value + row, valid) + 1e-9f) * 0.2f + 2);
    store(to + stride, magnitude(c) * 300);
    vf far = asinh_of(place * 0.1f);
    store(to + 2 * stride, far);
    store(to + 3 * stride, magnitude(far));
    store(to + 4 * stride, slope_feature(tl));
    store(to + 5 * stride, field_of(&a, TFK_HIT_R) * 0.003f);
    store(to + 6 * stride, field_of(&b, TFK_HIT_R) * 0.003f);
    store(to + 7 * stride, magnitude(field_of(&a, TFK_HIT_Z)) * 0.001f);
    store(to + 8 * stride, magnitude(field_of(&b, TFK_HIT_Z)) * 0.001f);
    store(to + 9 * stride, d * 0.005f);
    if (doublets->places_only) continue;
    vf sine = doublets->turns ? least(largest(0.5f * c * d, (vf)-1), (vf)1) : (vf)0;
    vf cosine = root(1 - sine * sine);
    cluster_features(&a, dx * cosine + dy * sine, dy * cosine - dx * sine, tl, to + 10 * stride, stride);
    cluster_features(&b, dx * cosine - dy * sine, dy * cosine + dx * sine, tl, to + 16 * stride, stride);
  }
}

/// Along a transverse unit vector t with slope l: the field that bends the track, and that which turns its slope.
TFK_INLINE void bending(vf bx, vf by, vf bz, vf tx, vf ty, vf l, vf *bend, vf *turn) {
  *bend = bz - l * (bx * tx + by * ty);
  *turn = tx * by - ty * bx;
}

/// A mean field to divide by: without a field there is nothing to compare with.
TFK_INLINE vf no_zero(vf bend) { return magnitude(bend) < 1e-3f ? with_sign((vf)1e-3f, bend) : bend; }

static void triplet_features(const tfk_triplets *t, int64_t count, int64_t stride, float *out) {
  int32_t from[TFK_LANES], middle[TFK_LANES], to[TFK_LANES];
  for (int64_t row = 0; row < count; row += TFK_LANES) {
    TFK_UNROLL for (int lane = 0; lane < TFK_LANES; lane++) {
      int64_t at = row + lane < count ? row + lane : count - 1;
      from[lane] = t->from[t->first[at]];
      middle[lane] = t->to[t->first[at]];
      to[lane] = t->to[t->second[at]];
    }
    hit_lanes a = hits_at(t->hits, from, 0, TFK_LANES);
    hit_lanes b = hits_at(t->hits, middle, 0, TFK_LANES);
    hit_lanes c = hits_at(t->hits, to, 0, TFK_LANES);
    vf c1 = values_at(t->curvature, t->first, row, count), c2 = values_at(t->curvature, t->second, row, count);
    vf xa = field_of(&a, TFK_HIT_X), ya = field_of(&a, TFK_HIT_Y), za = field_of(&a, TFK_HIT_Z);
    vf xb = field_of(&b, TFK_HIT_X), yb = field_of(&b, TFK_HIT_Y), zb = field_of(&b, TFK_HIT_Z);
    vf xc = field_of(&c, TFK_HIT_X), yc = field_of(&c, TFK_HIT_Y), zc = field_of(&c, TFK_HIT_Z);
    vf ra = field_of(&a, TFK_HIT_R), rb = field_of(&b, TFK_HIT_R), rc = field_of(&c, TFK_HIT_R);
    vf x1 = xb - xa, y1 = yb - ya, x2 = xc - xb, y2 = yc - yb, x3 = x1 + x2, y3 = y1 + y2;
    vf d1 = root(x1 * x1 + y1 * y1) + 1e-3f, d2 = root(x2 * x2 + y2 * y2) + 1e-3f;
    vf d3 = root(x3 * x3 + y3 * y3) + 1e-3f;
    vf c3 = 2 * (x1 * y2 - y1 * x2) / (d1 * d2 * d3);
    vf residual = 0.5f * (c3 - c1) * d2 * d3;
    vf s1 = arc_over(d1, c3), s2 = arc_over(d2, c3);
    vf l1 = (zb - za) / s1, l2 = (zc - zb) / s2;
    vf residual_z = with_sign(zc - zb - l1 * s2, l1);
    // The tangent at the middle hit, and the circle's nearest distance to the beam line.
    vf sine = least(largest(0.5f * c3 * d1, (vf)-1), (vf)1), cosine = root(1 - sine * sine);
    vf tx = (x1 * cosine - y1 * sine) / d1, ty = (x1 * sine + y1 * cosine) / d1;
    vf radius = 1 / (c3 + with_sign((vf)1e-7f, c3));
    vf lever = xb * ty - yb * tx;
    vf cx = xb - ty * radius, cy = yb + tx * radius;
    vf d0 = (rb * rb - 2 * radius * lever) / (root(cx * cx + cy * cy) + magnitude(radius));
    vf z03 = za - l1 * arc_over(ra, c3);
    float *f = out + row;
    store(f, values_at(t->score, t->first, row, count));
    store(f + stride, values_at(t->score, t->second, row, count));
    vf value = asinh_of(with_sign(residual, c1) * 5);
    store(f + 2 * stride, value);
    store(f + 3 * stride, magnitude(value));
    value = asinh_of(residual_z * 5);
    store(f + 4 * stride, value);
    store(f + 5 * stride, magnitude(value));
    value = asinh_of((l2 - l1) * 50);
    store(f + 6 * stride, value);
    store(f + 7 * stride, magnitude(value));
    store(f + 8 * stride, magnitude(c3) * 300);
    store(f + 9 * stride, magnitude(c1) * 300);
    value = asinh_of(d0);
    store(f + 10 * stride, value);
    store(f + 11 * stride, magnitude(value));
    store(f + 12 * stride, magnitude(asinh_of(values_at(t->z0, t->first, row, count) * 0.1f)));
    store(f + 13 * stride, magnitude(asinh_of(z03 * 0.1f)));
    store(f + 14 * stride, slope_feature(magnitude(l1)));
    store(f + 15 * stride, ra * 0.003f);
    store(f + 16 * stride, rb * 0.003f);
    store(f + 17 * stride, rc * 0.003f);
    store(f + 18 * stride, magnitude(za) * 0.001f);
    store(f + 19 * stride, magnitude(zb) * 0.001f);
    store(f + 20 * stride, magnitude(zc) * 0.001f);
    store(f + 21 * stride, d1 * 0.005f);
    store(f + 22 * stride, d2 * 0.005f);
    store(f + 23 * stride, asinh_of(with_sign((c2 - c1) * 1000, c1)));
    // The same in the true field.
    vf bx = (field_of(&a, TFK_HIT_BX) + field_of(&b, TFK_HIT_BX) + field_of(&c, TFK_HIT_BX)) * (1.0f / 3);
    vf by = (field_of(&a, TFK_HIT_BY) + field_of(&b, TFK_HIT_BY) + field_of(&c, TFK_HIT_BY)) * (1.0f / 3);
    vf bz = (field_of(&a, TFK_HIT_BZ) + field_of(&b, TFK_HIT_BZ) + field_of(&c, TFK_HIT_BZ)) * (1.0f / 3);
    vf bend_a = field_of(&a, TFK_HIT_BEND), bend_b = field_of(&b, TFK_HIT_BEND), bend_c = field_of(&c, TFK_HIT_BEND);
    vf slope = (zc - za) / (s1 + s2), bend, turn;
    bending(bx, by, bz, x3 / d3, y3 / d3, slope, &bend, &turn);
    vf n1 = c1 / no_zero(0.5f * (bend_a + bend_b)), n2 = c2 / no_zero(0.5f * (bend_b + bend_c));
    value = asinh_of(with_sign(0.5f * (c3 - n1 * bend) * d2 * d3, c1) * 5);
    store(f + 24 * stride, value);
    store(f + 25 * stride, magnitude(value));
    store(f + 26 * stride, asinh_of(with_sign((n2 - n1) * 1000, c1)));
    vf n = magnitude(bend) > 0.3f ? c3 / bend : n1;
    store(f + 27 * stride, magnitude(asinh_of(0.5f * n * rb * rb * bend_b - lever)));
    vf dl = -n * turn * (1 + slope * slope);
    value = asinh_of(with_sign(zc - zb - l1 * s2 - 0.5f * s2 * (s1 + s2) * dl, l1) * 5);
    store(f + 28 * stride, value);
    store(f + 29 * stride, magnitude(value));
    store(f + 30 * stride, asinh_of((l2 - l1 - 0.5f * (s1 + s2) * dl) * 50));
    // Both doublets' own features, where asked for.
    for (int feature = 0; feature < t->doublet_features; feature++) {
      const float *from_feature = t->doublet_rows + feature;
      vf one, two;
      TFK_UNROLL for (int lane = 0; lane < TFK_LANES; lane++) {
        int64_t at = row + lane < count ? row + lane : count - 1;
        one[lane] = from_feature[(int64_t)t->first[at] * t->doublet_features];
        two[lane] = from_feature[(int64_t)t->second[at] * t->doublet_features];
      }
      store(f + (31 + feature) * stride, one);
      store(f + (31 + t->doublet_features + feature) * stride, two);
    }
  }
}

/// Whether three hits bend and kink no more than asked for.
TFK_INLINE int is_smooth(const tfk_triplets *t, const float *a, const float *b, const float *c) {
  float x1 = b[TFK_HIT_X] - a[TFK_HIT_X], y1 = b[TFK_HIT_Y] - a[TFK_HIT_Y];
  float x2 = c[TFK_HIT_X] - b[TFK_HIT_X], y2 = c[TFK_HIT_Y] - b[TFK_HIT_Y];
  if (x1 * x2 + y1 * y2 < 0) return 0;
  float d1 = x1 * x1 + y1 * y1, d2 = x2 * x2 + y2 * y2;
  float x3 = x1 + x2, y3 = y1 + y2, cross = x1 * y2 - y1 * x2;
  if (4 * cross * cross > t->most_curvature * t->most_curvature * d1 * d2 * (x3 * x3 + y3 * y3)) return 0;
  float z1 = b[TFK_HIT_Z] - a[TFK_HIT_Z], z2 = c[TFK_HIT_Z] - b[TFK_HIT_Z];
  float kink = z1 * __builtin_sqrtf(d2) - z2 * __builtin_sqrtf(d1);
  return kink * kink <= t->most_kink * t->most_kink * (d1 + z1 * z1) * (d2 + z2 * z2);
}

static int64_t triplet_pairs(const tfk_triplets *t, int64_t low, int64_t high, int64_t capacity,
                             int32_t *first, int32_t *second, int64_t *next) {
  int64_t count = 0;
  int64_t edge = low;
  for (; edge < high; edge++) {
    int32_t middle = t->to[edge];
    int32_t begin = t->begin[middle], end = t->end[middle];
    if (count + (end - begin) > capacity) break;
    const float *a = t->hits + (int64_t)t->from[edge] * TFK_HIT_SIZE;
    const float *b = t->hits + (int64_t)middle * TFK_HIT_SIZE;
    for (int32_t onward = begin; onward < end; onward++) {
      first[count] = (int32_t)edge;
      second[count] = onward;
      count += t->is_screened
                   ? is_smooth(t, a, b, t->hits + (int64_t)t->to[onward] * TFK_HIT_SIZE)
                   : 1;
    }
  }
  *next = edge;
  return count;
}
