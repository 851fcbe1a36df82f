// The disentangled transformer of one group of sequences: forward as the paper defines it, then backward.

/// What a thread needs. "Kept" matrices are `[length, length]`, of which the lower triangle is used.
struct learning_scratch {
  int32_t *tokens;        // [task positions]
  lanes *labels;          // [vocabulary]
  lanes *one_hot;         // [length, vocabulary]
  lanes *kept;            // [plan.kept, length, length]: weights of blocks
  lanes *kept_gradients;  // the same
  lanes *last;            // [plan.last, length]: weights of blocks at the last position
  lanes *last_gradients;  // the same
  lanes *stream;          // [output width]: the residual stream of a position
  lanes *stream_gradient; // the same
  lanes *query;           // [width]: what a position asks for
  lanes *reach;           // [heads, blocks, length]: the scores of a block's positions, of a layer's heads
  lanes *output;          // [vocabulary]
  // Gradients of the first layer's heads, summed by lane.
  lanes *position_position; // [heads, length, length]
  lanes *position_token;    // [heads, length, vocabulary]
  lanes *token_position;    // the same, of the asking token and the position asked
  lanes *token_token;       // [heads, vocabulary, vocabulary], the token asked first
  lanes *by_token;          // [length, vocabulary]
  float *sums;              // as many floats as the longest of them has lanes
  // Both sides of outer products, a row a sequence.
  float *stream_rows;   // [sequences of a part, padded width of the last layer]
  float *query_rows;    // [heads of the last layer, the same]
  float *output_rows;   // [sequences of a part, padded output width]
  float *error_rows;    // [sequences of a part, padded vocabulary]
  float *middle_stream; // [length * 16, padded width], for layers between the first and the last
  float *middle_query;  // the same
};

enum { PART_ROWS_COUNT = whence_laboratory_part_groups * LANES };

static long padded(long count) { return (count + LANES - 1) / LANES * LANES; }

static long layer_width(const struct laboratory_plan *plan, long layer) { return plan->blocks[layer] * plan->width; }

/// Takes so many floats from memory, in whole lanes; only counts where there is no memory.
static void *take(float **memory, long *total, long floats) {
  float *const taken = *memory;
  if (taken) *memory += padded(floats);
  *total += padded(floats);
  return taken;
}

static long divide_learning(const struct whence_learning *job, const struct laboratory_plan *plan,
                            struct learning_scratch *scratch, float *memory) {
  const long S = plan->vocabulary, T = plan->length, layers = plan->layers;
  const int *heads = job->model->heads;
  long most_heads = 0, total = 0;
  for (long layer = 0; layer < layers; layer++) most_heads = heads[layer] > most_heads ? heads[layer] : most_heads;
  const long output = layer_width(plan, layers), width = layer_width(plan, layers - 1);
  const long positions = job->task ? job->task->positions : T;
#define TAKE(field, count) scratch->field = take(&memory, &total, count)
  TAKE(tokens, positions * LANES);
  TAKE(labels, S * LANES);
  TAKE(one_hot, T * S * LANES);
  TAKE(kept, plan->kept * T * T * LANES);
  TAKE(last, plan->last * T * LANES);
  TAKE(stream, output * LANES);
  TAKE(query, width * LANES);
  TAKE(reach, most_heads * plan->blocks[layers - 1] * T * LANES);
  TAKE(output, S * LANES);
  if (!job->gradient) return total;
  const long longest = T * T > T * S ? T * T : T * S;
  TAKE(kept_gradients, plan->kept * T * T * LANES);
  TAKE(last_gradients, plan->last * T * LANES);
  TAKE(stream_gradient, output * LANES);
  TAKE(position_position, heads[0] * T * T * LANES);
  TAKE(position_token, heads[0] * T * S * LANES);
  TAKE(token_position, heads[0] * T * S * LANES);
  TAKE(token_token, heads[0] * S * S * LANES);
  TAKE(by_token, T * S * LANES);
  TAKE(sums, longest > S * S ? longest : S * S);
  TAKE(stream_rows, PART_ROWS_COUNT * padded(width));
  TAKE(query_rows, heads[layers - 1] * PART_ROWS_COUNT * padded(width));
  TAKE(output_rows, PART_ROWS_COUNT * padded(output));
  TAKE(error_rows, PART_ROWS_COUNT * padded(S));
  if (layers > 2) {
    TAKE(middle_stream, T * LANES * padded(width));
    TAKE(middle_query, T * LANES * padded(width));
  }
#undef TAKE
  return total;
}

