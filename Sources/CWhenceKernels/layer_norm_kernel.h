// Layer normalisation.

#include "lanes.h"

/// Normalises one row; false if its mean or variance is not finite.
///
/// The variance is that of the differences from the mean (two passes), which loses nothing to cancellation.
ALWAYS_INLINE bool normalize(float *row, const struct whence_layer_norm *job) {
  const long width = job->width, even = width / LANES * LANES;
  lanes sums = {0};
  for (long column = 0; column < even; column += LANES) sums += load(row + column);
  float total = sum(sums);
  for (long column = even; column < width; column++) total += row[column];
  const float mean = total / (float)width;

  lanes squares = {0};
  for (long column = 0; column < even; column += LANES) {
    const lanes difference = load(row + column) - mean;
    squares += difference * difference;
  }
  float variance = sum(squares);
  for (long column = even; column < width; column++) {
    const float difference = row[column] - mean;
    variance += difference * difference;
  }
  variance /= (float)width;

  const float factor = 1 / sqrtf(variance + job->epsilon);
  for (long column = 0; column < even; column += LANES)
    store(row + column, (load(row + column) - mean) * factor * load(job->gain + column) + load(job->shift + column));
  for (long column = even; column < width; column++)
    row[column] = (row[column] - mean) * factor * job->gain[column] + job->shift[column];
  return isfinite(mean) && isfinite(variance);
}

static bool normalize_rows(const struct whence_layer_norm *job, long first, long end) {
  bool finite = true;
  for (long row = first; row < end; row++) finite &= normalize(job->rows + row * job->width, job);
  return finite;
}
