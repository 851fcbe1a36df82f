#ifndef WHENCE_TEAM_H
#define WHENCE_TEAM_H

/// Runs `body(context, job, thread)` for every job below `jobs`, on up to `threads` threads of the OpenMP runtime
/// that oneDNN uses too: one set of threads, so that neither waits for a core that the other one spins on.
/// Which thread takes which job is left open; `thread` is below `threads` and no two at a time share one.
void whence_team_run(int threads, long jobs, void (*body)(const void *context, long job, int thread),
                     const void *context);

#endif
