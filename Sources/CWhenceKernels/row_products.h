#ifndef WHENCE_ROW_PRODUCTS_H
#define WHENCE_ROW_PRODUCTS_H

#include "lanes.h"

// Products of ASKING_ROWS rows, which attention takes at a time: their scores stay in the first cache from the
// product with the keys through the softmax to the product with the values. kernels.h says how many they are.

ALWAYS_INLINE long padded(long count) { return (count + LANES - 1) / LANES * LANES; }

// The right-hand side lies in strips of `LANES` columns, each row of a strip behind the other: one row of a whole matrix
// behind the other would often have the same few places of the cache for all elements of a column.

/// `result[row, 0 ..< columns * LANES] = sum_k left[row, k] * right[k, ...]` for ASKING_ROWS rows; `strip` floats are
/// from one strip to the next.
ALWAYS_INLINE void product(const float *const left[ASKING_ROWS], const float *right, long strip, long depth,
                           float *result, long result_stride, const int columns) {
  lanes sums[ASKING_ROWS][KEY_VECTORS];
  UNROLLED for (int row = 0; row < ASKING_ROWS; row++)
    UNROLLED for (int column = 0; column < columns; column++) sums[row][column] = (lanes){0};
  FOURFOLD for (long k = 0; k < depth; k++) {
    lanes factor[KEY_VECTORS];
    UNROLLED for (int column = 0; column < columns; column++) factor[column] = load(right + column * strip + k * LANES);
    UNROLLED for (int row = 0; row < ASKING_ROWS; row++)
      UNROLLED for (int column = 0; column < columns; column++) sums[row][column] += left[row][k] * factor[column];
  }
  UNROLLED for (int row = 0; row < ASKING_ROWS; row++)
    UNROLLED for (int column = 0; column < columns; column++)
      store(result + row * result_stride + column * LANES, sums[row][column]);
}

/// The same for any width that is a multiple of `LANES`, with the first `depth` rows of strips of `rows` rows.
ALWAYS_INLINE void wide_product(const float *const left[ASKING_ROWS], const float *right, long rows, long depth,
                                float *result, long result_stride, long width) {
  long column = 0;
  for (; column + KEY_VECTORS * LANES <= width; column += KEY_VECTORS * LANES)
    product(left, right + column * rows, rows * LANES, depth, result + column, result_stride, KEY_VECTORS);
  for (; column < width; column += LANES)
    product(left, right + column * rows, rows * LANES, depth, result + column, result_stride, 1);
}

#endif
