// Products of 8-bit integers. A file for each kind of machine includes this one, with these defined:
//
//   GROUP      terms that one instruction adds up
//   OFFSET     what is added to the integers of the left-hand side
//   TILE_ROWS  rows of a tile; with VECTORS they are chosen so that the sums of a tile fill the machine's registers
//   VECTORS    groups of `LANES` columns of a tile
//   terms      a vector of `LANES * GROUP` integers of the matrix, as the instruction takes them
//   widen      makes it of the integers in memory
//   dot        adds `GROUP` products to each of `LANES` sums

#include "epilogues.h"

#define STRIP (VECTORS * LANES)

/// One tile: `rows` and `STRIP` columns, all terms.
ALWAYS_INLINE void tile(const int rows, const int32_t *left, long height, const int8_t *right, long groups,
                        const int32_t *corrections, integer_lanes sums[TILE_ROWS][VECTORS]) {
  integer_lanes held[TILE_ROWS][VECTORS];
  UNROLLED for (int row = 0; row < rows; row++)
    UNROLLED for (int vector = 0; vector < VECTORS; vector++)
      held[row][vector] = *(const integer_lanes *)(corrections + vector * LANES);
  for (long group = 0; group < groups; group++, left += height, right += STRIP * GROUP) {
    __builtin_prefetch(right + 16 * STRIP * GROUP);
    terms factor[VECTORS];
    UNROLLED for (int vector = 0; vector < VECTORS; vector++) factor[vector] = widen(right + vector * LANES * GROUP);
    UNROLLED for (int row = 0; row < rows; row++)
      UNROLLED for (int vector = 0; vector < VECTORS; vector++)
        held[row][vector] = dot(held[row][vector], left[row], factor[vector]);
  }
  UNROLLED for (int row = 0; row < rows; row++)
    UNROLLED for (int vector = 0; vector < VECTORS; vector++) sums[row][vector] = held[row][vector];
}

/// The same for a number of rows that is known only now.
static void any_tile(int rows, const int32_t *left, long height, const int8_t *right, long groups,
                     const int32_t *corrections, integer_lanes sums[TILE_ROWS][VECTORS]) {
#define ROWS_ARE(count)                                                                    \
  case count:                                                                              \
    if (count <= TILE_ROWS) tile(count, left, height, right, groups, corrections, sums);   \
    break;
  switch (rows) { FOR_EACH_ROW_COUNT(ROWS_ARE) }
#undef ROWS_ARE
}

static void run_integers(const struct whence_product *job, const struct integer_matrix *matrix,
                         const struct integer_rows *left, struct integer_part part) {
  integer_lanes sums[TILE_ROWS][VECTORS];
  float edge[TILE_ROWS * STRIP] __attribute__((aligned(64)));
  const bool adds = job->epilogue == whence_epilogue_accumulate;
  for (long strip = part.first_strip; strip < part.end_strip; strip++) {
    const int8_t *right = matrix->integers + strip * left->group_count * STRIP * GROUP;
    const long columns = job->column_count - strip * STRIP;
    const size_t width = (size_t)(columns < STRIP ? columns : STRIP) * sizeof(float);
    for (long number = part.first_tile; number < part.end_tile; number++) {
      const long first = number * left->height;
      const int rows = (int)(job->row_count - first < left->height ? job->row_count - first : left->height);
      any_tile(rows, left->groups + first * left->group_count, left->height, right, left->group_count,
               matrix->corrections + strip * STRIP, sums);
      float *const result = job->result + first * job->column_count + strip * STRIP;
      // Columns that are not there must not be touched, so the last ones are computed elsewhere.
      const bool is_edge = columns < STRIP;
      float *const target = is_edge ? edge : result;
      const long stride = is_edge ? STRIP : job->column_count;
      if (is_edge && adds)
        for (long row = 0; row < rows; row++) memcpy(edge + row * STRIP, result + row * job->column_count, width);
      for (int row = 0; row < rows; row++)
        for (int vector = 0; vector < VECTORS; vector++) {
          const long column = strip * STRIP + vector * LANES;
          float *const place = target + row * stride + vector * LANES;
          lanes start = load(job->bias + column);
          if (adds) start += load(place);
          const lanes scale = left->scales[first + row] * load(matrix->scales + column);
          store(place, __builtin_convertvector(sums[row][vector], lanes) * scale + start);
        }
      finish(job->epilogue, rows, VECTORS, target, stride);
      if (is_edge)
        for (long row = 0; row < rows; row++) memcpy(result + row * job->column_count, edge + row * STRIP, width);
    }
  }
}

static void round_row(const float *row, long depth, struct integer_rows *rows, long number) {
  const long even = depth / LANES * LANES;
  lanes greatest = {0}, poison = {0};
  for (long k = 0; k < depth; k += LANES) {
    lanes values = {0};
    if (k < even) values = load(row + k);
    else memcpy(&values, row + k, (size_t)(depth - k) * sizeof(float));
    const lanes size = magnitude(values);
    greatest = choose(size > greatest, size, greatest);
    poison += values * 0.0f;
  }
  const float top = maximum(greatest);
  // What is not finite makes the scale no number, and with it the row's result.
  rows->scales[number] = top / 127 + sum(poison);
  const float factor = top > 0 ? 127 / top : 0;
  const float rounder = 12582912.0f; // 1.5 * 2^23: the sum's last bits are the nearest integer
  int32_t *target = rows->groups + number / rows->height * rows->height * rows->group_count + number % rows->height;
  for (long k = 0; k < depth; k += LANES) {
    lanes values = {0};
    if (k < even) values = load(row + k);
    else memcpy(&values, row + k, (size_t)(depth - k) * sizeof(float));
    const integer_lanes near = (integer_lanes)(values * factor + rounder) - (integer_lanes)((lanes){0} + rounder);
    int32_t integers[LANES];
    memcpy(integers, &near, sizeof integers);
    for (int lane = 0; lane < LANES && k + lane < rows->group_count * GROUP; lane += GROUP) {
      uint32_t group = 0;
      for (int term = 0; term < GROUP; term++)
        group |= ((uint32_t)(integers[lane + term] + OFFSET) & (0xffffffffu >> (32 - 32 / GROUP))) << (term * 32 / GROUP);
      target[(k + lane) / GROUP * rows->height] = (int32_t)group;
    }
  }
}

#define INTEGER_KERNEL                                                                                  \
  {                                                                                                     \
    .group = GROUP, .offset = OFFSET, .strip = STRIP, .tile_rows = TILE_ROWS, .round = round_row,       \
    .run = run_integers                                                                                 \
  }
