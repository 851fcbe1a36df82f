#include <math.h>
#include <string.h>

#include "CWhenceKernels.h"
#include "lanes.h"
#include "relative_scores.h"
#include "row_products.h"

long whence_attention_scratch(long longest, long head_size, const struct whence_relative_positions *positions) {
  return head_size * padded(longest) + longest * padded(head_size) +
         ROWS * (padded(longest) + padded(head_size)) +
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
FOR_EACH_MACHINE
static void attend(const struct whence_attention *job, long sequence, long head, float *scratch) {
  const long size = job->head_size, width = job->heads * size, stride = 3 * width;
  const long first = job->offsets[sequence], count = job->offsets[sequence + 1] - first;
  const long keys = padded(count), values = padded(size);
  const float *queries = job->query_key_value + first * stride + head * size;

  float *key_columns = scratch;                     // [size, keys]: the keys transposed
  float *value_rows = key_columns + size * keys;    // [count, values]
  float *scores = value_rows + count * values;      // [ROWS, keys]
  float *results = scores + ROWS * keys;            // [ROWS, values]
  float *rest = results + ROWS * values;            // what relative positions need
  if (keys > count || values > size) memset(scratch, 0, (size_t)(results - scratch) * sizeof(float));
  for (long key = 0; key < count; key++) {
    const float *row = queries + width + key * stride;
    for (long k = 0; k < size; k++) key_columns[k * keys + key] = row[k];
    memcpy(value_rows + key * values, row + width, (size_t)size * sizeof(float));
  }

  struct relative_scores relative = {0};
  if (job->positions)
    relative = prepare_relative_scores(job->positions, count, head, job->heads, size, key_columns, keys, rest);

  const long asking = job->first_rows_only ? 1 : count;
  float *context = job->context + (job->first_rows_only ? sequence : first) * width + head * size;
  for (long block = 0; block < asking; block += ROWS) {
    // A block that is not full repeats its last row, so that a row's arithmetic never depends on its place.
    const long rows = asking - block < ROWS ? asking - block : ROWS;
    const float *left[ROWS];
    long query[ROWS];
    for (long row = 0; row < ROWS; row++) {
      query[row] = block + (row < rows ? row : rows - 1);
      left[row] = queries + query[row] * stride;
    }
    wide_product(left, key_columns, keys, size, scores, keys, keys);
    if (job->positions) add_relative_scores(&relative, left, query, count, size, scores, keys);
    for (long row = 0; row < ROWS; row++) {
      const long seen = job->causal ? query[row] + 1 : count;
      softmax(scores + row * keys, seen, job->scale);
      for (long key = seen; key < count; key++) scores[row * keys + key] = 0;
      left[row] = scores + row * keys;
    }
    wide_product(left, value_rows, values, count, results, values, values);
    for (long row = 0; row < rows; row++) {
      memcpy(context + (block + row) * width, results + row * values, (size_t)size * sizeof(float));
      if (job->weights)
        memcpy(job->weights + job->weight_offsets[sequence] + (head * count + block + row) * count,
               scores + row * keys, (size_t)count * sizeof(float));
    }
  }
}

struct shared_attention {
  const struct whence_attention *job;
  long scratch;
};

static void attend_one(void *context, long job, int thread) {
  const struct shared_attention *shared = context;
  attend(shared->job, job / shared->job->heads, job % shared->job->heads,
         shared->job->scratch + thread * shared->scratch);
}

void whence_attention(const struct whence_attention *job, struct whence_team *team) {
  long longest = 0;
  for (long sequence = 0; sequence < job->sequences; sequence++) {
    const long count = job->offsets[sequence + 1] - job->offsets[sequence];
    if (count > longest) longest = count;
  }
  struct shared_attention shared = {job, whence_attention_scratch(longest, job->head_size, job->positions)};
  whence_team_run(team, job->sequences * job->heads, attend_one, &shared);
}
