#if defined(__x86_64__)

#include <immintrin.h>
#include <float.h>
#include <stdbool.h>
#include <string.h>

#include "integers.h"

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)

#include "lanes.h"

// 16 registers of 8 sums: 8 sums, 4 factors, a vector of ones, and 3 for products. The matrix is read from the first
// cache by the multiplications themselves: so a tile of 2 rows and 4 vectors takes 10 instructions for 128 products,
// where one of 8 rows and 1 vector, which reads less, takes 13.
#define GROUP 4
#define WIDTH 8
#define VECTORS 4
#define TILE_ROWS 2
#define PAIR_LIMIT (INT16_MAX / LEFT_TOP)

#include "integer_lanes.h"

/// The products of four factors with each four integers of a vector of the matrix, added up in pairs.
///
/// A compiler that may choose reads the vector for all rows of a tile at once, and has no registers left.
ALWAYS_INLINE __m256i pair_products(__m256i factors, const int8_t *right) {
  __m256i result;
  __asm__("vpmaddubsw %2, %1, %0" : "=x"(result) : "x"(factors), "m"(*(const __m256i_u *)right));
  return result;
}

/// The products of a block are added up in 16 bits, eight for each of two halves of a sum, and only then in 32:
/// widening them takes one multiplication in five. With `PAIR_LIMIT` none of these sums leaves its 16 bits.
ALWAYS_INLINE void add_block(const int rows, sums held[TILE_ROWS][VECTORS], const int32_t *left, const int8_t *right) {
  const __m256i ones = _mm256_set1_epi16(1);
  UNROLLED for (int row = 0; row < rows; row++) {
    __m256i factors[BLOCK_GROUPS];
    UNROLLED for (int group = 0; group < BLOCK_GROUPS; group++)
      factors[group] = _mm256_set1_epi32(left[row * BLOCK_GROUPS + group]);
    UNROLLED for (int vector = 0; vector < VECTORS; vector++) {
      __m256i total = _mm256_setzero_si256();
      UNROLLED for (int group = 0; group < BLOCK_GROUPS; group++) {
        const int8_t *const four = right + (group * VECTORS + vector) * WIDTH * GROUP;
        total = _mm256_add_epi16(total, pair_products(factors[group], four));
      }
      held[row][vector] += (sums)_mm256_madd_epi16(total, ones);
    }
  }
}

#include "integer_kernel.h"

#pragma clang attribute pop

const struct integer_kernel integers_avx2 = INTEGER_KERNEL;

#endif