/// The weights of a block other than the identity at a position.
static lanes *block_row(const struct laboratory_plan *plan, lanes *kept, lanes *last, long block, long position) {
  return block <= plan->kept ? kept + ((block - 1) * plan->length + position) * plan->length
                             : last + (block - 1 - plan->kept) * plan->length;
}

// MARK: - Layer 1, whose stream is one-hot

/// Attention of one head: every score is the sum of four entries of its matrix.
static void attend_inputs(const struct laboratory_plan *plan, const float *matrix, const struct learning_scratch *s,
                          long first_query, lanes *weights) {
  const long S = plan->vocabulary, T = plan->length, d = plan->width;
  lanes *const table = s->query;
  for (long i = first_query; i < T; i++) {
    const float *position_row = matrix + (S + i) * d;
    const lanes *token = s->one_hot + i * S;
    lanes *const row = weights + i * T;
    for (long j = 0; j <= i; j++) row[j] = splat(position_row[S + j]);
    for (long k = 0; k < S; k++) table[k] = splat(position_row[k]);
    add_product(matrix + S, d, 1, S, i + 1, token, row);
    add_product(matrix, d, 1, S, S, token, table);
    add_looked_up(s->one_hot, S, i + 1, table, row);
    softmax(row, i + 1);
  }
}

/// Turns the gradient of a head's weights into that of its matrix, which is added to the sums by lane.
static void attend_inputs_backward(const struct laboratory_plan *plan, const struct learning_scratch *s, long head,
                                   long first_query, const lanes *weights, lanes *gradient) {
  const long S = plan->vocabulary, T = plan->length;
  lanes *const position_position = s->position_position + head * T * T;
  lanes *const position_token = s->position_token + head * T * S;
  lanes *const token_position = s->token_position + head * T * S;
  lanes *const token_token = s->token_token + head * S * S;
  memset(s->by_token, 0, (size_t)(T * S) * sizeof(lanes));
  for (long i = first_query; i < T; i++) {
    lanes *const scores = gradient + i * T, *const by_token = s->by_token + i * S;
    softmax_gradient(weights + i * T, scores, i + 1);
    for (long j = 0; j <= i; j++) position_position[i * T + j] += scores[j];
    add_by_token(s->one_hot, S, i + 1, scores, 1, by_token);
    for (long k = 0; k < S; k++) position_token[i * S + k] += by_token[k];
  }
  for (long k = 0; k < S; k++)
    add_by_token(s->one_hot + first_query * S, S, T - first_query, s->by_token + first_query * S + k, S,
                 token_token + k * S);
  for (long j = 0; j < T; j++) {
    const long first = j > first_query ? j : first_query;
    add_by_token(s->one_hot + first * S, S, T - first, gradient + first * T + j, T, token_position + j * S);
  }
}

/// Adds the sums by lane to a head's gradient, `[width, width]`.
static void collect_input_gradient(const struct laboratory_plan *plan, const struct learning_scratch *s, long head,
                                   float *gradient) {
  const long S = plan->vocabulary, T = plan->length, d = plan->width;
  float *const sums = s->sums;
  lane_sums(s->position_position + head * T * T, T * T, sums);
  for (long i = 0; i < T; i++)
    for (long j = 0; j <= i; j++) gradient[(S + i) * d + S + j] += sums[i * T + j];
  lane_sums(s->position_token + head * T * S, T * S, sums);
  for (long i = 0; i < T; i++)
    for (long k = 0; k < S; k++) gradient[(S + i) * d + k] += sums[i * S + k];
  lane_sums(s->token_position + head * T * S, T * S, sums);
  for (long j = 0; j < T; j++)
    for (long k = 0; k < S; k++) gradient[k * d + S + j] += sums[j * S + k];
  lane_sums(s->token_token + head * S * S, S * S, sums);
  for (long k = 0; k < S; k++)
    for (long asking = 0; asking < S; asking++) gradient[asking * d + k] += sums[k * S + asking];
}

