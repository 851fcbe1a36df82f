#include <float.h>
#include <stdbool.h>
#include <string.h>

#include "activations.h"
#include "integers.h"

long integer_block_count(long depth) {
  const long block = integer_kernel()->group * BLOCK_GROUPS;
  return (depth + block - 1) / block;
}

/// Columns, rounded up so that the arrays of a packed matrix stay aligned and whole strips have their scales.
static long padded_columns(long column_count) { return rounded_up(column_count, 32); }

static long integer_count(long depth, long column_count) {
  const struct integer_kernel *kernel = integer_kernel();
  return integer_block_count(depth) * BLOCK_GROUPS * kernel->group * rounded_up(column_count, kernel->strip);
}

long whence_integer_bytes(long depth, long column_count) {
  return padded_columns(column_count) * 8 + integer_count(depth, column_count);
}

struct integer_matrix integer_parts(const void *packed, long column_count) {
  float *const scales = (float *)packed;
  int32_t *const corrections = (int32_t *)scales + padded_columns(column_count);
  return (struct integer_matrix){scales, corrections, (int8_t *)(corrections + padded_columns(column_count))};
}

enum {
  MOST_TERMS = 4 * BLOCK_GROUPS,
  PAIRS = 2,
};

// Of the pairs of a block's terms, every other one is added up by itself where that is done in 16 bits.
#define PAIR_OF(term) ((term) / 2 % PAIRS)

/// `LANES` columns of a matrix, or as many as there are.
struct columns {
  const float *matrix;
  long depth, column_count;
  long first, count;
};

/// The elements of one row; those that are not there are 0.
ALWAYS_INLINE lanes elements(const struct columns *columns, long k) {
  lanes values = {0};
  if (k >= columns->depth) return values;
  const float *from = columns->matrix + k * columns->column_count + columns->first;
  if (columns->count == LANES) return load(from);
  memcpy(&values, from, (size_t)columns->count * sizeof(float));
  return values;
}

/// The scale of each column: its largest element becomes `RIGHT_TOP` at most, and the sums that `pair_limit` limits
/// become that at most, but for rounding.
static lanes scales_of(const struct columns *columns, const struct integer_kernel *kernel) {
  const lanes zero = {0};
  lanes greatest = zero, worst = zero, poison = zero;
  for (long first = 0; first < columns->depth; first += kernel->group * BLOCK_GROUPS) {
    lanes positive[PAIRS] = {{0}}, negative[PAIRS] = {{0}};
    for (long term = 0; term < kernel->group * BLOCK_GROUPS; term++) {
      const lanes values = elements(columns, first + term), size = magnitude(values);
      greatest = choose(size > greatest, size, greatest);
      poison += values * 0.0f;
      positive[PAIR_OF(term)] += choose(values > zero, values, zero);
      negative[PAIR_OF(term)] -= choose(values < zero, values, zero);
    }
    for (int pair = 0; pair < PAIRS; pair++) {
      worst = choose(positive[pair] > worst, positive[pair], worst);
      worst = choose(negative[pair] > worst, negative[pair], worst);
    }
  }
  const lanes scales = greatest / RIGHT_TOP;
  if (kernel->pair_limit == 0) return scales + poison;
  worst /= (float)kernel->pair_limit;
  return choose(worst > scales, worst, scales) + poison;
}

/// A block of terms of `LANES` columns: the integers, and by how much each exceeds what it was rounded from.
struct rounded_block {
  int32_t integers[MOST_TERMS][LANES];
  float excesses[MOST_TERMS][LANES];
};

static void round_block(const struct columns *columns, long first, long terms, lanes factors,
                        struct rounded_block *block) {
  const lanes zero = {0};
  const float rounder = 12582912.0f; // 1.5 * 2^23: the sum's last bits are the nearest integer
  for (long term = 0; term < terms; term++) {
    const lanes exact = elements(columns, first + term) * factors, near = (exact + rounder) - rounder;
    // Where the column's scale is no number, anything may stand here that is small.
    const lanes integers = choose(magnitude(near) <= zero + RIGHT_TOP, near, zero);
    *(integer_lanes *)block->integers[term] = __builtin_convertvector(integers, integer_lanes);
    store(block->excesses[term], integers - exact);
  }
}

