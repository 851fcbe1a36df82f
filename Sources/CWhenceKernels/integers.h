#ifndef WHENCE_INTEGERS_H
#define WHENCE_INTEGERS_H

#include "CWhenceKernels.h"

// Integers of the left-hand side are positive, from 0 to LEFT_TOP, and one of them, a row's own, stands for 0; so a
// row that has hardly any negative elements loses no digit to them. Those of the matrix are from -127 to 127.

enum {
  LEFT_TOP = 255,
  RIGHT_TOP = 127,
  /// Groups of terms of a block; a group of terms of the left-hand side has 32 bits.
  BLOCK_GROUPS = 4,
};

/// A packed matrix of 8-bit integers: a scale and a correction a column, and then the integers.
///
/// The integers lie in strips of columns; a strip is, for `group` terms after the other, `group` integers of its
/// first column, `group` of its second, and so on, so that one instruction adds `group` products to a sum. Zeros
/// fill the last block.
struct integer_matrix {
  float *scales;
  /// What a column's sum starts from for each unit of the integer that stands for 0: minus the sum of its integers.
  int32_t *corrections;
  int8_t *integers;
};

/// The left-hand side of a product, in integers: each row's scale, and what stands for 0; and tiles of `height` rows.
/// A tile is, for one block of terms after the other, the block's groups of its first row, those of its second, and
/// so on.
struct integer_rows {
  float *scales;
  int32_t *zeros;
  int32_t *groups;
  /// Rows of a tile; the last may have fewer, but takes as much memory.
  long height;
  long block_count;
};

/// Some tiles of rows and some strips of columns of a product, which one thread computes.
struct integer_part {
  long first_tile, end_tile;
  long first_strip, end_strip;
};

/// How products of integers run on one kind of machine.
struct integer_kernel {
  /// Terms that one instruction adds up; 2 of 16 bits or 4 of 8 bits in the left-hand side.
  long group;
  /// The most rows of a tile, and its columns: the width of a packed matrix's strip.
  long tile_rows, strip;
  /// Unless 0, what the positive integers of a column may sum to, and the negative ones too, over every other pair of
  /// a block's terms: instructions then add up the products of such pairs in 16 bits.
  int pair_limit;
  /// Rounds a row to integers.
  void (*round)(const float *row, long depth, struct integer_rows *rows, long row_number);
  void (*run)(const struct whence_product *job, const struct integer_matrix *matrix, const struct integer_rows *rows,
              struct integer_part part);
};

#if defined(__x86_64__)
extern const struct integer_kernel integers_avx512vnni, integers_avxvnni, integers_avx2;
#endif
extern const struct integer_kernel integers_plain;

/// The best of them that this machine can run.
const struct integer_kernel *integer_kernel(void);

static inline long rounded_up(long count, long unit) { return (count + unit - 1) / unit * unit; }

/// Blocks of terms of a product.
long integer_block_count(long depth);

/// Where the parts of a packed matrix are.
struct integer_matrix integer_parts(const void *packed, long column_count);

/// Runs a product whose layout is that of integers.
void integer_product(const struct whence_product *job, struct whence_team *team);

/// Bytes of scratch that it needs.
long integer_scratch(long row_count, long depth);

#endif
