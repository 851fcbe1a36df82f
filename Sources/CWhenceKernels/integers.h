#ifndef WHENCE_INTEGERS_H
#define WHENCE_INTEGERS_H

#include "CWhenceKernels.h"

/// A packed matrix of 8-bit integers: a scale and a correction a column, and then the integers.
///
/// The integers lie in strips of columns; a strip is, for `group` terms after the other, `group` integers of its
/// first column, `group` of its second, and so on, so that one instruction adds `group` products to a sum.
struct integer_matrix {
  const float *scales;
  /// What a column's sum starts from, given that left-hand integers are stored with `offset` added to them.
  const int32_t *corrections;
  const int8_t *integers;
};

/// The left-hand side of a product, in integers: each row's scale; and tiles of `height` rows. A tile is, for
/// `group` terms after the other, `group` integers of its first row, `group` of its second, and so on.
struct integer_rows {
  float *scales;
  int32_t *groups;
  /// Rows of a tile; the last may have fewer, but takes as much memory.
  long height;
  /// Groups of terms of a row.
  long group_count;
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
  /// What is added to the integers of the left-hand side, where instructions want them to be positive.
  int offset;
  long strip;
  /// The most rows of a tile.
  long tile_rows;
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

/// Runs a product whose layout is that of integers.
void integer_product(const struct whence_product *job, struct whence_team *team);

/// Bytes of scratch that it needs.
long integer_scratch(long row_count, long depth);

#endif
