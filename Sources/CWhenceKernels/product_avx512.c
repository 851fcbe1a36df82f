#if defined(__x86_64__)

#include <stdbool.h>
#include <string.h>

#include "product_machine.h"

#pragma clang attribute push(__attribute__((target("avx512f,avx2,fma"))), apply_to = function)

// 32 registers of 16 floats: 28 sums, 2 vectors of the matrix, 1 factor. Of 48 KiB of first cache 24 hold the strip.
#define TILE_ROWS 14
#define VECTORS 2
#define DEPTH 192
#define PART_ROWS 210
#include "product_kernel.h"

#pragma clang attribute pop

const struct product_machine product_avx512 = this_machine;

#endif
