#include <math.h>
#include <string.h>

#include "CWhenceKernels.h"
#include "lanes.h"

// Queries are taken four at a time: four rows of scores stay in the first cache from the product with the keys
// through the softmax to the product with the values.
enum { ROWS = 4 };

static long padded(long count) { return (count + LANES - 1) / LANES * LANES; }

long whence_attention_scratch(long longest, long head_size) {
  return head_size * padded(longest) + longest * padded(head_size) +
         ROWS * (padded(longest) + padded(head_size));
}

/// `result[row, 0 ..< columns * LANES] = sum_k left[row, k] * right[k, ...]` for four rows.
ALWAYS_INLINE void product(const float *const left[ROWS], const float *right, long right_stride, long depth,
                           float *result, long result_stride, const int columns) {
  lanes sums[ROWS][4];
  for (int row = 0; row < ROWS; row++)
    for (int column = 0; column < columns; column++) sums[row][column] = (lanes){0};
  for (long k = 0; k < depth; k++) {
    lanes factor[4];
    for (int column = 0; column < columns; column++)
      factor[column] = load(right + k * right_stride + column * LANES);
    for (int row = 0; row < ROWS; row++)
      for (int column = 0; column < columns; column++) sums[row][column] += left[row][k] * factor[column];
  }
  for (int row = 0; row < ROWS; row++)
    for (int column = 0; column < columns; column++)
      store(result + row * result_stride + column * LANES, sums[row][column]);
}

/// The same for any width that is a multiple of `LANES`.
ALWAYS_INLINE void wide_product(const float *const left[ROWS], const float *right, long right_stride, long depth,
                                float *result, long result_stride, long width) {
  long column = 0;
  for (; column + 4 * LANES <= width; column += 4 * LANES)
    product(left, right + column, right_stride, depth, result + column, result_stride, 4);
  for (; column < width; column += LANES)
    product(left, right + column, right_stride, depth, result + column, result_stride, 1);
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
  if (keys > count || values > size) memset(scratch, 0, (size_t)(results - scratch) * sizeof(float));
  for (long key = 0; key < count; key++) {
    const float *row = queries + width + key * stride;
    for (long k = 0; k < size; k++) key_columns[k * keys + key] = row[k];
    memcpy(value_rows + key * values, row + width, (size_t)size * sizeof(float));
  }

  const long asking = job->first_rows_only ? 1 : count;
  float *context = job->context + (job->first_rows_only ? sequence : first) * width + head * size;
  for (long block = 0; block < asking; block += ROWS) {
    // A block that is not full repeats its last row, so that a row's arithmetic never depends on its place.
    const long rows = asking - block < ROWS ? asking - block : ROWS;
    const float *left[ROWS];
    for (long row = 0; row < ROWS; row++)
      left[row] = queries + (block + (row < rows ? row : rows - 1)) * stride;
    wide_product(left, key_columns, keys, size, scores, keys, keys);
    for (long row = 0; row < ROWS; row++) {
      softmax(scores + row * keys, count, job->scale);
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
  struct shared_attention shared = {job, whence_attention_scratch(longest, job->head_size)};
  whence_team_run(team, job->sequences * job->heads, attend_one, &shared);
}
