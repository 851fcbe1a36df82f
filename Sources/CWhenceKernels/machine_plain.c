#include <math.h>
#include <string.h>

#include "machine.h"

#if defined(__x86_64__)
// 16 registers of 4 floats: 12 sums, a vector of the matrix at a time, 1 factor.
#define TILE_ROWS 3
#else
// 32 registers of 4 floats, as 64-bit Arm has them: 24 sums, 4 vectors of the matrix, 1 factor.
#define TILE_ROWS 6
#endif
#define VECTORS 1
#define DEPTH 256
#define PART_ROWS 144
#define PART_COLUMNS 256
#define ASKING_ROWS TILE_ROWS
#define KEY_VECTORS 1
#include "kernels.h"

const struct machine machine_plain = KERNELS;