/// Brings the integers of one sign, over every other pair of terms of a column, down to `limit`: the one that
/// was rounded up most, or down least, is lowered, until they are. That is the nearest block within the limit.
static void limit_pairs(struct rounded_block *block, long terms, int lane, long pair, int sign, int limit) {
  int total = 0;
  for (long term = 0; term < terms; term++) {
    const int size = sign * block->integers[term][lane];
    if (PAIR_OF(term) == pair && size > 0) total += size;
  }
  for (; total > limit; total--) {
    long most = -1;
    for (long term = 0; term < terms; term++)
      if (PAIR_OF(term) == pair && sign * block->integers[term][lane] > 0 &&
          (most < 0 || (float)sign * (block->excesses[term][lane] - block->excesses[most][lane]) > 0))
        most = term;
    block->integers[most][lane] -= sign;
    block->excesses[most][lane] -= (float)sign;
  }
}

/// Not 0 in the lanes whose integers of one sign, over every other pair of terms, sum to more than `limit`.
static integer_lanes over_limit(const struct rounded_block *block, long terms, int limit) {
  const integer_lanes zero = {0};
  integer_lanes over = zero;
  for (int pair = 0; pair < PAIRS; pair++) {
    integer_lanes positive = zero, negative = zero;
    for (long term = 0; term < terms; term++) {
      if (PAIR_OF(term) != pair) continue;
      const integer_lanes integers = *(const integer_lanes *)block->integers[term], sign = integers >> 31;
      positive += integers & ~sign;
      negative -= integers & sign;
    }
    over |= (positive > limit) | (negative > limit);
  }
  return over;
}

/// Brings all such sums of a block down to `limit`. Few of them exceed it, and by little.
static void limit_block(struct rounded_block *block, long terms, int limit) {
  const integer_lanes over = over_limit(block, terms, limit);
  for (int lane = 0; lane < LANES; lane++)
    for (int pair = 0; over[lane] && pair < PAIRS; pair++)
      for (int sign = -1; sign <= 1; sign += 2) limit_pairs(block, terms, lane, pair, sign, limit);
}

/// Writes the first `count` columns of a block of terms where the kernels read them; `first` is the first column.
static void store_block(const struct rounded_block *block, const struct integer_kernel *kernel, long blocks,
                        long number, long first, long count, int8_t *integers) {
  const long group = kernel->group, width = kernel->strip;
  for (long part = 0; part < BLOCK_GROUPS; part++) {
    int8_t words[LANES][sizeof(int32_t)];
    for (long term = 0; term < group; term++)
      for (long lane = 0; lane < LANES; lane++) words[lane][term] = (int8_t)block->integers[part * group + term][lane];
    for (long lane = 0; lane < count; lane++) {
      const long strip = (first + lane) / width, inside = (first + lane) % width;
      memcpy(integers + (((strip * blocks + number) * BLOCK_GROUPS + part) * width + inside) * group, words[lane],
             (size_t)group);
    }
  }
}

void whence_pack_integers(const float *matrix, long depth, long column_count, void *packed) {
  const struct integer_kernel *kernel = integer_kernel();
  const long terms = kernel->group * BLOCK_GROUPS, blocks = integer_block_count(depth);
  memset(packed, 0, (size_t)whence_integer_bytes(depth, column_count));
  const struct integer_matrix parts = integer_parts(packed, column_count);
  for (long first = 0; first < column_count; first += LANES) {
    const long count = column_count - first < LANES ? column_count - first : LANES;
    const struct columns columns = {matrix, depth, column_count, first, count};
    const lanes scales = scales_of(&columns, kernel), zero = {0};
    const lanes factors = choose(scales >= zero + FLT_MIN, 1 / scales, zero);
    integer_lanes corrections = {0};
    store(parts.scales + first, scales);
    for (long number = 0; number < blocks; number++) {
      struct rounded_block block;
      round_block(&columns, number * terms, terms, factors, &block);
      if (kernel->pair_limit > 0) limit_block(&block, terms, kernel->pair_limit);
      for (long term = 0; term < terms; term++) corrections -= *(const integer_lanes *)block.integers[term];
      store_block(&block, kernel, blocks, number, first, count, parts.integers);
    }
    *(integer_lanes *)(parts.corrections + first) = corrections;
  }
}
