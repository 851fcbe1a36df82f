#ifndef WHENCE_RELATIVE_SCORES_H
#define WHENCE_RELATIVE_SCORES_H

#include <string.h>

#include "CWhenceKernels.h"
#include "row_products.h"

// The scores that relative positions add to an attention (DeBERTa, He et al. 2021, equation 4).
//
// Both terms depend on content and on a distance, so each is a product with the rows of the distances that occur in
// the sequence, and a look-up by distance. The first is made for a few queries when they are asked, the second for
// all keys beforehand.
struct relative_scores {
  const int *row_of_distance; // at distance 0; numbers rows from `first`
  int first;                  // the lowest row that occurs
  long rows, width;           // how many occur, and the same padded
  float *key_columns;         // [size, width] in strips: position keys transposed; null without the term
  float *query_scores;        // [rows, keys]: position queries by keys; null without the term
  float *content_scores;      // [ASKING_ROWS, width]: queries by position keys
};

/// Rows from that of the lowest distance in a sequence to that of the highest. They can be more than there are
/// distances: buckets that grow with the distance leave rows out.
ALWAYS_INLINE long relative_rows(const struct whence_relative_positions *positions, long count) {
  return positions->row_of_distance[count - 1] - positions->row_of_distance[1 - count] + 1;
}

/// Floats of scratch for sequences of up to `longest` rows.
ALWAYS_INLINE long relative_scratch(const struct whence_relative_positions *positions, long longest, long head_size) {
  const long rows = longest > 0 ? relative_rows(positions, longest) : 0;
  return (head_size + ASKING_ROWS) * padded(rows) + (rows + ASKING_ROWS) * padded(longest);
}

/// Prepares one head of one sequence; `keys` are its key columns, in strips.
ALWAYS_INLINE struct relative_scores prepare_relative_scores(const struct whence_relative_positions *positions,
                                                             long count, long head, long heads, long size,
                                                             const float *keys, float *scratch) {
  struct relative_scores scores = {.row_of_distance = positions->row_of_distance};
  scores.first = positions->row_of_distance[1 - count];
  scores.rows = relative_rows(positions, count);
  scores.width = padded(scores.rows);
  scores.content_scores = scratch;
  scratch += ASKING_ROWS * scores.width;
  const long width = heads * size, start = scores.first * width + head * size;
  if (positions->keys) {
    scores.key_columns = scratch;
    scratch += size * scores.width;
    for (long row = 0; row < scores.width; row += LANES)
      transpose_rows(positions->keys + start + row * width, width, scores.rows - row, size,
                     scores.key_columns + row * size, LANES);
  }
  if (positions->queries) {
    scores.query_scores = scratch;
    const long stride = padded(count);
    for (long block = 0; block < scores.rows; block += ASKING_ROWS) {
      const float *left[ASKING_ROWS];
      for (long row = 0; row < ASKING_ROWS; row++) {
        const long place = block + row < scores.rows ? block + row : scores.rows - 1;
        left[row] = positions->queries + start + place * width;
      }
      // The rows behind the last are scratch too.
      wide_product(left, keys, size, size, scores.query_scores + block * stride, stride, stride);
    }
  }
  return scores;
}

/// Adds to the scores of ASKING_ROWS queries: `query[row]` is the query's place in the sequence, `left[row]` itself.
ALWAYS_INLINE void add_relative_scores(const struct relative_scores *relative, const float *const left[ASKING_ROWS],
                                       const long query[ASKING_ROWS], long count, long size, float *scores,
                                       long stride) {
  if (relative->key_columns)
    wide_product(left, relative->key_columns, size, size, relative->content_scores, relative->width,
                 relative->width);
  for (long row = 0; row < ASKING_ROWS; row++) {
    const int *row_of_distance = relative->row_of_distance + query[row];
    float *sums = scores + row * stride;
    if (relative->key_columns) {
      const float *content = relative->content_scores + row * relative->width;
      for (long key = 0; key < count; key++) sums[key] += content[row_of_distance[-key] - relative->first];
    }
    if (relative->query_scores)
      for (long key = 0; key < count; key++)
        sums[key] += relative->query_scores[(row_of_distance[-key] - relative->first) * stride + key];
  }
}

#endif
