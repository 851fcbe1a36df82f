#if defined(__x86_64__)

#include <immintrin.h>
#include <float.h>
#include <stdbool.h>
#include <string.h>

#include "integers.h"

#pragma clang attribute push(__attribute__((target("avx2,fma,avxvnni"))), apply_to = function)

#include "lanes.h"

// 16 registers of 8 sums: 12 sums, 2 vectors of the matrix, 1 factor. The instruction adds four products of a
// positive and a signed integer, and does so exactly.
#define GROUP 4
#define WIDTH 8
#define VECTORS 2
#define TILE_ROWS 6
#define PAIR_LIMIT 0

#include "integer_lanes.h"

typedef narrow factors;

ALWAYS_INLINE factors widen(const int8_t *from) { return *(const narrow *)from; }

ALWAYS_INLINE sums dot(sums held, int32_t left, factors right) {
  return (sums)_mm256_dpbusd_avx_epi32((__m256i)held, _mm256_set1_epi32(left), (__m256i)right);
}

#include "integer_groups.h"
#include "integer_kernel.h"

#pragma clang attribute pop

const struct integer_kernel integers_avxvnni = INTEGER_KERNEL;

#endif
