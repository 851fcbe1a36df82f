#if defined(__x86_64__)

#include <math.h>
#include <string.h>

#include "machine.h"

#pragma clang attribute push(__attribute__((target("avx512f,avx2,fma"))), apply_to = function)

// 32 registers of 16 floats: 28 sums, 2 vectors of the matrix, 1 factor. The strip is read from the second cache: a
// tile takes 128 bytes in 14 cycles.
#define TILE_ROWS 14
#define VECTORS 2
#define DEPTH 384
#define PART_ROWS 112
#define PART_COLUMNS 768
#define ASKING_ROWS 6
#define KEY_VECTORS 4
#include "kernels.h"

#pragma clang attribute pop

const struct machine machine_avx512 = KERNELS;

#endif
