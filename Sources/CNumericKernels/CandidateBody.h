// The search for pairs of hits that a table allows.

/// Bin of a place along the beam line: even steps of asinh(z0 / 4 mm) from -6.5 to 6.5.
TFK_INLINE vi place_bin(vf z0) {
  vf bin = (asinh_of(z0 * 0.25f) + 6.5f) * (TFK_PLACE_BINS / 13.0f);
  bin = least(largest(bin, (vf)0), (vf)(TFK_PLACE_BINS - 1));
  return __builtin_convertvector(bin, vi);
}

/// Bin of a curvature: even steps of its root. TFK_CURVATURE_BINS or more where it is too large.
TFK_INLINE vi curvature_bin(vf c, float most) {
  vf bin = root(magnitude(c) * (1 / most)) * TFK_CURVATURE_BINS;
  return __builtin_convertvector(least(bin, (vf)1e6f), vi);
}

TFK_INLINE vi numbers_at(const int32_t *numbers, vi index) {
  vi value;
  TFK_UNROLL for (int lane = 0; lane < TFK_LANES; lane++) value[lane] = numbers[index[lane]];
  return value;
}

TFK_INLINE float half_curvature(const tfk_search *s, int bin) {
  return 0.5f * s->most_curvature * (float)(bin * bin) / (TFK_CURVATURE_BINS * TFK_CURVATURE_BINS);
}

/// The places on the beam line that lines from a hit into each of the target's bins can come from.
TFK_INLINE void place_range(const tfk_search *s, float r1, float z1, vf low, vf high, vf *from, vf *to) {
  float h = half_curvature(s, s->highest + 1);
  vf v0, v1, v2, v3;
  if (s->is_barrel) {
    if (s->inner - r1 < 1) {
      *from = (vf)-1e5f;
      *to = (vf)1e5f;
      return;
    }
    float outermost = s->outer > r1 + 1 ? s->outer : r1 + 1;
    float he = h < 0.9999f / outermost ? h : 0.9999f / outermost;
    vf near = asin_of((vf)(r1 * he)) / he;
    float curved = (near / largest(asin_of((vf)(outermost * he)) / he - near, (vf)1))[0];
    float straight = r1 / (outermost - r1);
    float k0 = r1 / (s->inner - r1), k1 = straight < curved ? straight : curved;
    v0 = z1 - (low - z1) * k0;
    v1 = z1 - (high - z1) * k0;
    v2 = z1 - (low - z1) * k1;
    v3 = z1 - (high - z1) * k1;
  } else {
    vi above = low > r1;
    vi beside = (low - 3 - r1) * (high + 3 - r1) <= 0;
    vf he = least((vf)h, 0.9999f / largest(high, (vf)r1));
    vf near = asin_of(r1 * he) / he, arc_low = asin_of(low * he) / he, arc_high = asin_of(high * he) / he;
    vf qa = r1 / (low - r1), qb = r1 / (high - r1);
    vf qc = near / largest(magnitude(arc_low - near), (vf)0.5f);
    vf qd = near / largest(magnitude(arc_high - near), (vf)0.5f);
    qc = above ? qc : -qc;
    qd = above ? qd : -qd;
    vf least_q = least(least(qa, qb), least(qc, qd)), most_q = largest(largest(qa, qb), largest(qc, qd));
    float near_z = s->inner - z1, far_z = s->outer - z1;
    v0 = z1 - near_z * least_q;
    v1 = z1 - near_z * most_q;
    v2 = z1 - far_z * least_q;
    v3 = z1 - far_z * most_q;
    v0 = beside ? (vf)-1e5f : v0;
    v1 = beside ? (vf)1e5f : v1;
  }
  *from = least(least(v0, v1), least(v2, v3)) - 0.5f;
  *to = largest(largest(v0, v1), largest(v2, v3)) + 0.5f;
}

/// Largest curvature bin that the table allows anywhere between two places; -1 for none.
TFK_INLINE vi reach_between(const tfk_search *s, vi from, vi to) {
  vi span = to - from;
  vi level = (span >= 1 ? (vi)1 : (vi)0) + (span >= 3 ? (vi)1 : (vi)0) + (span >= 7 ? (vi)1 : (vi)0) +
             (span >= 15 ? (vi)1 : (vi)0) + (span >= 31 ? (vi)1 : (vi)0);
  vi size = (vi)1 << level;
  vi one = numbers_at(s->reach, level * TFK_PLACE_BINS + from);
  vi two = numbers_at(s->reach, level * TFK_PLACE_BINS + to - size + 1);
  return one > two ? one : two;
}

