#include "CMachinePeaks.h"
#include <unistd.h>

#define TFB_JOINED(a, b) a##b
#define TFB_JOIN(a, b) TFB_JOINED(a, b)
#define TFB_TYPE(name) TFB_JOIN(name, _vector)

#if defined(__x86_64__)
#pragma clang attribute push(                                                                      \
    __attribute__((target("avx512f,avx512vl,fma"), min_vector_width(512))), apply_to = function)
#define TFB_NAME multiply_add_v4
#define TFB_LANES 16
#include "MultiplyAddBody.h"
#undef TFB_NAME
#undef TFB_LANES
#pragma clang attribute pop

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define TFB_NAME multiply_add_v3
#define TFB_LANES 8
#include "MultiplyAddBody.h"
#undef TFB_NAME
#undef TFB_LANES
#pragma clang attribute pop
#endif

#define TFB_NAME multiply_add_baseline
#define TFB_LANES 4
#include "MultiplyAddBody.h"

static int width(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl")) return 16;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return 8;
#endif
  return 4;
}

double tfb_multiply_add(int64_t rounds) {
#if defined(__x86_64__)
  if (width() == 16) return multiply_add_v4(rounds);
  if (width() == 8) return multiply_add_v3(rounds);
#endif
  return multiply_add_baseline(rounds);
}

const char *tfb_vectors(void) {
  return width() == 16 ? "512 bits" : width() == 8 ? "256 bits" : "128 bits";
}

void tfb_triad(float *a, const float *b, const float *c, float s, int64_t count) {
  for (int64_t i = 0; i < count; i++) a[i] = b[i] + s * c[i];
}

int64_t tfb_last_cache(void) {
#if defined(_SC_LEVEL3_CACHE_SIZE)
  const long size = sysconf(_SC_LEVEL3_CACHE_SIZE);
  return size > 0 ? size : 0;
#else
  return 0;
#endif
}
