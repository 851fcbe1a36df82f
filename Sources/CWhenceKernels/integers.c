#include "integers.h"
#include "machine.h"

const struct integer_kernel *integer_kernel(void) {
#if defined(__x86_64__)
  const enum machine_kind kind = machine_kind();
  if (kind >= machine_kind_avx512 && __builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512bw"))
    return &integers_avx512vnni;
  if (kind >= machine_kind_avxvnni && __builtin_cpu_supports("avxvnni")) return &integers_avxvnni;
  if (kind >= machine_kind_avx2) return &integers_avx2;
#endif
  return &integers_plain;
}

/// Rows of a tile: as equal as can be, for one of few rows would wait for its own sums.
static long height_of(long row_count) {
  const long most = integer_kernel()->tile_rows, tiles = (row_count + most - 1) / most;
  return tiles ? (row_count + tiles - 1) / tiles : 1;
}

/// Rows, rounded up so that the arrays of a left-hand side stay aligned.
static long padded_rows(long row_count) { return rounded_up(row_count, 16); }

long integer_scratch(long row_count, long depth) {
  const long places = rounded_up(row_count, height_of(row_count));
  return 4 * (2 * padded_rows(row_count) + places * integer_block_count(depth) * BLOCK_GROUPS);
}

struct shared_integers {
  const struct whence_product *job;
  const struct integer_kernel *kernel;
  struct integer_matrix matrix;
  struct integer_rows rows;
  long tiles, tiles_per_part, row_parts;
  long first_strip, end_strip, strips_per_part;
};

static long least(long one, long other) { return one < other ? one : other; }

static void round_tile(void *context, long tile, int thread) {
  (void)thread;
  struct shared_integers *shared = context;
  const struct whence_product *job = shared->job;
  const long end = least((tile + 1) * shared->rows.height, job->row_count);
  for (long row = tile * shared->rows.height; row < end; row++)
    shared->kernel->round(job->rows + row * job->depth, job->depth, &shared->rows, row);
}

static void multiply_part(void *context, long index, int thread) {
  (void)thread;
  const struct shared_integers *shared = context;
  const long tile = index % shared->row_parts * shared->tiles_per_part;
  const long strip = shared->first_strip + index / shared->row_parts * shared->strips_per_part;
  const struct integer_part part = {tile, least(tile + shared->tiles_per_part, shared->tiles), strip,
                                    least(strip + shared->strips_per_part, shared->end_strip)};
  shared->kernel->run(shared->job, &shared->matrix, &shared->rows, part);
}

void integer_product(const struct whence_product *job, struct whence_team *team) {
  // Integers of the left-hand side of a part: they stay in the second cache while all its columns go by.
  // Parts are many, so that a thread whose core others use too holds up the rest by little.
  enum { PART_BYTES = 192 << 10, MOST_COLUMNS = 512, PARTS_PER_THREAD = 6 };
  const struct integer_kernel *kernel = integer_kernel();
  const long threads = team ? whence_team_size(team) : 1, blocks = integer_block_count(job->depth);
  const long height = height_of(job->row_count), tiles = (job->row_count + height - 1) / height;
  const long in_cache = PART_BYTES / (height * blocks * BLOCK_GROUPS * 4), tiles_per_part = in_cache > 0 ? in_cache : 1;
  const long row_parts = (tiles + tiles_per_part - 1) / tiles_per_part;
  const long first_strip = job->first_column / kernel->strip;
  const long end_strip = (job->column_count + kernel->strip - 1) / kernel->strip, strips = end_strip - first_strip;
  long width = strips * row_parts / (threads * PARTS_PER_THREAD);
  if (width < 1) width = 1;
  if (width > MOST_COLUMNS / kernel->strip || threads == 1) width = MOST_COLUMNS / kernel->strip;
  int32_t *const zeros = (int32_t *)job->scratch + padded_rows(job->row_count);
  struct shared_integers shared = {
      job,         kernel,         integer_parts(job->matrix, job->column_count),
      {job->scratch, zeros, zeros + padded_rows(job->row_count), height, blocks},
      tiles,       tiles_per_part, row_parts,
      first_strip, end_strip,      width};
  whence_team_run(team, tiles, round_tile, &shared);
  whence_team_run(team, row_parts * ((strips + width - 1) / width), multiply_part, &shared);
}
