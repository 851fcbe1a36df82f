#include <stdbool.h>
#include <string.h>

#include "integers.h"
#include "lanes.h"

// What every machine can do: products of 16 bits, two for each sum.
#define GROUP 2
#define OFFSET 0
#define TILE_ROWS 2
#define VECTORS 1

typedef int8_t narrow __attribute__((vector_size(LANES * GROUP), aligned(1)));
typedef int16_t terms __attribute__((vector_size(LANES * GROUP * 2)));

ALWAYS_INLINE terms widen(const int8_t *from) { return __builtin_convertvector(*(const narrow *)from, terms); }

ALWAYS_INLINE integer_lanes dot(integer_lanes sums, int32_t left, terms right) {
  const integer_lanes pairs = (integer_lanes)right;
  // The halves of every pair, and of the factor, with their signs.
  return sums + (pairs << 16 >> 16) * (int32_t)(int16_t)(left & 0xffff) + (pairs >> 16) * (left >> 16);
}

#include "integer_kernel.h"

const struct integer_kernel integers_plain = INTEGER_KERNEL;
