// Products; kernels.h says what is defined beforehand.

#include "epilogues.h"
#include "lanes.h"

#define STRIP (VECTORS * LANES)
// A row of the packed left-hand side: not a power of two, else all rows would share a few places of the cache.
#define LEFT_STRIDE (DEPTH + LANES)

/// One tile of the product of some terms: `rows` and `STRIP` columns.
///
/// `start`, unless null, is what the sums start from; with `adds`, what `result` holds is added to that.
/// Meanwhile the matrix that comes next, `ahead`, is fetched, `step` floats for each term.
ALWAYS_INLINE void tile(const int rows, const float *left, const float *right, long depth, const float *start,
                        bool adds, float *result, long stride, const float *ahead, long step) {
  lanes sums[TILE_ROWS][VECTORS];
  UNROLLED for (int row = 0; row < rows; row++)
    UNROLLED for (int vector = 0; vector < VECTORS; vector++) {
      lanes sum = {0};
      if (start) sum = load(start + vector * LANES);
      if (adds) sum += load(result + row * stride + vector * LANES);
      sums[row][vector] = sum;
    }
  FOURFOLD for (long k = 0; k < depth; k++) {
    __builtin_prefetch(ahead + k * step);
    lanes factor[VECTORS];
    UNROLLED for (int vector = 0; vector < VECTORS; vector++) factor[vector] = load(right + k * STRIP + vector * LANES);
    UNROLLED for (int row = 0; row < rows; row++)
      UNROLLED for (int vector = 0; vector < VECTORS; vector++)
        sums[row][vector] += left[row * LEFT_STRIDE + k] * factor[vector];
  }
  UNROLLED for (int row = 0; row < rows; row++)
    UNROLLED for (int vector = 0; vector < VECTORS; vector++)
      store(result + row * stride + vector * LANES, sums[row][vector]);
}

/// The same for a number of rows that is known only now.
static void any_tile(int rows, const float *left, const float *right, long depth, const float *start, bool adds,
                     float *result, long stride, const float *ahead, long step) {
#define ROWS_ARE(count)                                                                                      \
  case count:                                                                                                \
    if (count <= TILE_ROWS) tile(count, left, right, depth, start, adds, result, stride, ahead, step);       \
    break;
  switch (rows) { FOR_EACH_ROW_COUNT(ROWS_ARE) }
#undef ROWS_ARE
}

/// `STRIP` rows of a table, from `first` on, as a strip of a packed matrix: their elements `k ..< k + depth`.
static void pack_table(const struct whence_product *job, long first, long k, long depth, float *right) {
  for (long group = 0; group < STRIP; group += LANES)
    transpose_rows((const float *)job->matrix + (first + group) * job->depth + k, job->depth,
                   job->column_count - first - group, depth, right + group, STRIP);
}

/// Some rows and strips of a product.
static void run_part(const struct whence_product *job, struct product_part part, float *scratch) {
  const float *const matrix = job->matrix;
  const bool is_table = job->layout == whence_layout_table;
  float *const left = scratch, *const table = scratch + PART_ROWS * LEFT_STRIDE;
  float edge[TILE_ROWS * STRIP] __attribute__((aligned(64)));
  // Tiles of as equal heights as can be: one of few rows would wait for its own sums.
  const long tiles = (part.row_count + TILE_ROWS - 1) / TILE_ROWS;
  const long step = (LANES * VECTORS + tiles - 1) / tiles;
  for (long k = 0; k < job->depth; k += DEPTH) {
    const long depth = job->depth - k < DEPTH ? job->depth - k : DEPTH;
    const bool is_first = k == 0, is_last = k + depth == job->depth;
    for (long row = 0; row < part.row_count; row++)
      memcpy(left + row * LEFT_STRIDE, job->rows + (part.first_row + row) * job->depth + k,
             (size_t)depth * sizeof(float));
    for (long strip = part.first_strip; strip < part.end_strip; strip++) {
      const float *right = matrix + (strip * job->depth + k) * STRIP;
      const float *ahead = right + (strip + 1 < part.end_strip ? job->depth : depth) * STRIP;
      if (is_table) {
        pack_table(job, strip * STRIP, k, depth, table);
        right = ahead = table;
      }
      const float *const start = is_first ? job->bias + strip * STRIP : NULL;
      const bool adds = !is_first || job->epilogue == whence_epilogue_accumulate;
      const long columns = job->column_count - strip * STRIP;
      const size_t width = (size_t)(columns < STRIP ? columns : STRIP) * sizeof(float);
      for (long number = 0; number < tiles; number++) {
        const long first = number * part.row_count / tiles, end = (number + 1) * part.row_count / tiles;
        const int rows = (int)(end - first);
        float *const result = job->result + (part.first_row + first) * job->column_count + strip * STRIP;
        // Columns that are not there must not be touched, so the last ones are computed elsewhere.
        const bool is_edge = columns < STRIP;
        float *const target = is_edge ? edge : result;
        const long stride = is_edge ? STRIP : job->column_count;
        if (is_edge && adds)
          for (long row = 0; row < rows; row++) memcpy(edge + row * STRIP, result + row * job->column_count, width);
        any_tile(rows, left + first * LEFT_STRIDE, right, depth, start, adds, target, stride,
                 ahead + number * step * depth, step);
        if (is_last) finish(job->epilogue, rows, VECTORS, target, stride);
        if (is_edge)
          for (long row = 0; row < rows; row++) memcpy(result + row * job->column_count, edge + row * STRIP, width);
      }
    }
  }
}
