#include <stdbool.h>
#include <string.h>

#include "product_machine.h"

static const struct product_machine *machine(void) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f")) return &product_avx512;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return &product_avx2;
#endif
  return &product_plain;
}

long whence_padded_columns(long column_count) {
  const long strip = machine()->strip;
  return (column_count + strip - 1) / strip * strip;
}

void whence_pack(const float *matrix, long depth, long column_count, float *packed) {
  const long strip = machine()->strip;
  for (long first = 0; first < column_count; first += strip) {
    const long width = column_count - first < strip ? column_count - first : strip;
    for (long k = 0; k < depth; k++, packed += strip) {
      memcpy(packed, matrix + k * column_count + first, (size_t)width * sizeof(float));
      memset(packed + width, 0, (size_t)(strip - width) * sizeof(float));
    }
  }
}

long whence_product_scratch(void) { return machine()->scratch; }

struct shared_product {
  const struct whence_product *job;
  const struct product_machine *machine;
  long row_parts, strips, strips_per_part;
};

static void multiply_part(void *context, long index, int thread) {
  const struct shared_product *shared = context;
  // Neighbours in time share columns, so that the matrix is read from memory once.
  const long row_part = index % shared->row_parts, column_part = index / shared->row_parts;
  const long first = row_part * shared->job->row_count / shared->row_parts;
  const long end = (row_part + 1) * shared->job->row_count / shared->row_parts;
  const long first_strip = column_part * shared->strips_per_part, end_strip = first_strip + shared->strips_per_part;
  const struct product_part part = {first, end - first, first_strip,
                            end_strip < shared->strips ? end_strip : shared->strips};
  shared->machine->run(shared->job, part, shared->job->scratch + thread * shared->machine->scratch);
}

void whence_product(const struct whence_product *job, struct whence_team *team) {
  // Columns of a part: more pay for copying its rows, fewer keep its results in the second cache; and every thread
  // gets a few parts, so that all finish together.
  enum { MOST_COLUMNS = 256, LEAST_COLUMNS = 32, PARTS_PER_THREAD = 3 };
  const struct product_machine *here = machine();
  const long threads = team ? whence_team_size(team) : 1;
  const long row_parts = (job->row_count + here->part_rows - 1) / here->part_rows;
  const long strips = (job->column_count + here->strip - 1) / here->strip;
  long width = strips * row_parts / (threads * PARTS_PER_THREAD);
  if (width < LEAST_COLUMNS / here->strip) width = LEAST_COLUMNS / here->strip;
  if (width > MOST_COLUMNS / here->strip || threads == 1) width = MOST_COLUMNS / here->strip;
  struct shared_product shared = {job, here, row_parts, strips, width};
  whence_team_run(team, row_parts * ((strips + width - 1) / width), multiply_part, &shared);
}
