// A standard transformer of one group of sequences: learnt embeddings, value matrices, and a network of two layers
// after each attention, all added to the residual stream.

/// Where the parameters lie; each matrix is `[width, width]`, row-major, unless said otherwise.
struct standard_layer {
  long attention, value, first, first_bias, second, second_bias;
};

static long standard_layer_parameters(long width) { return 4 * width * width + 2 * width; }

static long standard_layers_start(const struct whence_standard *model) {
  return (model->vocabulary + model->length) * model->width;
}

static struct standard_layer standard_layer(const struct whence_standard *model, long layer) {
  const long d = model->width, start = standard_layers_start(model) + layer * standard_layer_parameters(d);
  return (struct standard_layer){start,
                                 start + d * d,
                                 start + 2 * d * d,
                                 start + 3 * d * d,
                                 start + 3 * d * d + d,
                                 start + 4 * d * d + d};
}

/// What a thread needs; `[layers]` of what the way back reads again.
struct standard_scratch {
  int32_t *tokens;   // [task positions]
  lanes *labels;     // [vocabulary]
  lanes *one_hot;    // [length, vocabulary]
  lanes *streams;    // [layers + 1, length, width]
  lanes *weights;    // [layers, length, length]
  lanes *contexts;   // [layers, length, width]: what attention mixed
  lanes *values;     // [layers, length, width]: its product with the value matrix
  lanes *hidden;     // [layers, length, width]: after the first of the two layers
  lanes *output;     // [vocabulary]
  lanes *query;      // [width]
  lanes *gradients;  // [length, width]: of the stream
  lanes *parts;      // [4, width]: gradients on the way through a layer
  lanes *scores;     // [length]
  float *left_rows;  // [4, length * 16, padded width]: sides of outer products
  float *right_rows; // the same
  float *token_rows; // [length * 16, padded vocabulary]
  float *sums;       // [length, width]
};

static long divide_standard(const struct whence_learning *job, struct standard_scratch *scratch, float *memory) {
  const long S = job->standard->vocabulary, T = job->standard->length, d = job->standard->width;
  const long layers = job->standard->layers;
  long total = 0;
#define TAKE(field, count) scratch->field = take(&memory, &total, count)
  TAKE(tokens, (job->task ? job->task->positions : T) * LANES);
  TAKE(labels, S * LANES);
  TAKE(one_hot, T * S * LANES);
  TAKE(streams, (layers + 1) * T * d * LANES);
  TAKE(weights, layers * T * T * LANES);
  TAKE(contexts, layers * T * d * LANES);
  TAKE(values, layers * T * d * LANES);
  TAKE(hidden, layers * T * d * LANES);
  TAKE(output, S * LANES);
  TAKE(query, d * LANES);
  TAKE(gradients, T * d * LANES);
  TAKE(parts, 4 * d * LANES);
  TAKE(scores, T * LANES);
  TAKE(left_rows, 4 * T * LANES * padded(d));
  TAKE(right_rows, 4 * T * LANES * padded(d));
  TAKE(token_rows, T * LANES * padded(S));
  TAKE(sums, T * d);
#undef TAKE
  return total;
}

static lanes dot(const lanes *left, const lanes *right, long count) {
  lanes sum = {0};
  for (long e = 0; e < count; e++) sum += left[e] * right[e];
  return sum;
}

static void add_scaled(lanes factor, const lanes *values, long count, lanes *result) {
  for (long e = 0; e < count; e++) result[e] += factor * values[e];
}

/// The first position of a layer that matters: of the last layer only the last position is read.
static long first_position(const struct whence_standard *model, long layer) {
  return layer == model->layers - 1 ? model->length - 1 : 0;
}

static void standard_forward(const struct whence_learning *job, const struct standard_scratch *s) {
  const struct whence_standard *model = job->standard;
  const float *p = job->parameters;
  const long S = model->vocabulary, T = model->length, d = model->width;
  const float bias_scale = sqrtf((float)d);
  for (long i = 0; i < T; i++) {
    lanes *const x = s->streams + i * d;
    for (long e = 0; e < d; e++) x[e] = splat(p[(S + i) * d + e]);
    add_product(p, d, 1, S, d, s->one_hot + i * S, x);
  }
  for (long layer = 0; layer < model->layers; layer++) {
    const struct standard_layer at = standard_layer(model, layer);
    const lanes *stream = s->streams + layer * T * d;
    for (long i = first_position(model, layer); i < T; i++) {
      const long place = (layer * T + i) * d;
      lanes *const weights = s->weights + (layer * T + i) * T, *const next = s->streams + T * d + place;
      memset(s->query, 0, (size_t)d * sizeof(lanes));
      add_product(p + at.attention, d, 1, d, d, stream + i * d, s->query);
      for (long j = 0; j <= i; j++) weights[j] = dot(s->query, stream + j * d, d);
      softmax(weights, i + 1);
      memset(s->contexts + place, 0, (size_t)d * sizeof(lanes));
      for (long j = 0; j <= i; j++) add_scaled(weights[j], stream + j * d, d, s->contexts + place);
      memset(s->values + place, 0, (size_t)d * sizeof(lanes));
      add_product(p + at.value, d, 1, d, d, s->contexts + place, s->values + place);
      for (long e = 0; e < d; e++) s->hidden[place + e] = splat(bias_scale * p[at.first_bias + e]);
      add_product(p + at.first, d, 1, d, d, s->values + place, s->hidden + place);
      for (long e = 0; e < d; e++) {
        const lanes value = s->hidden[place + e];
        // What is not a number is not below 0, and stays.
        s->hidden[place + e] = choose(value < splat(0), splat(0), value);
      }
      for (long e = 0; e < d; e++) next[e] = stream[i * d + e] + bias_scale * p[at.second_bias + e];
      add_product(p + at.second, d, 1, d, d, s->hidden + place, next);
    }
  }
  memset(s->output, 0, (size_t)S * sizeof(lanes));
  add_product(p + standard_layers_start(model) + model->layers * standard_layer_parameters(d), S, 1, d, S,
              s->streams + (model->layers * T + T - 1) * d, s->output);
}

