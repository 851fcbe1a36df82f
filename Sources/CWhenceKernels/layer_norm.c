#include <stdatomic.h>

#include "machine.h"

// Rows that one thread takes at a time.
enum { ROWS = 16 };

struct shared_norm {
  const struct whence_layer_norm *job;
  atomic_bool *finite;
};

static void normalize_block(void *context, long block, int thread) {
  (void)thread;
  const struct shared_norm *shared = context;
  const long first = block * ROWS, end = first + ROWS;
  if (!this_machine()->normalize(shared->job, first, end < shared->job->count ? end : shared->job->count))
    atomic_store_explicit(shared->finite, false, memory_order_relaxed);
}

bool whence_layer_norm(const struct whence_layer_norm *job, struct whence_team *team) {
  atomic_bool finite;
  atomic_init(&finite, true);
  struct shared_norm shared = {job, &finite};
  whence_team_run(team, (job->count + ROWS - 1) / ROWS, normalize_block, &shared);
  return atomic_load(&finite);
}