// MARK: - Later layers

/// The residual stream of a position, from its blocks.
static void write_stream(const struct laboratory_plan *plan, const struct learning_scratch *s, long blocks,
                         long position, lanes *stream) {
  const long S = plan->vocabulary;
  memset(stream, 0, (size_t)(blocks * plan->width) * sizeof(lanes));
  memcpy(stream, s->one_hot + position * S, (size_t)S * sizeof(lanes));
  stream[S + position] = splat(1);
  for (long block = 1; block < blocks; block++) {
    const lanes *row = block_row(plan, s->kept, s->last, block, position);
    lanes *const part = stream + block * plan->width;
    add_by_token(s->one_hot, S, position + 1, row, 1, part);
    memcpy(part + S, row, (size_t)(position + 1) * sizeof(lanes));
  }
}

/// `result += stream * matrix`, where of the first block's positions only one is not 0.
static void add_stream_product(const struct laboratory_plan *plan, const float *matrix, long rows, long columns,
                               long position, const lanes *stream, lanes *result) {
  const long S = plan->vocabulary;
  for (long c = 0; c < columns; c++) result[c] += matrix[(S + position) * columns + c];
  add_product(matrix, columns, 1, S, columns, stream, result);
  add_product(matrix + plan->width * columns, columns, 1, rows - plan->width, columns, stream + plan->width, result);
}

/// What each position of each block adds to the score of whoever holds it.
static void compute_reach(const struct laboratory_plan *plan, const struct learning_scratch *s, const float *matrix,
                          long blocks, long position, lanes *reach) {
  const long S = plan->vocabulary, T = plan->length, d = blocks * plan->width;
  memset(s->query, 0, (size_t)d * sizeof(lanes));
  add_stream_product(plan, matrix, d, d, position, s->stream, s->query);
  for (long block = 0; block < blocks; block++) {
    const lanes *part = s->query + block * plan->width;
    memcpy(reach + block * T, part + S, (size_t)(position + 1) * sizeof(lanes));
    add_looked_up(s->one_hot, S, position + 1, part, reach + block * T);
  }
}

/// One head of a later layer at one position: its attention, and what it makes of the blocks.
static void attend_blocks(const struct laboratory_plan *plan, const struct learning_scratch *s, long blocks,
                          long first_block, long position, const lanes *reach) {
  const long T = plan->length;
  lanes *const weights = block_row(plan, s->kept, s->last, first_block, position);
  memcpy(weights, reach, (size_t)(position + 1) * sizeof(lanes));
  for (long block = 1; block < blocks; block++) {
    const lanes *matrix = s->kept + (block - 1) * T * T, *part = reach + block * T;
    for (long j = 0; j <= position; j++) {
      lanes score = weights[j];
      for (long k = 0; k <= j; k++) score += matrix[j * T + k] * part[k];
      weights[j] = score;
    }
  }
  softmax(weights, position + 1);
  for (long block = 1; block < blocks; block++) {
    const lanes *matrix = s->kept + (block - 1) * T * T;
    lanes *const row = block_row(plan, s->kept, s->last, first_block + block, position);
    memset(row, 0, (size_t)(position + 1) * sizeof(lanes));
    for (long j = 0; j <= position; j++)
      for (long k = 0; k <= j; k++) row[k] += weights[j] * matrix[j * T + k];
  }
}

