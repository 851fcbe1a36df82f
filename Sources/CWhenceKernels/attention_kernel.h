// Attention; kernels.h says what is defined beforehand.

#include "lanes.h"
#include "relative_scores.h"
#include "row_products.h"

static long attention_scratch(long longest, long head_size,
                              const struct whence_relative_positions *positions) {
  return head_size * padded(longest) + longest * padded(head_size) +
         ASKING_ROWS * (padded(longest) + padded(head_size)) +
         (positions ? relative_scratch(positions, longest, head_size) : 0);
}

/// Turns `count` scores into weights that sum to 1; the lanes up to `padded(count)` become 0.
ALWAYS_INLINE void softmax(float *scores, long count, float scale) {
  const long width = padded(count);
  for (long key = count; key < width; key++) scores[key] = -INFINITY;
  lanes greatest = load(scores);
  for (long key = LANES; key < width; key += LANES) {
    const lanes next = load(scores + key);
    greatest = choose(next > greatest, next, greatest);
  }
  const float top = maximum(greatest);
  for (long key = 0; key < width; key += LANES)
    store(scores + key, exponential((load(scores + key) - top) * scale));
  for (long key = count; key < width; key++) scores[key] = 0;
  lanes total = {0};
  for (long key = 0; key < width; key += LANES) total += load(scores + key);
  const float share = 1 / sum(total);
  for (long key = 0; key < width; key += LANES) store(scores + key, load(scores + key) * share);
}

/// One head of one sequence.
static void attend(const struct whence_attention *job, long sequence, long head, float *scratch) {
  const long size = job->head_size, width = job->heads * size, stride = 3 * width;
  const long first = job->offsets[sequence], count = job->offsets[sequence + 1] - first;
  const long keys = padded(count), values = padded(size);
  const float *queries = job->query_key_value + first * stride + head * size;

  float *key_columns = scratch;                     // [size, keys] in strips: the keys transposed
  float *value_rows = key_columns + size * keys;    // [count, values] in strips
  float *scores = value_rows + count * values;      // [ASKING_ROWS, keys]
  float *results = scores + ASKING_ROWS * keys;     // [ASKING_ROWS, values]
  float *rest = results + ASKING_ROWS * values;     // what relative positions need
  for (long key = 0; key < keys; key += LANES)
    transpose_rows(queries + width + key * stride, stride, count - key, size, key_columns + key * size, LANES);
  for (long place = 0; place < values; place += LANES)
    for (long key = 0; key < count; key++)
      store(value_rows + place * count + key * LANES, row_lanes(queries + 2 * width + key * stride, place, size));

  struct relative_scores relative = {0};
  if (job->positions)
    relative = prepare_relative_scores(job->positions, count, head, job->heads, size, key_columns, rest);

  const long asking = job->first_rows_only ? 1 : count;
  float *context = job->context + (job->first_rows_only ? sequence : first) * width + head * size;
  for (long block = 0; block < asking; block += ASKING_ROWS) {
    // A block that is not full repeats its last row, so that a row's arithmetic never depends on its place.
    const long rows = asking - block < ASKING_ROWS ? asking - block : ASKING_ROWS;
    const float *left[ASKING_ROWS];
    long query[ASKING_ROWS];
    for (long row = 0; row < ASKING_ROWS; row++) {
      query[row] = block + (row < rows ? row : rows - 1);
      left[row] = queries + query[row] * stride;
    }
    // What none of the rows sees is not computed.
    const long seen_keys = job->causal ? query[ASKING_ROWS - 1] + 1 : count;
    wide_product(left, key_columns, size, size, scores, keys, padded(seen_keys));
    if (job->positions) add_relative_scores(&relative, left, query, count, size, scores, keys);
    for (long row = 0; row < ASKING_ROWS; row++) {
      const long seen = job->causal ? query[row] + 1 : count;
      softmax(scores + row * keys, seen, job->scale);
      for (long key = seen; key < count; key++) scores[row * keys + key] = 0;
      left[row] = scores + row * keys;
    }
    wide_product(left, value_rows, count, seen_keys, results, values, values);
    for (long row = 0; row < rows; row++) {
      memcpy(context + (block + row) * width, results + row * values, (size_t)size * sizeof(float));
      if (job->weights)
        memcpy(job->weights + job->weight_offsets[sequence] + (head * count + block + row) * count,
               scores + row * keys, (size_t)count * sizeof(float));
    }
  }
}