/// One layer's way back: `gradients` of its result becomes that of its input. In ascending order, because a position
/// hands its gradient only to itself and to earlier ones, which have used theirs.
static void standard_layer_backward(const struct whence_learning *job, const struct standard_scratch *s, long layer,
                                    float *gradient) {
  const struct whence_standard *model = job->standard;
  const float *p = job->parameters;
  const long T = model->length, d = model->width, stride = padded(d), side = T * LANES * stride;
  const struct standard_layer at = standard_layer(model, layer);
  const lanes *stream = s->streams + layer * T * d;
  const long first = first_position(model, layer), terms = (T - first) * LANES;
  lanes *const hidden = s->parts, *const value = hidden + d, *const context = value + d, *const query = context + d;
  for (long i = first; i < T; i++) {
    const long place = (layer * T + i) * d, row = (i - first) * LANES * stride;
    const lanes *weights = s->weights + (layer * T + i) * T;
    memset(s->parts, 0, (size_t)(4 * d) * sizeof(lanes));
    transpose_group(s->hidden + place, d, s->left_rows + row, stride);
    transpose_group(s->gradients + i * d, d, s->right_rows + row, stride);
    add_product(p + at.second, 1, d, d, d, s->gradients + i * d, hidden);
    for (long e = 0; e < d; e++) hidden[e] = choose(s->hidden[place + e] > splat(0), hidden[e], splat(0));
    transpose_group(s->values + place, d, s->left_rows + side + row, stride);
    transpose_group(hidden, d, s->right_rows + side + row, stride);
    add_product(p + at.first, 1, d, d, d, hidden, value);
    transpose_group(s->contexts + place, d, s->left_rows + 2 * side + row, stride);
    transpose_group(value, d, s->right_rows + 2 * side + row, stride);
    add_product(p + at.value, 1, d, d, d, value, context);
    for (long j = 0; j <= i; j++) s->scores[j] = dot(context, stream + j * d, d);
    softmax_gradient(weights, s->scores, i + 1);
    memset(s->query, 0, (size_t)d * sizeof(lanes));
    add_product(p + at.attention, d, 1, d, d, stream + i * d, s->query);
    for (long j = 0; j <= i; j++) {
      add_scaled(s->scores[j], stream + j * d, d, query);
      add_scaled(weights[j], context, d, s->gradients + j * d);
      add_scaled(s->scores[j], s->query, d, s->gradients + j * d);
    }
    transpose_group(stream + i * d, d, s->left_rows + 3 * side + row, stride);
    transpose_group(query, d, s->right_rows + 3 * side + row, stride);
    add_product(p + at.attention, 1, d, d, d, query, s->gradients + i * d);
  }
  const long starts[4] = {at.second, at.first, at.value, at.attention};
  for (int k = 0; k < 4; k++)
    add_outer_products(s->left_rows + k * side, stride, s->right_rows + k * side, stride, terms, d, d,
                       gradient + starts[k]);
  const float bias_scale = sqrtf((float)d);
  const long biases[2] = {at.second_bias, at.first_bias};
  for (int k = 0; k < 2; k++)
    for (long term = 0; term < terms; term++)
      for (long e = 0; e < d; e++)
        gradient[biases[k] + e] += bias_scale * s->right_rows[k * side + term * stride + e];
}

static void standard_backward(const struct whence_learning *job, const struct standard_scratch *s, const lanes *error,
                              float *gradient) {
  const struct whence_standard *model = job->standard;
  const long S = model->vocabulary, T = model->length, d = model->width, stride = padded(d), token_stride = padded(S);
  const long output = standard_layers_start(model) + model->layers * standard_layer_parameters(d);
  transpose_group(s->streams + (model->layers * T + T - 1) * d, d, s->left_rows, stride);
  transpose_group(error, S, s->token_rows, token_stride);
  add_outer_products(s->left_rows, stride, s->token_rows, token_stride, LANES, d, S, gradient + output);
  memset(s->gradients, 0, (size_t)(T * d) * sizeof(lanes));
  add_product(job->parameters + output, 1, S, S, d, error, s->gradients + (T - 1) * d);
  for (long layer = model->layers - 1; layer >= 0; layer--) standard_layer_backward(job, s, layer, gradient);
  for (long i = 0; i < T; i++) {
    transpose_group(s->gradients + i * d, d, s->right_rows + i * LANES * stride, stride);
    transpose_group(s->one_hot + i * S, S, s->token_rows + i * LANES * token_stride, token_stride);
  }
  add_outer_products(s->token_rows, token_stride, s->right_rows, stride, T * LANES, S, d, gradient);
  lane_sums(s->gradients, T * d, s->sums);
  for (long e = 0; e < T * d; e++) gradient[S * d + e] += s->sums[e];
}