/// The way back: the gradient of the head's blocks at the position becomes that of the query, of the blocks that the
/// head read, and, in `stream_gradient`, of the stream that asked.
static void attend_blocks_backward(const struct laboratory_plan *plan, const struct learning_scratch *s,
                                   const float *matrix, long blocks, long first_block, long position, lanes *reach) {
  const long S = plan->vocabulary, T = plan->length, d = blocks * plan->width;
  const lanes *weights = block_row(plan, s->kept, s->last, first_block, position);
  lanes *const scores = block_row(plan, s->kept_gradients, s->last_gradients, first_block, position);
  for (long block = 1; block < blocks; block++) {
    const lanes *read = s->kept + (block - 1) * T * T;
    const lanes *row = block_row(plan, s->kept_gradients, s->last_gradients, first_block + block, position);
    for (long j = 0; j <= position; j++) {
      lanes gradient = scores[j];
      for (long k = 0; k <= j; k++) gradient += row[k] * read[j * T + k];
      scores[j] = gradient;
    }
  }
  softmax_gradient(weights, scores, position + 1);

  memset(s->query, 0, (size_t)d * sizeof(lanes));
  memcpy(s->query + S, scores, (size_t)(position + 1) * sizeof(lanes));
  add_by_token(s->one_hot, S, position + 1, scores, 1, s->query);
  for (long block = 1; block < blocks; block++) {
    const lanes *read = s->kept + (block - 1) * T * T, *part = reach + block * T;
    const lanes *row = block_row(plan, s->kept_gradients, s->last_gradients, first_block + block, position);
    lanes *const gradient = s->kept_gradients + (block - 1) * T * T;
    lanes *const query = s->query + block * plan->width;
    for (long j = 0; j <= position; j++)
      for (long k = 0; k <= j; k++) {
        query[S + k] += scores[j] * read[j * T + k];
        gradient[j * T + k] += weights[j] * row[k] + scores[j] * part[k];
      }
    add_by_token(s->one_hot, S, position + 1, query + S, 1, query);
  }
  add_product(matrix + plan->width * d, 1, d, d, d - plan->width, s->query, s->stream_gradient + plan->width);
}

/// Hands the gradient of a stream to the weights of its blocks.
static void add_stream_gradient(const struct laboratory_plan *plan, const struct learning_scratch *s, long blocks,
                                long position) {
  const long S = plan->vocabulary;
  for (long block = 1; block < blocks; block++) {
    const lanes *part = s->stream_gradient + block * plan->width;
    lanes *const row = block_row(plan, s->kept_gradients, s->last_gradients, block, position);
    for (long k = 0; k <= position; k++) row[k] += part[S + k];
    add_looked_up(s->one_hot, S, position + 1, part, row);
  }
}

// MARK: - Output

/// The cross-entropy of each sequence; the output becomes what is put out, and `error` the gradient of the loss in
/// the linear map's result.
static lanes cross_entropy(const struct whence_disentangled *model, long S, const lanes *labels, lanes *output,
                           lanes *error) {
  lanes loss = {0};
  if (model && model->is_linear) {
    for (long k = 0; k < S; k++) {
      const lanes value = output[k] + model->epsilon;
      // The logarithm of a number that is not positive is none.
      const integer_lanes positive = value > splat(0);
      loss -= labels[k] * choose(positive, logarithm(value), splat(0) / splat(0));
      error[k] = -labels[k] / value;
    }
    return loss;
  }
  lanes greatest = output[0], total = {0};
  for (long k = 1; k < S; k++) greatest = choose(output[k] > greatest, output[k], greatest);
  for (long k = 0; k < S; k++) {
    output[k] -= greatest;
    error[k] = exponential(output[k]);
    total += error[k];
  }
  const lanes log_total = logarithm(total), factor = 1.0f / total;
  for (long k = 0; k < S; k++) {
    loss += labels[k] * (log_total - output[k]);
    output[k] = error[k] * factor;
    error[k] = output[k] - labels[k];
  }
  return loss;
}

// MARK: - A group

