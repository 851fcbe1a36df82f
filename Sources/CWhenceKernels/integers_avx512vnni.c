#if defined(__x86_64__)

#include <immintrin.h>
#include <float.h>
#include <stdbool.h>
#include <string.h>

#include "integers.h"

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vnni,avx2,fma"))), apply_to = function)

#include "lanes.h"

// 32 registers of 16 sums: 28 sums, 2 vectors of the matrix, 1 factor. The instruction adds four products of a
// positive and a signed integer, and does so exactly.
#define GROUP 4
#define WIDTH 16
#define VECTORS 2
#define TILE_ROWS 14
#define PAIR_LIMIT 0

#include "integer_lanes.h"

typedef narrow factors;

ALWAYS_INLINE factors widen(const int8_t *from) { return *(const narrow *)from; }

ALWAYS_INLINE sums dot(sums held, int32_t left, factors right) {
  return (sums)_mm512_dpbusd_epi32((__m512i)held, _mm512_set1_epi32(left), (__m512i)right);
}

#include "integer_groups.h"
#include "integer_kernel.h"

#pragma clang attribute pop

const struct integer_kernel integers_avx512vnni = INTEGER_KERNEL;

#endif
