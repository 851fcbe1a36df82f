#if defined(__linux__)
#define _GNU_SOURCE // for the affinity of a process
#endif

#include "whence_team.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

// How often a thread looks for the next call before it sleeps: some tens of microseconds, as long as the pause
// between two steps of a forward pass.
enum { PATIENCE = 2000 };

struct call {
  void (*body)(void *context, long job, int thread);
  void *context;
  long jobs;
};

struct member {
  struct whence_team *team;
  pthread_t thread;
  int number;
};

struct whence_team {
  int size;
  struct member *members;

  pthread_mutex_t lock; // guards what follows, up to `call`
  pthread_cond_t called;
  bool open; // whether a thread that arrives may still take part
  bool ending;
  struct call call;

  atomic_ulong calls; // counts them; written under the lock, watched without it
  atomic_long next;   // the first job that nobody has taken
  atomic_int working; // threads that take part, the caller's not included
};

static void pause_briefly(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

static void take_jobs(struct whence_team *team, const struct call *call, int thread) {
  long job;
  while ((job = atomic_fetch_add_explicit(&team->next, 1, memory_order_relaxed)) < call->jobs)
    call->body(call->context, job, thread);
}

static void *serve(void *argument) {
  const struct member *member = argument;
  struct whence_team *team = member->team;
  unsigned long seen = 0;
  for (;;) {
    for (int turn = 0; turn < PATIENCE && atomic_load(&team->calls) == seen; turn++) pause_briefly();
    pthread_mutex_lock(&team->lock);
    while (atomic_load(&team->calls) == seen && !team->ending) pthread_cond_wait(&team->called, &team->lock);
    if (team->ending) break;
    seen = atomic_load(&team->calls);
    const bool takes_part = team->open;
    const struct call call = team->call;
    if (takes_part) atomic_fetch_add(&team->working, 1);
    pthread_mutex_unlock(&team->lock);
    if (takes_part) {
      take_jobs(team, &call, member->number);
      atomic_fetch_sub_explicit(&team->working, 1, memory_order_release);
    }
  }
  pthread_mutex_unlock(&team->lock);
  return NULL;
}

int whence_available_threads(void) {
#if defined(__linux__)
  // A set of the usual size holds 1,024 processors; where there are more, the call fails.
  cpu_set_t processors;
  if (sched_getaffinity(0, sizeof processors, &processors) == 0) return CPU_COUNT(&processors);
#endif
  const long online = sysconf(_SC_NPROCESSORS_ONLN);
  return online > 0 ? (int)online : 1;
}

struct whence_team *whence_team_create(int threads) {
  struct whence_team *team = calloc(1, sizeof *team);
  struct member *members = calloc((size_t)(threads > 0 ? threads : 1), sizeof *members);
  if (!team || !members) {
    free(team);
    free(members);
    return NULL;
  }
  team->members = members;
  team->size = 1;
  pthread_mutex_init(&team->lock, NULL);
  pthread_cond_init(&team->called, NULL);
  while (team->size < threads) {
    struct member *member = &members[team->size];
    *member = (struct member){.team = team, .number = team->size};
    if (pthread_create(&member->thread, NULL, serve, member) != 0) {
      whence_team_destroy(team);
      return NULL;
    }
    team->size++;
  }
  return team;
}

void whence_team_destroy(struct whence_team *team) {
  pthread_mutex_lock(&team->lock);
  team->ending = true;
  pthread_cond_broadcast(&team->called);
  pthread_mutex_unlock(&team->lock);
  for (int number = 1; number < team->size; number++) pthread_join(team->members[number].thread, NULL);
  pthread_cond_destroy(&team->called);
  pthread_mutex_destroy(&team->lock);
  free(team->members);
  free(team);
}

int whence_team_size(const struct whence_team *team) { return team->size; }

void whence_team_run(struct whence_team *team, long jobs,
                     void (*body)(void *context, long job, int thread), void *context) {
  if (!team || team->size == 1 || jobs <= 1) {
    for (long job = 0; job < jobs; job++) body(context, job, 0);
    return;
  }
  const struct call call = {body, context, jobs};
  pthread_mutex_lock(&team->lock);
  team->call = call;
  team->open = true;
  atomic_store(&team->next, 0);
  atomic_fetch_add(&team->calls, 1);
  pthread_cond_broadcast(&team->called);
  pthread_mutex_unlock(&team->lock);

  take_jobs(team, &call, 0);

  // Whoever has not arrived by now finds the door closed; whoever has is in its last job.
  pthread_mutex_lock(&team->lock);
  team->open = false;
  pthread_mutex_unlock(&team->lock);
  for (int turn = 0; atomic_load_explicit(&team->working, memory_order_acquire) > 0; turn++) {
    if (turn < PATIENCE) pause_briefly();
    else sched_yield();
  }
}