static void forward(const struct whence_learning *job, const struct laboratory_plan *plan,
                    const struct learning_scratch *s) {
  const long T = plan->length, layers = plan->layers;
  const int *heads = job->model->heads;
  const long square = plan->width * plan->width;
  for (long head = 0; head < heads[0]; head++)
    attend_inputs(plan, job->parameters + head * square, s, layers == 1 ? T - 1 : 0, s->kept + head * T * T);
  for (long layer = 1; layer < layers; layer++) {
    const long blocks = plan->blocks[layer], d = blocks * plan->width;
    for (long position = layer == layers - 1 ? T - 1 : 0; position < T; position++) {
      write_stream(plan, s, blocks, position, s->stream);
      for (long head = 0; head < heads[layer]; head++) {
        lanes *const reach = s->reach + head * blocks * T;
        compute_reach(plan, s, job->parameters + plan->starts[layer] + head * d * d, blocks, position, reach);
        attend_blocks(plan, s, blocks, blocks + head * blocks, position, reach);
      }
    }
  }
  const long blocks = plan->blocks[layers];
  write_stream(plan, s, blocks, T - 1, s->stream);
  memset(s->output, 0, (size_t)plan->vocabulary * sizeof(lanes));
  add_stream_product(plan, job->parameters + plan->starts[layers], blocks * plan->width, plan->vocabulary, T - 1,
                     s->stream, s->output);
}

/// The way back through the last layer, whose outer products wait for the other groups of the part.
static void last_layer_backward(const struct whence_learning *job, const struct laboratory_plan *plan,
                                const struct learning_scratch *s, long group) {
  const long T = plan->length, layer = plan->layers - 1, blocks = plan->blocks[layer], d = blocks * plan->width;
  const long stride = padded(d);
  memset(s->stream_gradient, 0, (size_t)d * sizeof(lanes));
  for (long head = 0; head < job->model->heads[layer]; head++) {
    attend_blocks_backward(plan, s, job->parameters + plan->starts[layer] + head * d * d, blocks,
                           blocks + head * blocks, T - 1, s->reach + head * blocks * T);
    transpose_group(s->query, d, s->query_rows + (head * PART_ROWS_COUNT + group * LANES) * stride, stride);
  }
  // The stream of this layer is the beginning of the output's.
  transpose_group(s->stream, d, s->stream_rows + group * LANES * stride, stride);
  add_stream_gradient(plan, s, blocks, T - 1);
}

/// The way back through a layer between the first and the last, of which every position asks.
static void middle_layer_backward(const struct whence_learning *job, const struct laboratory_plan *plan,
                                  const struct learning_scratch *s, long layer, float *gradient) {
  const long T = plan->length, blocks = plan->blocks[layer], d = blocks * plan->width, stride = padded(d);
  for (long head = 0; head < job->model->heads[layer]; head++) {
    const long start = plan->starts[layer] + head * d * d;
    for (long position = 0; position < T; position++) {
      write_stream(plan, s, blocks, position, s->stream);
      compute_reach(plan, s, job->parameters + start, blocks, position, s->reach);
      memset(s->stream_gradient, 0, (size_t)d * sizeof(lanes));
      attend_blocks_backward(plan, s, job->parameters + start, blocks, blocks + head * blocks, position, s->reach);
      transpose_group(s->stream, d, s->middle_stream + position * LANES * stride, stride);
      transpose_group(s->query, d, s->middle_query + position * LANES * stride, stride);
      add_stream_gradient(plan, s, blocks, position);
    }
    add_outer_products(s->middle_stream, stride, s->middle_query, stride, T * LANES, d, d, gradient + start);
  }
}

