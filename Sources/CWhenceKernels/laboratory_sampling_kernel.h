// Sampling of one group of sequences.

/// What a thread needs for a group.
struct sampling_scratch {
  lanes *logs;       // [rows * vocabulary + 1]: logarithms of the kernels' rows
  lanes *rows;       // [rows * vocabulary]: the kernels
  lanes *cumulative; // the same, summed along each row
  lanes *root;       // [vocabulary + 1]: the law of roots, summed
  lanes *square;     // [vocabulary * vocabulary]: for the stationary law
};

static long sampling_scratch_lanes(const struct whence_task *task) {
  const long entries = whence_task_rows(task) * task->vocabulary;
  return 3 * entries + 1 + (task->vocabulary + 1) + task->vocabulary * task->vocabulary;
}

static struct sampling_scratch divide_sampling(const struct whence_task *task, lanes *memory) {
  const long entries = whence_task_rows(task) * task->vocabulary;
  struct sampling_scratch scratch;
  scratch.logs = memory;
  scratch.rows = scratch.logs + entries + 1;
  scratch.cumulative = scratch.rows + entries;
  scratch.root = scratch.cumulative + entries;
  scratch.square = scratch.root + task->vocabulary + 1;
  return scratch;
}

/// Turns logarithms of weights into the logarithms of a law, and the law.
static void normalize_law(long count, lanes *logs, lanes *law) {
  lanes greatest = logs[0], total = {0};
  for (long k = 1; k < count; k++) greatest = choose(logs[k] > greatest, logs[k], greatest);
  for (long k = 0; k < count; k++) {
    logs[k] -= greatest;
    law[k] = exponential(logs[k]);
    total += law[k];
  }
  const lanes factor = 1.0f / total, log_total = logarithm(total);
  for (long k = 0; k < count; k++) {
    law[k] *= factor;
    logs[k] -= log_total;
  }
}

static double log_sum(double a, double b) {
  const double high = a > b ? a : b, low = a > b ? b : a;
  return low == -INFINITY ? high : high + log1p(exp(low - high));
}

/// The stationary law of one lane's kernel, all in logarithms: for kernels between whose states lies less than a
/// float can hold.
static void stationary_in_logarithms(long count, const lanes *logs, int lane, lanes *law) {
  double matrix[count * count], weights[count];
  for (long entry = 0; entry < count * count; entry++) matrix[entry] = logs[entry][lane];
  for (long last = count - 1; last > 0; last--) {
    double leaving = -INFINITY;
    for (long to = 0; to < last; to++) leaving = log_sum(leaving, matrix[last * count + to]);
    for (long from = 0; from < last; from++) {
      matrix[from * count + last] -= leaving;
      for (long to = 0; to < last; to++)
        matrix[from * count + to] =
            log_sum(matrix[from * count + to], matrix[from * count + last] + matrix[last * count + to]);
    }
  }
  double total = weights[0] = 0;
  for (long state = 1; state < count; state++) {
    weights[state] = -INFINITY;
    for (long from = 0; from < state; from++)
      weights[state] = log_sum(weights[state], weights[from] + matrix[from * count + state]);
    total = log_sum(total, weights[state]);
  }
  for (long state = 0; state < count; state++) law[state][lane] = (float)exp(weights[state] - total);
}

/// The stationary law of a kernel by the elimination of Grassmann, Taksar and Heyman (1985), which subtracts nothing
/// and so keeps every digit.
static void stationary_law(long count, const lanes *rows, const lanes *logs, lanes *matrix, lanes *law) {
  const lanes zero = {0};
  integer_lanes lost = {0};
  memcpy(matrix, rows, (size_t)(count * count) * sizeof(lanes));
  for (long last = count - 1; last > 0; last--) {
    lanes leaving = zero;
    for (long to = 0; to < last; to++) leaving += matrix[last * count + to];
    lost |= leaving < zero + 1e-25f;
    const lanes factor = 1.0f / leaving;
    for (long from = 0; from < last; from++) {
      const lanes weight = matrix[from * count + last] *= factor;
      for (long to = 0; to < last; to++) matrix[from * count + to] += weight * matrix[last * count + to];
    }
  }
  lanes total = law[0] = zero + 1;
  for (long state = 1; state < count; state++) {
    law[state] = zero;
    for (long from = 0; from < state; from++) law[state] += law[from] * matrix[from * count + state];
    total += law[state];
  }
  for (long state = 0; state < count; state++) law[state] /= total;
  for (int lane = 0; lane < LANES; lane++)
    if (lost[lane]) stationary_in_logarithms(count, logs, lane, law);
}

/// Sums along a law, in place or not.
static void accumulate_law(long count, const lanes *law, lanes *sums) {
  lanes total = {0};
  for (long k = 0; k < count; k++) sums[k] = total += law[k];
}

