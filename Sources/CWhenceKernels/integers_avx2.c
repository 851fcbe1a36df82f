#if defined(__x86_64__)

#include <immintrin.h>
#include <float.h>
#include <stdbool.h>
#include <string.h>

#include "integers.h"

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)

#include "lanes.h"

// 16 registers of 8 sums: 8 sums, 4 vectors of the matrix, a vector of ones, and 3 for factors and products.
#define GROUP 4
#define WIDTH 8
#define VECTORS 1
#define TILE_ROWS 8
#define PAIR_LIMIT (INT16_MAX / LEFT_TOP)

#include "integer_lanes.h"

/// The products of a block are added up in 16 bits, eight for each of two halves of a sum, and only then in 32:
/// widening them takes one multiplication in five. With `PAIR_LIMIT` none of these sums leaves its 16 bits.
ALWAYS_INLINE void add_block(const int rows, sums held[TILE_ROWS][VECTORS], const int32_t *left, const int8_t *right) {
  const __m256i ones = _mm256_set1_epi16(1);
  __m256i factor[BLOCK_GROUPS];
  UNROLLED for (int group = 0; group < BLOCK_GROUPS; group++)
    factor[group] = _mm256_loadu_si256((const __m256i *)right + group);
  UNROLLED for (int row = 0; row < rows; row++) {
    __m256i total = _mm256_setzero_si256();
    UNROLLED for (int group = 0; group < BLOCK_GROUPS; group++) {
      const __m256i four = _mm256_set1_epi32(left[row * BLOCK_GROUPS + group]);
      total = _mm256_add_epi16(total, _mm256_maddubs_epi16(four, factor[group]));
    }
    held[row][0] += (sums)_mm256_madd_epi16(total, ones);
  }
}

#include "integer_kernel.h"

#pragma clang attribute pop

const struct integer_kernel integers_avx2 = INTEGER_KERNEL;

#endif