static void backward(const struct whence_learning *job, const struct laboratory_plan *plan,
                     const struct learning_scratch *s, const lanes *error, long group, float *gradient) {
  const long S = plan->vocabulary, T = plan->length, layers = plan->layers;
  const long blocks = plan->blocks[layers], d = blocks * plan->width;
  const long output_stride = padded(d), error_stride = padded(S);
  transpose_group(s->stream, d, s->output_rows + group * LANES * output_stride, output_stride);
  transpose_group(error, S, s->error_rows + group * LANES * error_stride, error_stride);

  memset(s->kept_gradients, 0, (size_t)(plan->kept * T * T) * sizeof(lanes));
  memset(s->last_gradients, 0, (size_t)(plan->last * T) * sizeof(lanes));
  memset(s->stream_gradient, 0, (size_t)d * sizeof(lanes));
  add_product(job->parameters + plan->starts[layers] + plan->width * S, 1, S, S, d - plan->width, error,
              s->stream_gradient + plan->width);
  add_stream_gradient(plan, s, blocks, T - 1);
  if (layers > 1) last_layer_backward(job, plan, s, group);
  for (long layer = layers - 2; layer > 0; layer--) middle_layer_backward(job, plan, s, layer, gradient);
  for (long head = 0; head < job->model->heads[0]; head++)
    attend_inputs_backward(plan, s, head, layers == 1 ? T - 1 : 0, s->kept + head * T * T,
                           s->kept_gradients + head * T * T);
}

/// Adds up what waited until all groups of a part were through.
static void collect_gradients(const struct whence_learning *job, const struct laboratory_plan *plan,
                              const struct learning_scratch *s, long groups, float *gradient) {
  const long S = plan->vocabulary, layers = plan->layers, terms = groups * LANES;
  const long output_width = layer_width(plan, layers);
  for (long head = 0; head < job->model->heads[0]; head++)
    collect_input_gradient(plan, s, head, gradient + head * plan->width * plan->width);
  if (layers > 1) {
    const long d = layer_width(plan, layers - 1), stride = padded(d);
    for (long head = 0; head < job->model->heads[layers - 1]; head++)
      add_outer_products(s->stream_rows, stride, s->query_rows + head * PART_ROWS_COUNT * stride, stride, terms, d, d,
                         gradient + plan->starts[layers - 1] + head * d * d);
  }
  add_outer_products(s->output_rows, padded(output_width), s->error_rows, padded(S), terms, output_width, S,
                     gradient + plan->starts[layers]);
}

/// Samples a group or copies it from the job, and writes its tokens one-hot.
static void take_tokens(const struct whence_learning *job, const struct sampling_scratch *sampling, long S, long T,
                        long group, int32_t *memory, lanes *labels, lanes *one_hot) {
  const int32_t *tokens = memory;
  if (job->task) {
    sample_group(job->task, &job->key, group, sampling, memory, (float *)labels, NULL);
  } else {
    tokens = job->tokens + group * T * LANES;
    memcpy(labels, job->labels + group * S * LANES, (size_t)S * sizeof(lanes));
  }
  for (long t = 0; t < T; t++) {
    const long position = job->task && job->visible ? job->visible[t] : t;
    const integer_lanes token = *(const integer_lanes *)(tokens + position * LANES);
    for (long k = 0; k < S; k++)
      one_hot[t * S + k] = choose(token == (integer_lanes){0} + (int32_t)k, splat(1), splat(0));
  }
}

/// Puts out what a group's output says, and scales the error to the mean over the batch.
static void finish_output(const struct whence_learning *job, long S, long group, const lanes *labels, lanes *output,
                          lanes *error) {
  lanes loss = cross_entropy(job->model, S, labels, output, error);
  for (int lane = 0; lane < LANES; lane++)
    if (group * LANES + lane >= job->count) {
      loss[lane] = 0;
      for (long k = 0; k < S; k++) error[k][lane] = 0;
    }
  store(job->losses + group * LANES, loss);
  if (job->outputs) memcpy(job->outputs + group * S * LANES, output, (size_t)S * sizeof(lanes));
  for (long k = 0; k < S; k++) error[k] *= 1 / (float)job->count;
}

/// Groups of a part.
static long part_groups(const struct whence_learning *job, long part) {
  const long rest = (job->count + LANES - 1) / LANES - part * whence_laboratory_part_groups;
  return rest < whence_laboratory_part_groups ? rest : whence_laboratory_part_groups;
}
