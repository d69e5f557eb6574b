// What every processor of the platform has: SSE2 on x86-64, NEON on arm64.
#define TFK_INSTANCE tfk_baseline
#if defined(__aarch64__)
#define TFK_NAME "neon"
#else
#define TFK_NAME "baseline"
#endif
#define TFK_LANES 4
#include "KernelBody.h"
