#if defined(__x86_64__)

#include <math.h>
#include <string.h>

#include "machine.h"

#pragma clang attribute push(__attribute__((target("avx512f,avx2,fma"))), apply_to = function)

// 32 registers of 16 floats: 28 sums, 2 vectors of the matrix, 1 factor. Of 48 KiB of first cache 24 hold the strip.
#define TILE_ROWS 14
#define VECTORS 2
#define DEPTH 192
#define PART_ROWS 210
#define PART_COLUMNS 256
#define ASKING_ROWS 6
#define KEY_VECTORS 4
#include "kernels.h"

#pragma clang attribute pop

const struct machine machine_avx512 = KERNELS;

#endif