typedef struct {
  int64_t count;
  int32_t *from, *to;
  float *value;
} candidate_list;

/// Adds those of the targets low..<high that the table allows for a hit.
TFK_INLINE void add_candidates(const tfk_search *s, const tfk_packed *a, int64_t source, int64_t low,
                               int64_t high, candidate_list *list) {
  const tfk_packed *b = &s->target;
  float xa = a->x[source], ya = a->y[source], za = a->z[source], ra = a->r[source];
  for (int64_t k = low; k < high; k += TFK_LANES) {
    vf xb = load(b->x + k), yb = load(b->y + k), zb = load(b->z + k), rb = load(b->r + k);
    vf dx = xb - xa, dy = yb - ya;
    vf c = 2 * (xa * yb - ya * xb) / (ra * rb * (root(dx * dx + dy * dy) + 1e-6f));
    vi bin = curvature_bin(c, s->most_curvature);
    vi keep = (bin <= s->highest) & (lane_index() < (int32_t)(high - k));
    if (!any_lane(keep)) continue;
    vf h = largest(0.5f * magnitude(c), (vf)1e-12f);
    vf way_a = way_out((vf)ra, h), way_b = way_out(rb, h);
    vf ds = way_b - way_a;
    ds = magnitude(ds) < 1e-3f ? with_sign((vf)1e-3f, ds) : ds;
    vf z0 = za - (zb - za) / ds * way_a;
    vi cell = (keep ? bin : (vi)0) * TFK_PLACE_BINS + place_bin(z0);
    vf value;
    TFK_UNROLL for (int lane = 0; lane < TFK_LANES; lane++) value[lane] = s->table[cell[lane]];
    keep &= value >= s->threshold;
    if (!any_lane(keep)) continue;
    for (int lane = 0; lane < TFK_LANES; lane++) {
      list->from[list->count] = a->hit[source];
      list->to[list->count] = b->hit[k + lane];
      list->value[list->count] = value[lane];
      list->count -= keep[lane];
    }
  }
}

TFK_INLINE void search_bin(const tfk_search *s, const tfk_packed *a, int64_t source, int bin,
                           float window, candidate_list *list) {
  const int32_t *bucket = s->bucket + (int64_t)bin * (TFK_BUCKETS + 1);
  const float turn = 6.283185307f;
  float azimuth = a->phi[source] + 0.5f * turn;
  int low = (int)__builtin_floorf((azimuth - window) * (TFK_BUCKETS / turn));
  int high = (int)__builtin_floorf((azimuth + window) * (TFK_BUCKETS / turn));
  if (high - low + 1 >= TFK_BUCKETS) {
    low = 0;
    high = TFK_BUCKETS - 1;
  }
  if (low < 0) {
    add_candidates(s, a, source, bucket[low + TFK_BUCKETS], bucket[TFK_BUCKETS], list);
    low = 0;
  }
  if (high >= TFK_BUCKETS) {
    add_candidates(s, a, source, bucket[low], bucket[TFK_BUCKETS], list);
    add_candidates(s, a, source, bucket[0], bucket[high - TFK_BUCKETS + 1], list);
  } else {
    add_candidates(s, a, source, bucket[low], bucket[high + 1], list);
  }
}

static int64_t find_candidates(const tfk_search *s, const tfk_packed *a, int64_t first, int64_t last,
                               int64_t capacity, int32_t *from, int32_t *to, float *value,
                               int64_t *next) {
  candidate_list list = {0, from, to, value};
  int64_t source = first;
  for (; source < last; source++) {
    // A hit has at most as many candidates as the target has hits; a vector more is written over.
    if (list.count + s->target.count + TFK_LANES > capacity) break;
    float r1 = a->r[source], z1 = a->z[source];
    for (int bin = 0; bin < s->bins; bin += TFK_LANES) {
      vf low = s->low + s->width * __builtin_convertvector(lane_index() + bin, vf);
      vf high = low + s->width, place_low, place_high;
      place_range(s, r1, z1, low, high, &place_low, &place_high);
      vi bin_low = place_bin(place_low), bin_high = place_bin(place_high);
      vi reach = reach_between(s, bin_low, bin_high);
      reach = lane_index() + bin < s->bins ? reach : (vi)-1;
      if (!any_lane(reach >= 0)) continue;
      vf root_h = __builtin_convertvector(reach + 1, vf) * (1.0f / TFK_CURVATURE_BINS);
      vf h = 0.5f * s->most_curvature * root_h * root_h;
      // No circle that a hit is on bends more; towards smaller radii the widest window is that circle's.
      vf bent = least(h, (vf)(1 / r1));
      vf own = asin_of(r1 * bent);
      vf far = s->is_barrel ? (vf)s->outer : high;
      vf window = magnitude(asin_of(far * bent) - own);
      if (s->is_barrel) window = largest(window, magnitude(asin_of(s->inner * bent) - own));
      else window = largest(window, magnitude(asin_of(low * bent) - own));
      window = far * h >= 1 ? (vf)1.57079633f : window * 1.02f + 0.001f;
      for (int lane = 0; lane < TFK_LANES; lane++)
        if (reach[lane] >= 0) search_bin(s, a, source, bin + lane, window[lane], &list);
    }
  }
  *next = source;
  return list.count;
}

