#if defined(__x86_64__)

#include <immintrin.h>
#include <stdbool.h>
#include <string.h>

#include "integers.h"

#pragma clang attribute push(__attribute__((target("avx2,fma,avxvnni"))), apply_to = function)

#include "lanes.h"

// 16 registers of 8 sums: 12 sums, 2 vectors of the matrix, 1 factor. The instruction adds four products of a
// positive and a signed integer, and does so exactly.
#define GROUP 4
#define OFFSET 128
#define TILE_ROWS 6
#define VECTORS 1

typedef int8_t terms __attribute__((vector_size(LANES * GROUP), aligned(1)));

ALWAYS_INLINE terms widen(const int8_t *from) { return *(const terms *)from; }

ALWAYS_INLINE integer_lanes dot(integer_lanes sums, int32_t left, terms right) {
  union {
    terms all;
    __m256i half[2];
  } factor = {right};
  union {
    integer_lanes all;
    __m256i half[2];
  } result = {sums};
  const __m256i four = _mm256_set1_epi32(left);
  for (int half = 0; half < 2; half++)
    result.half[half] = _mm256_dpbusd_avx_epi32(result.half[half], four, factor.half[half]);
  return result.all;
}

#include "integer_kernel.h"

#pragma clang attribute pop

const struct integer_kernel integers_avxvnni = INTEGER_KERNEL;

#endif
