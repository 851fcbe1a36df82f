#include <float.h>
#include <stdbool.h>
#include <string.h>

#include "integers.h"
#include "lanes.h"

// What every machine can do: products of 16 bits, two for each sum.
#define GROUP 2
#define WIDTH 16
#define VECTORS 1
#define TILE_ROWS 2
#define PAIR_LIMIT 0

#include "integer_lanes.h"

typedef int16_t factors __attribute__((vector_size(WIDTH * sizeof(int32_t))));

ALWAYS_INLINE factors widen(const int8_t *from) { return __builtin_convertvector(*(const narrow *)from, factors); }

ALWAYS_INLINE sums dot(sums held, int32_t left, factors right) {
  const sums pairs = (sums)right;
  // The halves of every pair, with their signs, and those of the factor, which has none.
  return held + (pairs << 16 >> 16) * (left & 0xffff) + (pairs >> 16) * (left >> 16);
}

#include "integer_groups.h"
#include "integer_kernel.h"

const struct integer_kernel integers_plain = INTEGER_KERNEL;
