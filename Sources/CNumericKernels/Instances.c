#include "CNumericKernels.h"
#include <stddef.h>

#if defined(__x86_64__)
extern const tfk_kernels tfk_v4, tfk_v3;
#endif
extern const tfk_kernels tfk_baseline;

static const tfk_kernels *const instances[] = {
#if defined(__x86_64__)
  &tfk_v4, &tfk_v3,
#endif
  &tfk_baseline,
};

const tfk_kernels *tfk_instance(int32_t index) {
  const int32_t count = sizeof instances / sizeof *instances;
  return index >= 0 && index < count ? instances[index] : NULL;
}

int32_t tfk_is_supported(const tfk_kernels *instance) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  const int32_t bits = __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") &&
                       __builtin_cpu_supports("popcnt") && __builtin_cpu_supports("lzcnt");
  if (instance == &tfk_v4)
    return bits && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
           __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  if (instance == &tfk_v3)
    return bits && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#endif
  return instance == &tfk_baseline;
}
