#if defined(__x86_64__)

#include <immintrin.h>
#include <stdbool.h>
#include <string.h>

#include "integers.h"

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)

#include "lanes.h"

// 16 registers of 8 sums: 12 sums, 2 vectors of the matrix, 1 factor, 1 for their products. The instruction adds two
// products of 16 bits exactly; the one of 8 bits would cut sums off at 32,767.
#define GROUP 2
#define OFFSET 0
#define TILE_ROWS 6
#define VECTORS 1

typedef int8_t narrow __attribute__((vector_size(LANES * GROUP), aligned(1)));
typedef int16_t terms __attribute__((vector_size(LANES * GROUP * 2)));

ALWAYS_INLINE terms widen(const int8_t *from) { return __builtin_convertvector(*(const narrow *)from, terms); }

ALWAYS_INLINE integer_lanes dot(integer_lanes sums, int32_t left, terms right) {
  union {
    terms all;
    __m256i half[2];
  } factor = {right};
  union {
    integer_lanes all;
    __m256i half[2];
  } result = {sums};
  const __m256i pair = _mm256_set1_epi32(left);
  for (int half = 0; half < 2; half++)
    result.half[half] = _mm256_add_epi32(result.half[half], _mm256_madd_epi16(pair, factor.half[half]));
  return result.all;
}

#include "integer_kernel.h"

#pragma clang attribute pop

const struct integer_kernel integers_avx2 = INTEGER_KERNEL;

#endif
