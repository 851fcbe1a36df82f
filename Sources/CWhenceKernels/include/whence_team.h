#ifndef WHENCE_TEAM_H
#define WHENCE_TEAM_H

// A few threads that share the jobs of one call at a time.
//
// OpenMP waits at the end of every parallel region for threads that have found nothing to do, and spins while it
// waits: on a machine that is busy with something else a region of microseconds takes milliseconds. Here jobs are
// taken one by one, and nobody waits for a thread that has not arrived.

struct whence_team;

/// Starts `threads - 1` threads beside the calling one; null if the system has no more.
struct whence_team *whence_team_create(int threads);

/// The number of processors that the process may run on.
int whence_available_threads(void);

/// Ends the threads; none may be at work.
void whence_team_destroy(struct whence_team *team);

/// Threads that a call uses, the caller's included.
int whence_team_size(const struct whence_team *team);

/// Runs `body(context, job, thread)` for every job below `jobs` and returns when all are done. `thread` is below
/// the team's size, the caller's is 0, and no two at a time share one; which takes which job is left open.
/// One call at a time. Without a team the calling thread does everything.
void whence_team_run(struct whence_team *team, long jobs,
                     void (*body)(void *context, long job, int thread), void *context);

#endif
