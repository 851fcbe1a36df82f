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
#define STRIP (VECTORS * WIDTH)
#define BLOCK_BYTES (STRIP * BLOCK)

/// The totals of a tile, all terms: `rows`, which start at `first`, and the `STRIP` columns of `right`.
///
/// Before every `pace` blocks, unless that is all of them, a block of what comes next, `ahead`, is fetched.
ALWAYS_INLINE void tile(const int rows, const struct integer_rows *side, long first, const int8_t *right,
                        const int32_t *corrections, int32_t *totals, const int8_t *ahead, long pace) {
  const long blocks = side->block_count;
  const int32_t *left = side->groups + first * blocks * BLOCK_GROUPS;
  sums held[TILE_ROWS][VECTORS];
  UNROLLED for (int row = 0; row < rows; row++)
    UNROLLED for (int vector = 0; vector < VECTORS; vector++)
      held[row][vector] = side->zeros[first + row] * *(const sums *)(corrections + vector * WIDTH);
  for (long block = 0; block < blocks;) {
    if (pace < blocks) {
      UNROLLED for (int line = 0; line < BLOCK_BYTES; line += 64) __builtin_prefetch(ahead + line);
      ahead += BLOCK_BYTES;
    }
    const long end = block + pace < blocks ? block + pace : blocks;
    for (; block < end; block++) {
      add_block(rows, held, left, right);
      left += side->height * BLOCK_GROUPS;
      right += BLOCK_BYTES;
    }
  }
  UNROLLED for (int row = 0; row < rows; row++)
    UNROLLED for (int vector = 0; vector < VECTORS; vector++)
      *(sums *)(totals + row * STRIP + vector * WIDTH) = held[row][vector];
}

/// The same for a number of rows that is known only now.
static void any_tile(int rows, const struct integer_rows *side, long first, const int8_t *right,
                     const int32_t *corrections, int32_t *totals, const int8_t *ahead, long pace) {
#define ROWS_ARE(count)                                                                              \
  case count:                                                                                        \
    if (count <= TILE_ROWS) tile(count, side, first, right, corrections, totals, ahead, pace);       \
    break;
  switch (rows) { FOR_EACH_ROW_COUNT(ROWS_ARE) }
#undef ROWS_ARE
}

/// Makes a tile's results of its totals.
static void finish_tile(const struct whence_product *job, const struct integer_matrix *matrix,
                        const struct integer_rows *left, long first, int rows, long first_column,
                        const int32_t *totals) {
  float edge[TILE_ROWS * STRIP] __attribute__((aligned(64)));
  const bool adds = job->epilogue == whence_epilogue_accumulate;
  float *const result = job->result + first * job->column_count + first_column;
  const long columns = job->column_count - first_column;
  const size_t width = (size_t)(columns < STRIP ? columns : STRIP) * sizeof(float);
  // Columns that are not there must not be touched, so the last ones are computed elsewhere.
  const bool is_edge = columns < STRIP;
  float *const target = is_edge ? edge : result;
  const long stride = is_edge ? STRIP : job->column_count;
  if (is_edge) memset(edge, 0, sizeof edge);
  if (is_edge && adds)
    for (long row = 0; row < rows; row++) memcpy(edge + row * STRIP, result + row * job->column_count, width);
  for (int row = 0; row < rows; row++)
    // The bias goes on to the end of the last vector that has columns, and no further.
    for (int place = 0; place < STRIP && place < columns; place += LANES) {
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

static void run_integers(const struct whence_product *job, const struct integer_matrix *matrix,
                         const struct integer_rows *left, struct integer_part part) {
  // The tiles of a strip share in fetching the next one: each a block of it at every so many of its own, so that the
  // first cache never waits for many lines at once. The first this many tiles do, where there are more.
  enum { SLOWEST_PACE = 16 };
  int32_t totals[TILE_ROWS * STRIP] __attribute__((aligned(64)));
  const long tiles = part.end_tile - part.first_tile, blocks = left->block_count;
  const long pace = tiles < SLOWEST_PACE ? tiles : SLOWEST_PACE, fetched = (blocks + pace - 1) / pace;
  for (long strip = part.first_strip; strip < part.end_strip; strip++) {
    const int8_t *const right = matrix->integers + strip * blocks * BLOCK_BYTES;
    for (long number = 0; number < tiles; number++) {
      const long first = (part.first_tile + number) * left->height;
      const int rows = (int)(job->row_count - first < left->height ? job->row_count - first : left->height);
      // A lone tile reads the matrix from one end to the other, which the machine foresees by itself.
      const bool fetches = tiles > 1 && number * fetched < blocks;
      any_tile(rows, left, first, right, matrix->corrections + strip * STRIP, totals,
               right + (blocks + number * fetched) * BLOCK_BYTES, fetches ? pace : blocks);
      finish_tile(job, matrix, left, first, rows, strip * STRIP, totals);
    }
  }
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
    const lanes values = row_lanes(row, k, depth);
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
    const integer_lanes near = (integer_lanes)(row_lanes(row, first, depth) * factor + (rounder + zero)) & LEFT_TOP;
    const left_integers integers = __builtin_convertvector(near, left_integers);
    for (int block = 0; block < LANES / BLOCK && first + block * BLOCK < end; block++, target += height * BLOCK_GROUPS)
      memcpy(target, (const int32_t *)&integers + block * BLOCK_GROUPS, BLOCK_GROUPS * sizeof *target);
  }
}

#define INTEGER_KERNEL                                                                                  \
  {                                                                                                     \
    .group = GROUP, .tile_rows = TILE_ROWS, .strip = STRIP,                                             \
    .pair_limit = PAIR_LIMIT, .round = round_row, .run = run_integers                                   \
  }
