#ifndef WHENCE_PRODUCT_H
#define WHENCE_PRODUCT_H

#include "whence_team.h"

// Matrix products whose right-hand side was packed once.
//
// Every element of a result is one chain of multiply-adds, in ascending order of the terms, that starts from the
// bias. Tiles, threads and the other rows decide only when an element's chain runs, never its order: a row's bytes
// are the same in every product.

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
};

/// `result = epilogue(rows * matrix + bias)`.
struct whence_product {
  /// `[row_count, depth]`, one row right after the other.
  const float *rows;
  long row_count;
  long depth;
  long column_count;
  /// What `whence_pack` made; or, if `is_table`, `[column_count, depth]`, row-major: the matrix transposed.
  const float *matrix;
  bool is_table;
  /// `whence_padded_columns(column_count)` floats.
  const float *bias;
  enum whence_epilogue epilogue;
  /// `[row_count, column_count]`, one row right after the other; not the memory of `rows`.
  float *result;
  /// `team size * whence_product_scratch()` floats, aligned to 64 bytes.
  float *scratch;
};

/// The number of columns, rounded up to what kernels work on at once.
long whence_padded_columns(long column_count);

/// Lays out a row-major matrix `[depth, column_count]` in the order in which this machine's kernels read it, as
/// `depth * whence_padded_columns(column_count)` floats; columns that are not there are 0.
void whence_pack(const float *matrix, long depth, long column_count, float *packed);

/// Floats of scratch that one thread of `whence_product` needs.
long whence_product_scratch(void);

/// Runs a product.
void whence_product(const struct whence_product *job, struct whence_team *team);

#endif
