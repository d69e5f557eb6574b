// Functions of vectors that tracks in a magnetic field need.

TFK_INLINE vf least(vf a, vf b) { return a < b ? a : b; }
TFK_INLINE vf largest(vf a, vf b) { return a > b ? a : b; }
TFK_INLINE vf magnitude(vf x) { return x < 0 ? -x : x; }
TFK_INLINE vf root(vf x) { return __builtin_elementwise_sqrt(x); }
/// x with the sign of y; that of 0 is plus.
TFK_INLINE vf with_sign(vf x, vf y) { return y < 0 ? -x : x; }
TFK_INLINE int any_lane(vi set) {
  int found = 0;
  TFK_UNROLL for (int lane = 0; lane < TFK_LANES; lane++) found |= set[lane];
  return found != 0;
}

/// log(x) for normal x > 0: Cephes' logf.
TFK_INLINE vf log_of(vf x) {
  vi bits = (vi)x;
  vf power = __builtin_convertvector((bits >> 23) - 126, vf);
  vf m = (vf)((bits & 0x007fffff) | 0x3f000000);
  vi low = m < 0.707106781186547524f;
  power = low ? power - 1 : power;
  m = low ? m + m - 1 : m - 1;
  vf square = m * m;
  vf p = (vf)7.0376836292e-2f;
  p = p * m - 1.1514610310e-1f;
  p = p * m + 1.1676998740e-1f;
  p = p * m - 1.2420140846e-1f;
  p = p * m + 1.4249322787e-1f;
  p = p * m - 1.6668057665e-1f;
  p = p * m + 2.0000714765e-1f;
  p = p * m - 2.4999993993e-1f;
  p = p * m + 3.3333331174e-1f;
  vf y = p * m * square - power * 2.12194440e-4f - 0.5f * square;
  return m + y + power * 0.693359375f;
}

/// The inverse of the hyperbolic sine: straight near 0, a logarithm far away.
TFK_INLINE vf asinh_of(vf x) {
  vf a = magnitude(x);
  return with_sign(log_of(a + root(a * a + 1)), x);
}

/// asin(x) for x in 0...1, 1 above: Cephes' asinf.
TFK_INLINE vf asin_of(vf x) {
  x = least(x, (vf)1);
  vi far = x > 0.5f;
  vf z = far ? (1 - x) * 0.5f : x * x;
  vf s = far ? root(z) : x;
  vf p = (vf)4.2163199048e-2f;
  p = p * z + 2.4181311049e-2f;
  p = p * z + 4.5470025998e-2f;
  p = p * z + 7.4953002686e-2f;
  p = p * z + 1.6666752422e-1f;
  p = s + s * z * p;
  return far ? 1.57079632679489662f - 2 * p : p;
}

/// Length of an arc of curvature c over a chord.
TFK_INLINE vf arc_over(vf chord, vf c) {
  vf x = 0.5f * magnitude(c) * chord;
  vf straight = chord * (1 + x * x * (1.0f / 6));
  vi bent = x >= 0.05f;
  if (!any_lane(bent)) return straight;
  return bent ? 2 * asin_of(x) / magnitude(c) : straight;
}

/// Length along a circle of curvature 2 h through the beam line out to the distance r.
TFK_INLINE vf way_out(vf r, vf h) {
  vf w = least(r * h, (vf)1);
  vf straight = r * (1 + w * w * (1.0f / 6));
  vi bent = w >= 0.05f;
  if (!any_lane(bent)) return straight;
  return bent ? asin_of(w) / h : straight;
}
