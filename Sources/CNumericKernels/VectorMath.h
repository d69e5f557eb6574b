// Vectors of TFK_LANES floats and the few functions of them that the kernels need.
#include <stdint.h>
#include <string.h>

#define TFK_INLINE static inline __attribute__((always_inline))
#define TFK_UNROLL _Pragma("clang loop unroll(full)")

typedef float vf __attribute__((ext_vector_type(TFK_LANES)));
typedef int32_t vi __attribute__((ext_vector_type(TFK_LANES)));
typedef uint8_t vb __attribute__((ext_vector_type(TFK_LANES)));
typedef double vd __attribute__((ext_vector_type(TFK_LANES)));
/// In memory vectors may stand anywhere that a float may.
typedef vf vf_in_memory __attribute__((aligned(4)));

TFK_INLINE vf load(const float *from) { return *(const vf_in_memory *)from; }
TFK_INLINE void store(float *to, vf value) { *(vf_in_memory *)to = value; }

/// The first `valid` lanes from memory, the others 0.
TFK_INLINE vf load_some(const float *from, int valid) {
  if (valid == TFK_LANES) return load(from);
  float lanes[TFK_LANES] = {0};
  memcpy(lanes, from, sizeof(float) * (size_t)valid);
  return load(lanes);
}

TFK_INLINE void store_some(float *to, vf value, int valid) {
  if (valid == TFK_LANES) {
    store(to, value);
    return;
  }
  float lanes[TFK_LANES];
  store(lanes, value);
  memcpy(to, lanes, sizeof(float) * (size_t)valid);
}

TFK_INLINE vi load_labels(const uint8_t *from, int valid) {
  uint8_t lanes[TFK_LANES] = {0};
  if (valid == TFK_LANES) memcpy(lanes, from, TFK_LANES);
  else memcpy(lanes, from, (size_t)valid);
  vb bytes;
  memcpy(&bytes, lanes, TFK_LANES);
  return __builtin_convertvector(bytes, vi);
}

TFK_INLINE vi lane_index(void) {
  vi index;
  TFK_UNROLL for (int lane = 0; lane < TFK_LANES; lane++) index[lane] = lane;
  return index;
}

/// In halves, so that the order is the same in every place.
TFK_INLINE float sum_of_lanes(vf value) {
#if TFK_LANES == 16
  typedef float v8 __attribute__((ext_vector_type(8)));
  v8 eight = value.lo + value.hi;
#elif TFK_LANES == 8
  vf eight = value;
#endif
#if TFK_LANES >= 8
  typedef float v4 __attribute__((ext_vector_type(4)));
  v4 four = eight.lo + eight.hi;
#else
  vf four = value;
#endif
  typedef float v2 __attribute__((ext_vector_type(2)));
  v2 two = four.lo + four.hi;
  return two.x + two.y;
}

/// sum + addend in the lanes where `where` is set, sum in the others.
TFK_INLINE vf add_where(vi where, vf sum, vf addend) {
#if TFK_LANES == 16
  return where ? sum + addend : sum;
#else
  return sum + (vf)((vi)addend & where);
#endif
}

/// exp(x) for x <= 0, 0 below -87: Cody and Waite's reduction, the polynomial of Cephes' expf.
TFK_INLINE vf exp_of_negative(vf x) {
  const float shift = 12582912.0f;  // 1.5 * 2^23: adding it rounds to a whole number
  vf clamped = x < -87.0f ? (vf)-87.0f : x;
  vf power = (clamped * 1.44269504f + shift) - shift;
  vf r = clamped - power * 0.693359375f;
  r = r + power * 2.12194440e-4f;
  vf p = (vf)1.9875691500e-4f;
  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = p * r * r + r + 1;
  vi bits = (__builtin_convertvector(power, vi) + 127) << 23;
  return p * (vf)bits;
}

/// log(1 + x) for 0 <= x <= 1, as 2 atanh(x / (2 + x)); the series' next term is below 1e-8.
TFK_INLINE vf log_of_one_plus(vf x) {
  vf w = x / (2 + x);
  vf w2 = w * w;
  vf p = (vf)(2.0f / 13);
  p = p * w2 + 2.0f / 11;
  p = p * w2 + 2.0f / 9;
  p = p * w2 + 2.0f / 7;
  p = p * w2 + 2.0f / 5;
  p = p * w2 + 2.0f / 3;
  p = p * w2 + 2.0f;
  return p * w;
}
