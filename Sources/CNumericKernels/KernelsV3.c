// x86-64-v3: AVX2 and fused multiply-add.
#if defined(__x86_64__)
#define TFK_INSTANCE tfk_v3
#define TFK_NAME "v3"
#define TFK_LANES 8
#pragma clang attribute push(__attribute__((target("avx2,fma,bmi,bmi2,popcnt,lzcnt"))), apply_to = function)
#include "KernelBody.h"
#pragma clang attribute pop
#else
typedef int tfk_v3_is_for_x86_64;
#endif
