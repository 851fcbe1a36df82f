// One part of a batch, of either transformer.

static long learning_scratch(const struct whence_learning *job, const struct laboratory_plan *plan) {
  const long sampling = job->task ? sampling_scratch_lanes(job->task) * LANES : 0;
  struct learning_scratch disentangled = {0};
  struct standard_scratch standard = {0};
  return sampling + (job->standard ? divide_standard(job, &standard, NULL)
                                   : divide_learning(job, plan, &disentangled, NULL));
}

static void learn_disentangled_part(const struct whence_learning *job, const struct laboratory_plan *plan, long part,
                                    float *gradient, const struct sampling_scratch *sampling, float *memory) {
  const long S = plan->vocabulary, T = plan->length, H = job->model->heads[0], groups = part_groups(job, part);
  struct learning_scratch scratch = {0}, *const s = &scratch;
  divide_learning(job, plan, s, memory);
  if (gradient) {
    memset(s->position_position, 0, (size_t)(H * T * T) * sizeof(lanes));
    memset(s->position_token, 0, (size_t)(H * T * S) * sizeof(lanes));
    memset(s->token_position, 0, (size_t)(H * T * S) * sizeof(lanes));
    memset(s->token_token, 0, (size_t)(H * S * S) * sizeof(lanes));
  }
  for (long group = 0; group < groups; group++) {
    const long number = part * whence_laboratory_part_groups + group;
    lanes error[S];
    take_tokens(job, sampling, S, T, number, s->tokens, s->labels, s->one_hot);
    forward(job, plan, s);
    finish_output(job, S, number, s->labels, s->output, error);
    if (gradient) backward(job, plan, s, error, group, gradient);
  }
  if (gradient) collect_gradients(job, plan, s, groups, gradient);
}

static void learn_standard_part(const struct whence_learning *job, long part, float *gradient,
                                const struct sampling_scratch *sampling, float *memory) {
  const long S = job->standard->vocabulary, T = job->standard->length, groups = part_groups(job, part);
  struct standard_scratch scratch = {0}, *const s = &scratch;
  divide_standard(job, s, memory);
  for (long group = 0; group < groups; group++) {
    const long number = part * whence_laboratory_part_groups + group;
    lanes error[S];
    take_tokens(job, sampling, S, T, number, s->tokens, s->labels, s->one_hot);
    standard_forward(job, s);
    finish_output(job, S, number, s->labels, s->output, error);
    if (gradient) standard_backward(job, s, error, gradient);
  }
}

static void learn_part(const struct whence_learning *job, const struct laboratory_plan *plan, long part,
                       float *gradient, float *memory) {
  struct sampling_scratch sampling = {0};
  if (job->task) {
    sampling = divide_sampling(job->task, (lanes *)memory);
    memory += sampling_scratch_lanes(job->task) * LANES;
  }
  if (gradient) memset(gradient, 0, (size_t)plan->parameters * sizeof(float));
  if (job->standard) learn_standard_part(job, part, gradient, &sampling, memory);
  else learn_disentangled_part(job, plan, part, gradient, &sampling, memory);
}
