#include "team.h"

#include <stdatomic.h>

// GNU OpenMP's own entry points: what a compiler emits for `#pragma omp parallel`. Calling them needs no compiler
// flag, which SwiftPM would refuse in a package that others depend on.
#if defined(__linux__)
void GOMP_parallel(void (*body)(void *), void *argument, unsigned threads, unsigned flags);
int omp_get_thread_num(void);
#endif

struct team {
  void (*body)(const void *context, long job, int thread);
  const void *context;
  long jobs;
  atomic_long next;
};

#if defined(__linux__)
static void work(void *argument) {
  struct team *team = argument;
  const int thread = omp_get_thread_num();
  long job;
  while ((job = atomic_fetch_add_explicit(&team->next, 1, memory_order_relaxed)) < team->jobs)
    team->body(team->context, job, thread);
}
#endif

void whence_team_run(int threads, long jobs, void (*body)(const void *context, long job, int thread),
                     const void *context) {
#if defined(__linux__)
  if (threads > 1 && jobs > 1) {
    struct team team = {.body = body, .context = context, .jobs = jobs};
    atomic_init(&team.next, 0);
    GOMP_parallel(work, &team, (unsigned)(jobs < threads ? jobs : threads), 0);
    return;
  }
#endif
  for (long job = 0; job < jobs; job++) body(context, job, 0);
}
