#ifndef TRACKFLOW_RECONSTRUCTION_WEIGHTS_H
#define TRACKFLOW_RECONSTRUCTION_WEIGHTS_H

#include <stddef.h>

/// A trained set that is part of the program: the bytes of its file in Sets/.
struct tfw_set {
  const char *name;
  const unsigned char *bytes;
  size_t count;
};

/// How many sets there are.
extern const size_t tfw_set_count;

/// A set by its place; one without a name behind the last.
struct tfw_set tfw_set_at(size_t index);

#endif
