#ifndef WHENCE_LANES_H
#define WHENCE_LANES_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

// Sixteen floats that are worked on together. The compiler splits them over the vector registers that the
// machine has, so that the order of every sum is the same on all machines.
enum { LANES = 16 };

// Every function here is inlined, so that how such a value would be passed in a call does not matter.
#pragma GCC diagnostic ignored "-Wpsabi"

typedef float lanes __attribute__((vector_size(LANES * 4), aligned(4)));
typedef int32_t integer_lanes __attribute__((vector_size(LANES * 4), aligned(4)));

#define ALWAYS_INLINE static inline __attribute__((always_inline))

#define UNROLLED _Pragma("clang loop unroll(full)")

// Four rounds of a loop at a time: there are fewer instructions to count them. The fastest products gain nothing by
// that, the median ones on a shared machine a tenth.
#define FOURFOLD _Pragma("clang loop unroll_count(4)")

ALWAYS_INLINE lanes load(const float *from) { return *(const lanes *)from; }

/// The elements of a row from `first` on, zeros after its end.
ALWAYS_INLINE lanes row_lanes(const float *row, long first, long depth) {
  if (first + LANES <= depth) return load(row + first);
  lanes values = {0};
  if (first < depth) memcpy(&values, row + first, (size_t)(depth - first) * sizeof(float));
  return values;
}

ALWAYS_INLINE void store(float *to, lanes values) { *(lanes *)to = values; }

/// Lane by lane `otherwise`, or `chosen` where `mask` (the result of a comparison) holds.
ALWAYS_INLINE lanes choose(integer_lanes mask, lanes chosen, lanes otherwise) {
  return (lanes)(((integer_lanes)chosen & mask) | ((integer_lanes)otherwise & ~mask));
}

/// The sum of the lanes, halves first.
ALWAYS_INLINE float sum(lanes values) {
  float part[LANES];
  store(part, values);
  for (int width = LANES / 2; width > 0; width /= 2)
    for (int lane = 0; lane < width; lane++) part[lane] += part[lane + width];
  return part[0];
}

/// The greatest lane.
ALWAYS_INLINE float maximum(lanes values) {
  float greatest = values[0];
  for (int lane = 1; lane < LANES; lane++) greatest = values[lane] > greatest ? values[lane] : greatest;
  return greatest;
}

/// `e^x` for `x <= 0`, within 2 units in the last place; below -87.3 the result stays at `e^-87.3`, and what is
/// not a number remains so.
///
/// `x = n ln 2 + r` with `|r| <= ln 2 / 2`; `ln 2` is split in two so that `r` is exact, and `e^r` is the
/// polynomial of the Cephes library (`expf`).
ALWAYS_INLINE lanes exponential(lanes x) {
  const lanes zero = {0}, lowest = zero - 87.3f;
  const float rounder = 12582912.0f; // 1.5 * 2^23: the sum's last bits are the nearest integer
  x = choose(x < lowest, lowest, x);
  const lanes rounded = x * 1.44269504088896341f + rounder;
  const lanes count = rounded - rounder;
  const lanes rest = (x - count * 0.693359375f) - count * -2.12194440e-4f;
  lanes power = 1.9875691500e-4f * rest + 1.3981999507e-3f;
  power = power * rest + 8.3334519073e-3f;
  power = power * rest + 4.1665795894e-2f;
  power = power * rest + 1.6666665459e-1f;
  power = power * rest + 5.0000001201e-1f;
  power = power * (rest * rest) + (rest + 1.0f);
  const integer_lanes exponent = ((integer_lanes)rounded - (integer_lanes)(zero + rounder) + 127) << 23;
  return power * (lanes)exponent;
}

/// Rows become columns: each round exchanges the halves of ever smaller squares.
ALWAYS_INLINE void transpose(lanes square[LANES]) {
#define PAIRS(width, low, high)                                                                        \
  for (int row = 0; row < LANES; row++)                                                                \
    if (!(row & (width))) {                                                                            \
      const lanes upper = square[row], lower = square[row + (width)];                                  \
      square[row] = __builtin_shufflevector(upper, lower, low);                                        \
      square[row + (width)] = __builtin_shufflevector(upper, lower, high);                             \
    }
#define LIST(...) __VA_ARGS__
  PAIRS(8, LIST(0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23),
        LIST(8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31))
  PAIRS(4, LIST(0, 1, 2, 3, 16, 17, 18, 19, 8, 9, 10, 11, 24, 25, 26, 27),
        LIST(4, 5, 6, 7, 20, 21, 22, 23, 12, 13, 14, 15, 28, 29, 30, 31))
  PAIRS(2, LIST(0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29),
        LIST(2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31))
  PAIRS(1, LIST(0, 16, 2, 18, 4, 20, 6, 22, 8, 24, 10, 26, 12, 28, 14, 30),
        LIST(1, 17, 3, 19, 5, 21, 7, 23, 9, 25, 11, 27, 13, 29, 15, 31))
#undef LIST
#undef PAIRS
}

/// Up to `LANES` rows of `depth` values become the columns of `depth` rows; columns without a row become 0.
ALWAYS_INLINE void transpose_rows(const float *rows, long stride, long row_count, long depth, float *columns,
                                  long column_stride) {
  for (long first = 0; first < depth; first += LANES) {
    lanes square[LANES];
    for (int row = 0; row < LANES; row++)
      square[row] = row < row_count ? row_lanes(rows + row * stride, first, depth) : (lanes){0};
    transpose(square);
    for (int row = 0; row < LANES && first + row < depth; row++)
      store(columns + (first + row) * column_stride, square[row]);
  }
}

#endif
