#include "machine.h"

long whence_attention_scratch(long longest, long head_size, const struct whence_relative_positions *positions) {
  return this_machine()->attention_scratch(longest, head_size, positions);
}

struct shared_attention {
  const struct whence_attention *job;
  long scratch;
};

static void attend_one(void *context, long job, int thread) {
  const struct shared_attention *shared = context;
  this_machine()->attend(shared->job, job / shared->job->heads, job % shared->job->heads,
         shared->job->scratch + thread * shared->scratch);
}

void whence_attention(const struct whence_attention *job, struct whence_team *team) {
  long longest = 0;
  for (long sequence = 0; sequence < job->sequences; sequence++) {
    const long count = job->offsets[sequence + 1] - job->offsets[sequence];
    if (count > longest) longest = count;
  }
  struct shared_attention shared = {job, whence_attention_scratch(longest, job->head_size, job->positions)};
  whence_team_run(team, job->sequences * job->heads, attend_one, &shared);
}
