#ifndef WHENCE_KERNELS_H
#define WHENCE_KERNELS_H

#include <stdbool.h>

#include "whence_laboratory.h"
#include "whence_machine.h"
#include "whence_memory.h"
#include "whence_product.h"
#include "whence_team.h"

// The steps of a transformer layer: products, attention read straight out of a packed query-key-value product, and
// layer normalisation in place. Everything is `float`, row-major; sizes and offsets count elements. Results do not
// depend on the number of threads, nor on which other rows are computed in the same call.

/// What relative positions add to the scores of an attention before they are scaled: the query by the position key
/// of the distance, and the key by the position query of the distance.
struct whence_relative_positions {
  /// `[rows, heads * head_size]`, heads side by side, with every row of a distance; either may be null.
  const float *keys;
  const float *queries;
  /// The row of every distance that a query can stand behind its key, ascending; points at distance 0.
  const int *row_of_distance;
};

/// One self-attention over a packed batch: sequence `s` owns rows `offsets[s] ..< offsets[s + 1]`.
struct whence_attention {
  /// `[tokens, 3 * heads * head_size]`: queries, keys and values side by side, each with its heads side by side.
  const float *query_key_value;
  /// `sequences + 1` row numbers, ascending; every sequence has a row.
  const long *offsets;
  long sequences;
  long heads;
  long head_size;
  /// Factor of the scores before the softmax.
  float scale;
  /// Whether only the first row of every sequence asks; then `context` has one row a sequence.
  bool first_rows_only;
  /// Whether a row sees itself and earlier rows of its sequence only.
  bool causal;
  /// Null, or what is added to the scores.
  const struct whence_relative_positions *positions;
  /// `[tokens or sequences, heads * head_size]`: the result.
  float *context;
  /// Null, or where the weights go: sequence `s` fills `[heads, rows, rows]` from `weight_offsets[s]` on.
  float *weights;
  const long *weight_offsets;
  /// `team size * whence_attention_scratch(longest sequence, head_size, positions)` floats, aligned to 64 bytes.
  float *scratch;
};

/// Floats of scratch that one thread of `whence_attention` needs.
long whence_attention_scratch(long longest, long head_size, const struct whence_relative_positions *positions);

/// `weights = softmax(scale * Q * K^T)` and `context = weights * V`, for every sequence and head.
void whence_attention(const struct whence_attention *job, struct whence_team *team);

/// Layer normalisation of rows, in place: `gain * (x - mean) / sqrt(variance + epsilon) + shift`.
struct whence_layer_norm {
  float *rows;
  long count;
  long width;
  const float *gain;
  const float *shift;
  float epsilon;
};

/// Normalises every row; false if the mean or variance of one was not finite.
bool whence_layer_norm(const struct whence_layer_norm *job, struct whence_team *team);

#endif
