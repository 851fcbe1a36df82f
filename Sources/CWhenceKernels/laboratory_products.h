// The four sums of which the disentangled transformer is made, each for sixteen sequences at a time.

#include "lanes.h"

ALWAYS_INLINE lanes splat(float value) { return (lanes){0} + value; }

/// `columns[c] += sum_r matrix[r * row_step + c * column_step] * rows[r]`: the same matrix for every sequence.
static void add_product(const float *matrix, long row_step, long column_step, long row_count, long column_count,
                        const lanes *rows, lanes *columns) {
  enum { TILE = 6 };
  long column = 0;
  for (; column + TILE <= column_count; column += TILE) {
    const float *tile = matrix + column * column_step;
    lanes sums[TILE];
    UNROLLED for (int c = 0; c < TILE; c++) sums[c] = columns[column + c];
    for (long row = 0; row < row_count; row++) {
      const lanes factor = rows[row];
      UNROLLED for (int c = 0; c < TILE; c++) sums[c] += tile[row * row_step + c * column_step] * factor;
    }
    UNROLLED for (int c = 0; c < TILE; c++) columns[column + c] = sums[c];
  }
  for (; column < column_count; column++) {
    lanes sum = columns[column];
    for (long row = 0; row < row_count; row++)
      sum += matrix[row * row_step + column * column_step] * rows[row];
    columns[column] = sum;
  }
}

/// `result[k] += table[token of k]`, where `one_hot[k * vocabulary + s]` is 1 for the token `s` of place `k`.
static void add_looked_up(const lanes *one_hot, long vocabulary, long count, const lanes *table, lanes *result) {
  enum { TILE = 4 };
  long place = 0;
  for (; place + TILE <= count; place += TILE) {
    const lanes *hot = one_hot + place * vocabulary;
    lanes sums[TILE];
    UNROLLED for (int k = 0; k < TILE; k++) sums[k] = result[place + k];
    for (long token = 0; token < vocabulary; token++) {
      const lanes value = table[token];
      UNROLLED for (int k = 0; k < TILE; k++) sums[k] += hot[k * vocabulary + token] * value;
    }
    UNROLLED for (int k = 0; k < TILE; k++) result[place + k] = sums[k];
  }
  for (; place < count; place++)
    for (long token = 0; token < vocabulary; token++)
      result[place] += one_hot[place * vocabulary + token] * table[token];
}

/// `totals[s] += sum of the weights of the places that hold token s`. Weights lie `step` apart.
static void add_by_token(const lanes *one_hot, long vocabulary, long count, const lanes *weights, long step,
                         lanes *totals) {
  enum { TILE = 4 };
  long token = 0;
  for (; token + TILE <= vocabulary; token += TILE) {
    lanes sums[TILE];
    UNROLLED for (int s = 0; s < TILE; s++) sums[s] = totals[token + s];
    for (long place = 0; place < count; place++) {
      const lanes weight = weights[place * step];
      UNROLLED for (int s = 0; s < TILE; s++) sums[s] += one_hot[place * vocabulary + token + s] * weight;
    }
    UNROLLED for (int s = 0; s < TILE; s++) totals[token + s] = sums[s];
  }
  for (; token < vocabulary; token++) {
    lanes sum = totals[token];
    for (long place = 0; place < count; place++)
      sum += one_hot[place * vocabulary + token] * weights[place * step];
    totals[token] = sum;
  }
}

/// `gradient[r, c] += sum_k left[k, r] * right[k, c]`, the rows of `right` padded to whole lanes.
///
/// - `left`: `[terms, left_stride]`, `right`: `[terms, right_stride]`, one row a sequence.
static void add_outer_products(const float *left, long left_stride, const float *right, long right_stride, long terms,
                               long row_count, long column_count, float *gradient) {
  enum { TILE = 6 };
  for (long column = 0; column < column_count; column += LANES) {
    const long width = column_count - column < LANES ? column_count - column : LANES;
    for (long first = 0; first < row_count; first += TILE) {
      const long height = row_count - first < TILE ? row_count - first : TILE;
      lanes sums[TILE] = {{0}};
      if (height == TILE)
        for (long term = 0; term < terms; term++) {
          const lanes factor = load(right + term * right_stride + column);
          UNROLLED for (int r = 0; r < TILE; r++) sums[r] += left[term * left_stride + first + r] * factor;
        }
      else
        for (long term = 0; term < terms; term++) {
          const lanes factor = load(right + term * right_stride + column);
          for (long r = 0; r < height; r++) sums[r] += left[term * left_stride + first + r] * factor;
        }
      for (long r = 0; r < height; r++) {
        float *row = gradient + (first + r) * column_count + column;
        float part[LANES];
        store(part, sums[r]);
        for (long c = 0; c < width; c++) row[c] += part[c];
      }
    }
  }
}

/// Lays the numbers of a group out by sequence: `rows[lane, e] = values[e, lane]`, padded with 0 to whole lanes.
static void transpose_group(const lanes *values, long count, float *rows, long stride) {
  for (long first = 0; first < count; first += LANES) {
    lanes square[LANES];
    for (long e = 0; e < LANES; e++) square[e] = first + e < count ? values[first + e] : splat(0);
    transpose(square);
    for (long lane = 0; lane < LANES; lane++) store(rows + lane * stride + first, square[lane]);
  }
}

/// The sum over the lanes of each of `count` values.
static void lane_sums(const lanes *values, long count, float *result) {
  for (long first = 0; first < count; first += LANES) {
    lanes square[LANES];
    for (long e = 0; e < LANES; e++) square[e] = first + e < count ? values[first + e] : splat(0);
    transpose(square);
    for (int width = LANES / 2; width > 0; width /= 2)
      for (int lane = 0; lane < width; lane++) square[lane] += square[lane + width];
    for (long e = 0; e < LANES && first + e < count; e++) result[first + e] = square[0][e];
  }
}

/// The softmax of `count` scores a lane, in place.
static void softmax(lanes *scores, long count) {
  lanes greatest = scores[0], total = {0};
  for (long k = 1; k < count; k++) greatest = choose(scores[k] > greatest, scores[k], greatest);
  for (long k = 0; k < count; k++) total += scores[k] = exponential(scores[k] - greatest);
  const lanes factor = 1.0f / total;
  for (long k = 0; k < count; k++) scores[k] *= factor;
}

/// Turns the gradient of a softmax's result into that of its scores, in place.
static void softmax_gradient(const lanes *weights, lanes *gradient, long count) {
  lanes mean = {0};
  for (long k = 0; k < count; k++) mean += weights[k] * gradient[k];
  for (long k = 0; k < count; k++) gradient[k] = weights[k] * (gradient[k] - mean);
}
