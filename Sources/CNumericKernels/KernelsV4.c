// x86-64-v4: AVX-512.
#if defined(__x86_64__)
#define TFK_INSTANCE tfk_v4
#define TFK_NAME "v4"
#define TFK_LANES 16
#pragma clang attribute push(                                                                      \
    __attribute__((target("avx2,fma,bmi,bmi2,popcnt,lzcnt,avx512f,avx512bw,avx512dq,avx512vl"),     \
                   min_vector_width(512))),                                                       \
    apply_to = function)
#include "KernelBody.h"
#pragma clang attribute pop
#else
typedef int tfk_v4_is_for_x86_64;
#endif
