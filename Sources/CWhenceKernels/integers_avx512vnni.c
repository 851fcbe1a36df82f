#if defined(__x86_64__)

#include <immintrin.h>
#include <stdbool.h>
#include <string.h>

#include "integers.h"

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vnni,avx2,fma"))), apply_to = function)

#include "lanes.h"

// 32 registers of 16 sums: 28 sums, 2 vectors of the matrix, 1 factor. The instruction adds four products of a
// positive and a signed integer, and does so exactly.
#define GROUP 4
#define OFFSET 128
#define TILE_ROWS 14
#define VECTORS 2

typedef int8_t terms __attribute__((vector_size(LANES * GROUP), aligned(1)));

ALWAYS_INLINE terms widen(const int8_t *from) { return *(const terms *)from; }

ALWAYS_INLINE integer_lanes dot(integer_lanes sums, int32_t left, terms right) {
  return (integer_lanes)_mm512_dpbusd_epi32((__m512i)sums, _mm512_set1_epi32(left), (__m512i)right);
}

#include "integer_kernel.h"

#pragma clang attribute pop

const struct integer_kernel integers_avx512vnni = INTEGER_KERNEL;

#endif