/// The row of a position's kernel that its parents' tokens choose: the first parent counts most.
static long chosen_row(const struct whence_task *task, const int *parents, long arity, const int32_t *tokens,
                       int lane) {
  long row = 0;
  for (long k = 0; k < arity; k++) row = row * task->vocabulary + tokens[parents[k] * LANES + lane];
  return row;
}

/// Draws the kernels of a group, and then its tokens, parents first.
static void sample_group(const struct whence_task *task, const struct whence_batch_key *key, long group,
                         const struct sampling_scratch *scratch, int32_t *tokens, float *labels,
                         int32_t *graph_numbers) {
  const long vocabulary = task->vocabulary, row_count = whence_task_rows(task);
  const lanes zero = {0};
  struct generator generator = group_generator(key, group);

  if (task->fixed_rows) {
    for (long entry = 0; entry < row_count * vocabulary; entry++) {
      scratch->rows[entry] = zero + task->fixed_rows[entry];
      scratch->logs[entry] = logarithm(choose(scratch->rows[entry] > zero, scratch->rows[entry], zero + 1e-38f));
    }
  } else {
    log_gammas(&generator, task->alpha, row_count * vocabulary, scratch->logs);
    for (long row = 0; row < row_count; row++)
      normalize_law(vocabulary, scratch->logs + row * vocabulary, scratch->rows + row * vocabulary);
  }
  for (long row = 0; row < row_count; row++)
    accumulate_law(vocabulary, scratch->rows + row * vocabulary, scratch->cumulative + row * vocabulary);

  long kernel_starts[task->kernels + 1], kernel_of_arity[task->kernels > 0 ? task->arities[task->kernels - 1] + 1 : 1];
  kernel_starts[0] = 0;
  for (long k = 0; k < task->kernels; k++) {
    long rows = 1;
    for (int factor = 0; factor < task->arities[k]; factor++) rows *= vocabulary;
    kernel_starts[k + 1] = kernel_starts[k] + rows;
    kernel_of_arity[task->arities[k]] = k;
  }

  // The stationary law and the one from Dirichlet's exclude each other: a task has one law for its roots, uniform
  // positions aside.
  bool has_stationary = false, has_dirichlet = false;
  for (long position = 0; position < task->positions; position++) {
    has_stationary |= task->root_laws[position] == whence_root_stationary;
    has_dirichlet |= task->root_laws[position] == whence_root_dirichlet;
  }
  if (has_stationary) {
    const long first = kernel_starts[kernel_of_arity[1]] * vocabulary;
    stationary_law(vocabulary, scratch->rows + first, scratch->logs + first, scratch->square, scratch->root);
  } else if (has_dirichlet) {
    lanes logs[vocabulary + 1];
    log_gammas(&generator, task->alpha, vocabulary, logs);
    normalize_law(vocabulary, logs, scratch->root);
  }
  if (has_stationary || has_dirichlet) accumulate_law(vocabulary, scratch->root, scratch->root);

  int32_t graph[LANES] = {0};
  if (task->graphs > 1) {
    float uniform[LANES];
    store(uniform, next_uniform(&generator));
    for (int lane = 0; lane < LANES; lane++) graph[lane] = (int32_t)(uniform[lane] * (float)task->graphs);
  }
  if (graph_numbers) memcpy(graph_numbers, graph, sizeof graph);

  for (long position = 0; position <= task->positions; position++) {
    float uniform[LANES];
    if (position < task->positions) store(uniform, next_uniform(&generator));
    for (int lane = 0; lane < LANES; lane++) {
      const long element = graph[lane] * (task->positions + 1) + position;
      const int *parents = task->parents + task->starts[element];
      const long arity = task->starts[element + 1] - task->starts[element];
      const long row = arity == 0 ? 0
                                  : kernel_starts[kernel_of_arity[arity]] +
                                        chosen_row(task, parents, arity, tokens, lane);
      if (position == task->positions) {
        const float *law = (const float *)(scratch->rows + row * vocabulary) + lane;
        for (long k = 0; k < vocabulary; k++)
          labels[k * LANES + lane] = arity == 0 ? 1 / (float)vocabulary : law[k * LANES];
        continue;
      }
      int32_t token = 0;
      if (arity == 0 && task->root_laws[position] == whence_root_uniform) {
        token = (int32_t)(uniform[lane] * (float)vocabulary);
        if (token >= vocabulary) token = (int32_t)vocabulary - 1;
      } else {
        const lanes *sums = arity == 0 ? scratch->root : scratch->cumulative + row * vocabulary;
        const float *law = (const float *)sums + lane;
        for (long k = 0; k < vocabulary - 1; k++) token += uniform[lane] >= law[k * LANES];
      }
      tokens[position * LANES + lane] = token;
    }
  }
}
