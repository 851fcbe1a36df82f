#if defined(__x86_64__)

#include <stdbool.h>
#include <string.h>

#include "product_machine.h"

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)

// 16 registers of 8 floats: 12 sums, 2 vectors of the matrix, 1 factor. Of 32 KiB of first cache 16 hold the strip.
#define TILE_ROWS 6
#define VECTORS 1
#define DEPTH 256
#define PART_ROWS 144
#include "product_kernel.h"

#pragma clang attribute pop

const struct product_machine product_avx2 = this_machine;

#endif
