// All kernels, compiled for the kind of machine of the file that includes this one. It has defined, beforehand:
//
//   TILE_ROWS    rows of a product's tile; with VECTORS they are chosen so that the sums of a tile, one row of the
//                matrix and one factor fill the machine's registers
//   VECTORS      groups of `LANES` columns of a product's tile
//   DEPTH        terms of a product that are added at a time, before the sums go to memory: DEPTH rows of a strip of
//                the matrix stay in a near cache while all rows of a part go by
//   PART_ROWS    rows of a product's part: PART_ROWS * DEPTH floats stay in the second cache while all its columns
//                go by
//   PART_COLUMNS the most columns of a product's part: more pay for copying its rows, fewer keep its results near
//   ASKING_ROWS  queries that are taken at a time; with KEY_VECTORS they fill the registers too
//   KEY_VECTORS  groups of `LANES` keys that are taken at a time

#include "attention_kernel.h"
#include "layer_norm_kernel.h"
#include "product_kernel.h"

#define KERNELS                                                                                         \
  {                                                                                                     \
    .product = {.strip = STRIP,                                                                         \
                .part_rows = PART_ROWS,                                                                 \
                .part_columns = PART_COLUMNS,                                                           \
                .scratch = PART_ROWS * LEFT_STRIDE + DEPTH * STRIP,                                     \
                .run = run_part},                                                                       \
    .attention_scratch = attention_scratch, .attend = attend, .normalize = normalize_rows,              \
  }
