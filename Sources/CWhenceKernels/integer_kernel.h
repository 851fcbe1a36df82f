// Products of 8-bit integers. A file for each kind of machine includes this one, with these defined:
//
//   GROUP       terms that one instruction adds up
//   WIDTH       sums of a vector
//   VECTORS     vectors of a row of a tile
//   TILE_ROWS   rows of a tile; with VECTORS they are chosen so that the sums of a tile fill the machine's registers
//   PAIR_LIMIT  see `struct integer_kernel`
//   add_block   adds the products of a block of terms to the sums of a tile

#include "epilogues.h"

#define BLOCK (BLOCK_GROUPS * GROUP)
#define TILE_COLUMNS (VECTORS * WIDTH)
#define STRIP (TILE_COLUMNS > LANES ? TILE_COLUMNS : LANES)

/// One tile: `rows`, which start at `first`, and `TILE_COLUMNS` columns, all terms.
ALWAYS_INLINE void tile(const int rows, const struct integer_rows *side, long first, const int8_t *right,
                        const int32_t *corrections, int32_t *result) {
  const int32_t *left = side->groups + first * side->block_count * BLOCK_GROUPS;
  sums held[TILE_ROWS][VECTORS];
  UNROLLED for (int row = 0; row < rows; row++)
    UNROLLED for (int vector = 0; vector < VECTORS; vector++)
      held[row][vector] = side->zeros[first + row] * *(const sums *)(corrections + vector * WIDTH);
  for (long block = 0; block < side->block_count; block++) {
    UNROLLED for (int line = 0; line < TILE_COLUMNS * BLOCK; line += 64)
      __builtin_prefetch(right + 8 * TILE_COLUMNS * BLOCK + line);
    add_block(rows, held, left, right);
    left += side->height * BLOCK_GROUPS;
    right += TILE_COLUMNS * BLOCK;
  }
  UNROLLED for (int row = 0; row < rows; row++)
    UNROLLED for (int vector = 0; vector < VECTORS; vector++)
      *(sums *)(result + row * STRIP + vector * WIDTH) = held[row][vector];
}

/// The same for a number of rows that is known only now.
static void any_tile(int rows, const struct integer_rows *side, long first, const int8_t *right,
                     const int32_t *corrections, int32_t *result) {
#define ROWS_ARE(count)                                                                    \
  case count:                                                                              \
    if (count <= TILE_ROWS) tile(count, side, first, right, corrections, result);          \
    break;
  switch (rows) { FOR_EACH_ROW_COUNT(ROWS_ARE) }
#undef ROWS_ARE
}

static void run_integers(const struct whence_product *job, const struct integer_matrix *matrix,
                         const struct integer_rows *left, struct integer_part part) {
  int32_t totals[TILE_ROWS * STRIP] __attribute__((aligned(64)));
  float edge[TILE_ROWS * STRIP] __attribute__((aligned(64)));
  const bool adds = job->epilogue == whence_epilogue_accumulate;
  const long depth = left->block_count * BLOCK;
  for (long first_column = part.first_strip * STRIP; first_column < part.end_strip * STRIP; first_column += STRIP) {
    const long columns = job->column_count - first_column;
    const size_t width = (size_t)(columns < STRIP ? columns : STRIP) * sizeof(float);
    for (long number = part.first_tile; number < part.end_tile; number++) {
      const long first = number * left->height;
      const int rows = (int)(job->row_count - first < left->height ? job->row_count - first : left->height);
      for (long place = 0; place < STRIP; place += TILE_COLUMNS)
        any_tile(rows, left, first, matrix->integers + (first_column + place) * depth,
                 matrix->corrections + first_column + place, totals + place);
      float *const result = job->result + first * job->column_count + first_column;
      // Columns that are not there must not be touched, so the last ones are computed elsewhere.
      const bool is_edge = columns < STRIP;
      float *const target = is_edge ? edge : result;
      const long stride = is_edge ? STRIP : job->column_count;
      if (is_edge && adds)
        for (long row = 0; row < rows; row++) memcpy(edge + row * STRIP, result + row * job->column_count, width);
      for (int row = 0; row < rows; row++)
        for (int place = 0; place < STRIP; place += LANES) {
          const long column = first_column + place;
          float *const to = target + row * stride + place;
          lanes start = load(job->bias + column);
          if (adds) start += load(to);
          const lanes scale = left->scales[first + row] * load(matrix->scales + column);
          const integer_lanes total = *(const integer_lanes *)(totals + row * STRIP + place);
          store(to, __builtin_convertvector(total, lanes) * scale + start);
        }
      finish(job->epilogue, rows, STRIP / LANES, target, stride);
      if (is_edge)
        for (long row = 0; row < rows; row++) memcpy(result + row * job->column_count, edge + row * STRIP, width);
    }
  }
}

/// `LANES` elements of a row, zeros after its end.
ALWAYS_INLINE lanes elements(const float *row, long first, long depth) {
  if (first + LANES <= depth) return load(row + first);
  lanes values = {0};
  if (first < depth) memcpy(&values, row + first, (size_t)(depth - first) * sizeof(float));
  return values;
}

#if GROUP == 4
typedef uint8_t left_integers __attribute__((vector_size(LANES)));
#else
typedef uint16_t left_integers __attribute__((vector_size(LANES * 2)));
#endif

static void round_row(const float *row, long depth, struct integer_rows *rows, long number) {
  // Every machine rounds to the same integers, whether it can multiply and add at once or not.
#pragma clang fp contract(off)
  lanes least = {0}, greatest = {0}, poison = {0};
  for (long k = 0; k < depth; k += LANES) {
    const lanes values = elements(row, k, depth);
    least = choose(values < least, values, least);
    greatest = choose(values > greatest, values, greatest);
    poison += values * 0.0f;
  }
  const float low = -maximum(-least), high = maximum(greatest);
  // A step less than there are integers, since both ends may be rounded away from 0.
  const float scale = high / (LEFT_TOP - 1) - low / (LEFT_TOP - 1);
  const float factor = scale >= FLT_MIN ? 1 / scale : 0;
  const float rounder = 12582912.0f; // 1.5 * 2^23: the sum's last bits are the nearest integer
  const float zero = (rounder - low * factor) - rounder;
  // What is not finite makes the scale no number, and with it the row's result.
  rows->scales[number] = scale + sum(poison);
  rows->zeros[number] = zero >= 0 && zero <= LEFT_TOP ? (int32_t)zero : 0;
  const long height = rows->height, end = rows->block_count * BLOCK;
  int32_t *target = rows->groups + (number / height * height * rows->block_count + number % height) * BLOCK_GROUPS;
  for (long first = 0; first < end; first += LANES) {
    const integer_lanes near = (integer_lanes)(elements(row, first, depth) * factor + (rounder + zero)) & LEFT_TOP;
    const left_integers integers = __builtin_convertvector(near, left_integers);
    for (int block = 0; block < LANES / BLOCK && first + block * BLOCK < end; block++, target += height * BLOCK_GROUPS)
      memcpy(target, (const int32_t *)&integers + block * BLOCK_GROUPS, BLOCK_GROUPS * sizeof *target);
  }
}

#define INTEGER_KERNEL                                                                                  \
  {                                                                                                     \
    .group = GROUP, .tile_rows = TILE_ROWS, .tile_columns = TILE_COLUMNS, .strip = STRIP,               \
    .pair_limit = PAIR_LIMIT, .round = round_row, .run = run_integers                                   \
  }
