// The kernels of the laboratory, compiled for the kind of machine of the file that includes this one.

#include "laboratory_plan.h"
#include "laboratory_products.h"
#include "laboratory_random.h"
#include "laboratory_sampling_kernel.h"
#include "laboratory_learning_kernel.h"
#include "laboratory_standard_kernel.h"
#include "laboratory_parts.h"

static long sampling_floats(const struct whence_task *task) { return sampling_scratch_lanes(task) * LANES; }

static void sample_one(const struct whence_sampling *job, long group, float *memory) {
  const struct sampling_scratch scratch = divide_sampling(job->task, (lanes *)memory);
  const long entries = whence_task_rows(job->task) * job->task->vocabulary;
  sample_group(job->task, &job->key, group, &scratch, job->tokens + group * job->task->positions * LANES,
               job->labels + group * job->task->vocabulary * LANES, job->graphs ? job->graphs + group * LANES : NULL);
  if (job->rows) memcpy(job->rows + group * entries * LANES, scratch.rows, (size_t)entries * sizeof(lanes));
}

#define LABORATORY_KERNEL                                                                                        \
  {                                                                                                              \
    .sampling_scratch = sampling_floats, .learning_scratch = learning_scratch, .sample = sample_one,             \
    .learn = learn_part,                                                                                         \
  }
