#include <string.h>

#include "CWhenceKernels.h"
#include "laboratory_plan.h"
#include "machine.h"

static const struct laboratory_kernel *this_laboratory(void) {
#if defined(__x86_64__)
  const enum machine_kind kind = machine_kind();
  if (kind == machine_kind_avx512) return &laboratory_avx512;
  if (kind >= machine_kind_avx2) return &laboratory_avx2;
#endif
  return &laboratory_plain;
}

long whence_task_rows(const struct whence_task *task) {
  long total = 0;
  for (long k = 0; k < task->kernels; k++) {
    long rows = 1;
    for (int factor = 0; factor < task->arities[k]; factor++) rows *= task->vocabulary;
    total += rows;
  }
  return total;
}

struct laboratory_plan laboratory_plan(const struct whence_disentangled *model) {
  struct laboratory_plan plan = {
      .vocabulary = model->vocabulary,
      .length = model->length,
      .layers = model->layers,
      .width = model->vocabulary + model->length,
      .blocks = {1},
  };
  for (long layer = 0; layer < model->layers; layer++) {
    const long width = plan.blocks[layer] * plan.width;
    plan.blocks[layer + 1] = plan.blocks[layer] * (1 + model->heads[layer]);
    plan.starts[layer + 1] = plan.starts[layer] + model->heads[layer] * width * width;
  }
  plan.parameters = plan.starts[model->layers] + plan.blocks[model->layers] * plan.width * model->vocabulary;
  // Of a single layer the matrices are kept too, though only their last rows are used.
  plan.kept = plan.blocks[model->layers == 1 ? 1 : model->layers - 1] - 1;
  plan.last = plan.blocks[model->layers] - 1 - plan.kept;
  return plan;
}

long whence_disentangled_width(const struct whence_disentangled *model, long layer) {
  const struct laboratory_plan plan = laboratory_plan(model);
  return plan.blocks[layer] * plan.width;
}

long whence_disentangled_parameters(const struct whence_disentangled *model) {
  return laboratory_plan(model).parameters;
}

long whence_standard_parameters(const struct whence_standard *model) {
  const long d = model->width;
  return (2 * model->vocabulary + model->length) * d + model->layers * (4 * d * d + 2 * d);
}

struct shared_sampling {
  const struct whence_sampling *job;
  long scratch;
};

static void sample_job(void *context, long group, int thread) {
  const struct shared_sampling *shared = context;
  this_laboratory()->sample(shared->job, group, shared->job->workspace + thread * shared->scratch);
}

long whence_sampling_workspace(const struct whence_task *task, int threads) {
  return this_laboratory()->sampling_scratch(task) * threads;
}

void whence_sample(const struct whence_sampling *job, struct whence_team *team) {
  struct shared_sampling shared = {job, this_laboratory()->sampling_scratch(job->task)};
  whence_team_run(team, job->groups, sample_job, &shared);
}

struct shared_learning {
  const struct whence_learning *job;
  struct laboratory_plan plan;
  long parts;
  long scratch;
};

static struct shared_learning share(const struct whence_learning *job) {
  const long sequences = whence_laboratory_part_groups * whence_laboratory_lanes;
  struct shared_learning shared = {.job = job, .parts = (job->count + sequences - 1) / sequences};
  // Of a plan, a standard transformer has only the number of parameters.
  if (job->standard) shared.plan.parameters = whence_standard_parameters(job->standard);
  else shared.plan = laboratory_plan(job->model);
  shared.scratch = this_laboratory()->learning_scratch(job, &shared.plan);
  return shared;
}

static void learn_job(void *context, long part, int thread) {
  const struct shared_learning *shared = context;
  const struct whence_learning *job = shared->job;
  float *const scratch = job->workspace + (job->gradient ? shared->parts * shared->plan.parameters : 0);
  this_laboratory()->learn(job, &shared->plan, part,
                           job->gradient ? job->workspace + part * shared->plan.parameters : NULL,
                           scratch + thread * shared->scratch);
}

long whence_learning_workspace(const struct whence_learning *job, int threads) {
  const struct shared_learning shared = share(job);
  return (job->gradient ? shared.parts * shared.plan.parameters : 0) + shared.scratch * threads;
}

void whence_learn(const struct whence_learning *job, struct whence_team *team) {
  struct shared_learning shared = share(job);
  whence_team_run(team, shared.parts, learn_job, &shared);
  if (!job->gradient) return;
  const long count = shared.plan.parameters;
  memcpy(job->gradient, job->workspace, (size_t)count * sizeof(float));
  for (long part = 1; part < shared.parts; part++)
    for (long index = 0; index < count; index++) job->gradient[index] += job->workspace[part * count + index];
}
