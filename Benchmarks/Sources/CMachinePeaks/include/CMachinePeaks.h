// The loops that show what one core of this machine can do at most.
#ifndef TRACKFLOW_MACHINE_PEAKS_H
#define TRACKFLOW_MACHINE_PEAKS_H

#include <stdint.h>

/// Independent chains of multiply-adds on the widest vectors that this processor has.
///
/// Gives the floating-point operations done, two a multiply-add.
double tfb_multiply_add(int64_t rounds);

/// Name of the vectors that tfb_multiply_add takes.
const char *tfb_vectors(void);

/// a[i] = b[i] + s c[i] over arrays of `count` floats: moves 12 bytes an item.
void tfb_triad(float *a, const float *b, const float *c, float s, int64_t count);

/// Bytes of the last cache, 0 where the system does not tell.
int64_t tfb_last_cache(void);

#endif
