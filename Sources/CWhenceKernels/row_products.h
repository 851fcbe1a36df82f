#ifndef WHENCE_ROW_PRODUCTS_H
#define WHENCE_ROW_PRODUCTS_H

#include "lanes.h"

// Rows are taken four at a time: four rows of scores stay in the first cache from the product with the keys through
// the softmax to the product with the values.
enum { ROWS = 4 };

ALWAYS_INLINE long padded(long count) { return (count + LANES - 1) / LANES * LANES; }

/// `result[row, 0 ..< columns * LANES] = sum_k left[row, k] * right[k, ...]` for four rows.
ALWAYS_INLINE void product(const float *const left[ROWS], const float *right, long right_stride, long depth,
                           float *result, long result_stride, const int columns) {
  lanes sums[ROWS][4];
  for (int row = 0; row < ROWS; row++)
    for (int column = 0; column < columns; column++) sums[row][column] = (lanes){0};
  for (long k = 0; k < depth; k++) {
    lanes factor[4];
    for (int column = 0; column < columns; column++)
      factor[column] = load(right + k * right_stride + column * LANES);
    for (int row = 0; row < ROWS; row++)
      for (int column = 0; column < columns; column++) sums[row][column] += left[row][k] * factor[column];
  }
  for (int row = 0; row < ROWS; row++)
    for (int column = 0; column < columns; column++)
      store(result + row * result_stride + column * LANES, sums[row][column]);
}

/// The same for any width that is a multiple of `LANES`.
ALWAYS_INLINE void wide_product(const float *const left[ROWS], const float *right, long right_stride, long depth,
                                float *result, long result_stride, long width) {
  long column = 0;
  for (; column + 4 * LANES <= width; column += 4 * LANES)
    product(left, right + column, right_stride, depth, result + column, result_stride, 4);
  for (; column < width; column += LANES)
    product(left, right + column, right_stride, depth, result + column, result_stride, 1);
}

#endif
