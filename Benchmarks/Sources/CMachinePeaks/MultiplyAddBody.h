// Included once an instance with TFB_NAME and TFB_LANES defined.
typedef float TFB_TYPE(TFB_NAME) __attribute__((vector_size(4 * TFB_LANES)));

static double TFB_NAME(int64_t rounds) {
#pragma clang fp contract(fast)
  // A multiply-add takes about four cycles and two are begun in each: 12 chains keep both units busy.
  TFB_TYPE(TFB_NAME) sum[12];
  const TFB_TYPE(TFB_NAME) factor = {}, one = factor + 0.5f;
  for (int chain = 0; chain < 12; chain++) sum[chain] = factor + (float)chain;
  for (int64_t round = 0; round < rounds; round++) {
#pragma clang loop unroll(full)
    for (int chain = 0; chain < 12; chain++) sum[chain] = sum[chain] * one + one;
    // Keeps the compiler from doing rounds ahead.
    __asm__ volatile("" ::: "memory");
  }
  for (int chain = 1; chain < 12; chain++) sum[0] += sum[chain];
  volatile float keep = sum[0][0];
  (void)keep;
  return 2.0 * 12 * TFB_LANES * (double)rounds;
}
