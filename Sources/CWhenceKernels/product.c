#include <string.h>

#include "integers.h"
#include "machine.h"

long whence_padded_columns(long column_count) {
  const long strip = this_machine()->product.strip;
  return (column_count + strip - 1) / strip * strip;
}

// Whole vectors, which the compiler moves without a call.
static void copy_strip(const float *restrict from, float *restrict to, long width) {
  enum { VECTOR = 8 };
  long column = 0;
  for (; column + VECTOR <= width; column += VECTOR) memcpy(to + column, from + column, VECTOR * sizeof(float));
  for (; column < width; column++) to[column] = from[column];
}

void whence_pack(const float *elements, struct whence_block block, long depth, float *packed) {
  const long strip = this_machine()->product.strip;
  for (long done = 0, width; done < block.column_count; done += width) {
    const long column = block.first_column + done, inside = column % strip, left = block.column_count - done;
    width = left < strip - inside ? left : strip - inside;
    float *target = packed + (column / strip * depth + block.first_row) * strip + inside;
    for (long row = 0; row < block.row_count; row++)
      copy_strip(elements + row * block.column_count + done, target + row * strip, width);
  }
}

long whence_product_scratch(long row_count, long depth, enum whence_layout layout, int threads) {
  if (layout == whence_layout_integers) return integer_scratch(row_count, depth);
  return threads * this_machine()->product.scratch * (long)sizeof(float);
}

struct shared_product {
  const struct whence_product *job;
  const struct product_kernel *kernel;
  long row_parts, first_strip, end_strip, strips_per_part;
};

static void multiply_part(void *context, long index, int thread) {
  const struct shared_product *shared = context;
  // Neighbours in time share columns, so that the matrix is read from memory once.
  const long row_part = index % shared->row_parts, column_part = index / shared->row_parts;
  const long first = row_part * shared->job->row_count / shared->row_parts;
  const long end = (row_part + 1) * shared->job->row_count / shared->row_parts;
  const long first_strip = shared->first_strip + column_part * shared->strips_per_part;
  const long end_strip = first_strip + shared->strips_per_part;
  const struct product_part part = {first, end - first, first_strip,
                            end_strip < shared->end_strip ? end_strip : shared->end_strip};
  shared->kernel->run(shared->job, part, (float *)shared->job->scratch + thread * shared->kernel->scratch);
}

void whence_product(const struct whence_product *job, struct whence_team *team) {
  if (job->layout == whence_layout_integers) {
    integer_product(job, team);
    return;
  }
  // Every thread gets a few parts, and all threads equally many where the parts are few, so that all finish together.
  enum { LEAST_COLUMNS = 32, PARTS_PER_THREAD = 3, MANY = 16 };
  const struct product_kernel *kernel = &this_machine()->product;
  const long threads = team ? whence_team_size(team) : 1;
  const long row_parts = (job->row_count + kernel->part_rows - 1) / kernel->part_rows;
  const long first_strip = job->first_column / kernel->strip;
  const long end_strip = (job->column_count + kernel->strip - 1) / kernel->strip, strips = end_strip - first_strip;
  const long least = LEAST_COLUMNS / kernel->strip, most = kernel->part_columns / kernel->strip;
  long width = threads == 1 ? most : strips * row_parts / (threads * PARTS_PER_THREAD);
  width = width < least ? least : width > most ? most : width;
  long column_parts = (strips + width - 1) / width;
  while (row_parts * column_parts % threads != 0 && row_parts * column_parts < MANY * threads && column_parts < strips)
    column_parts++;
  width = (strips + column_parts - 1) / column_parts;
  struct shared_product shared = {job, kernel, row_parts, first_strip, end_strip, width};
  whence_team_run(team, row_parts * ((strips + width - 1) / width), multiply_part, &shared);
}