/// Adds up, in every cell of the table, the pairs that a hit can make at all.
static void count_candidates(const tfk_search *s, const tfk_packed *a, int64_t first, int64_t last,
                             double *counts) {
  const tfk_packed *b = &s->target;
  for (int64_t source = first; source < last; source++) {
    float xa = a->x[source], ya = a->y[source], za = a->z[source], ra = a->r[source];
    float widest = 0.5f * s->most_curvature * (s->outer_radius + ra);
    float window = widest >= 0.8f ? 1.0f : asin_of((vf)widest)[0];
    for (int bin = 0; bin < s->bins; bin++) {
      const int32_t *bucket = s->bucket + (int64_t)bin * (TFK_BUCKETS + 1);
      const float turn = 6.283185307f;
      float azimuth = a->phi[source] + 0.5f * turn;
      int low = (int)__builtin_floorf((azimuth - window) * (TFK_BUCKETS / turn));
      int high = (int)__builtin_floorf((azimuth + window) * (TFK_BUCKETS / turn));
      for (int part = 0; part < 3; part++) {
        // The window in buckets -64..<0, 0..<64 and 64..<128, the same place each time.
        int begin = low - (part - 1) * TFK_BUCKETS, end = high + 1 - (part - 1) * TFK_BUCKETS;
        begin = begin < 0 ? 0 : begin;
        end = end > TFK_BUCKETS ? TFK_BUCKETS : end;
        if (begin >= end) continue;
        int64_t stop = bucket[end];
        for (int64_t k = bucket[begin]; k < stop; k += TFK_LANES) {
          vf xb = load(b->x + k), yb = load(b->y + k), zb = load(b->z + k), rb = load(b->r + k);
          vf dx = xb - xa, dy = yb - ya;
          vf c = 2 * (xa * yb - ya * xb) / (ra * rb * (root(dx * dx + dy * dy) + 1e-6f));
          vi cell = curvature_bin(c, s->most_curvature);
          vi keep = (cell < TFK_CURVATURE_BINS) & (lane_index() < (int32_t)(stop - k));
          if (!any_lane(keep)) continue;
          vf h = largest(0.5f * magnitude(c), (vf)1e-12f);
          vf way_a = way_out((vf)ra, h), way_b = way_out(rb, h);
          vf ds = way_b - way_a;
          ds = magnitude(ds) < 1e-3f ? with_sign((vf)1e-3f, ds) : ds;
          vf z0 = za - (zb - za) / ds * way_a;
          cell = cell * TFK_PLACE_BINS + place_bin(z0);
          for (int lane = 0; lane < TFK_LANES; lane++)
            if (keep[lane]) counts[cell[lane]] += 1;
        }
      }
    }
  }
}

/// The table's cell of each pair; -1 where its curvature is too large.
static void candidate_cells(const float *hits, const int32_t *from, const int32_t *to, int64_t count,
                            float most_curvature, int32_t *cells) {
  for (int64_t row = 0; row < count; row += TFK_LANES) {
    hit_lanes a = hits_at(hits, from, row, count), b = hits_at(hits, to, row, count);
    vf c, z0, slope;
    beam_circle(&a, &b, &c, &z0, &slope);
    vi bin = curvature_bin(c, most_curvature);
    vi cell = bin < TFK_CURVATURE_BINS ? bin * TFK_PLACE_BINS + place_bin(z0) : (vi)-1;
    for (int lane = 0; lane < TFK_LANES && row + lane < count; lane++) cells[row + lane] = cell[lane];
  }
}
