#if defined(__x86_64__)

#include <math.h>
#include <string.h>

#include "machine.h"

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)

// 16 registers of 8 floats: 12 sums, 2 vectors of the matrix, 1 factor. A strip of 48 KiB is read from the second
// cache: a tile's 64 bytes in 6 cycles come as fast as they are used, and sums go to memory seldom.
#define TILE_ROWS 6
#define VECTORS 1
#define DEPTH 768
#define PART_ROWS 48
#define PART_COLUMNS 768
#define ASKING_ROWS 6
#define KEY_VECTORS 1
#include "kernels.h"

#pragma clang attribute pop

const struct machine machine_avx2 = KERNELS;

#endif
