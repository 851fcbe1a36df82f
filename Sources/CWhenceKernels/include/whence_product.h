#ifndef WHENCE_PRODUCT_H
#define WHENCE_PRODUCT_H

#include <stdint.h>

#include "whence_team.h"

// Matrix products whose right-hand side was packed once.
//
// Every element of a result is one chain of multiply-adds, in ascending order of the terms, that starts from the
// bias; or, of 8-bit matrices, an exact sum of integers. Tiles, threads and the other rows decide only when an
// element is computed, never how: a row's bytes are the same in every product.

/// What is done to the elements of a product while they are near.
enum whence_epilogue {
  whence_epilogue_none,
  /// The product is added to what the result holds.
  whence_epilogue_accumulate,
  whence_epilogue_gelu,
  whence_epilogue_gelu_tanh,
  whence_epilogue_relu,
  whence_epilogue_tanh,
  whence_epilogue_silu,
  whence_epilogue_quick_gelu,
  whence_epilogue_clipped_gelu,
  whence_epilogue_mish,
  whence_epilogue_squared_relu,
  whence_epilogue_relu6,
  whence_epilogue_leaky_relu,
  whence_epilogue_logistic,
  whence_epilogue_laplace,
};

/// How the right-hand side of a product lies in memory.
enum whence_layout {
  /// As `whence_pack` makes it.
  whence_layout_packed,
  /// `[column_count, depth]`, row-major: the matrix transposed.
  whence_layout_table,
  /// As `whence_pack_integers` makes it.
  whence_layout_integers,
};

/// `result = epilogue(rows * matrix + bias)`.
struct whence_product {
  /// `[row_count, depth]`, one row right after the other.
  const float *rows;
  long row_count;
  long depth;
  long column_count;
  /// Columns before this one are not wanted: their results stay as they were, or become what they would be otherwise.
  long first_column;
  const void *matrix;
  enum whence_layout layout;
  /// `whence_padded_columns(column_count)` floats.
  const float *bias;
  enum whence_epilogue epilogue;
  /// `[row_count, column_count]`, one row right after the other; not the memory of `rows`.
  float *result;
  /// `whence_product_scratch(row_count, depth, layout, team size)` bytes, aligned to 64.
  void *scratch;
};

/// The number of columns, rounded up to what kernels work on at once.
long whence_padded_columns(long column_count);

/// Rows and columns of a matrix that lie together.
struct whence_block {
  long first_row, row_count;
  long first_column, column_count;
};

/// Lays out a block of a matrix, row-major, in the order in which this machine's kernels read the whole of it: `depth`
/// rows and `whence_padded_columns` of its columns. `packed` starts as zeros, which stay where there is no column.
void whence_pack(const float *elements, struct whence_block block, long depth, float *packed);

/// Bytes that `whence_pack_integers` writes.
long whence_integer_bytes(long depth, long column_count);

/// Rounds a row-major matrix `[depth, column_count]` to integers from -127 to 127, with one scale a column, in the
/// order in which this machine's kernels read them; `packed` is aligned to 64 bytes. Where products are added up in 16
/// bits, the integers are as small as that needs. A column with an element that is not finite gives no number.
void whence_pack_integers(const float *matrix, long depth, long column_count, void *packed);

/// Bytes of scratch that `whence_product` needs.
long whence_product_scratch(long row_count, long depth, enum whence_layout layout, int threads);

/// Runs a product.
///
/// With integers, every row of the left-hand side is rounded too, to 254 steps from its least element to its greatest,
/// of which one is 0; what they are does not depend on the machine. A row with an element that is not finite has a
/// result of which no element is a number.
void whence_product(const struct whence_product *job, struct whence_team *team);

#endif
