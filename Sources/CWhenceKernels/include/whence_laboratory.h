#ifndef WHENCE_LABORATORY_H
#define WHENCE_LABORATORY_H

#include <stdbool.h>
#include <stdint.h>

#include "whence_team.h"

// In-context tasks and the disentangled transformer of Nichani, Damian and Lee (2024, "How Transformers Learn Causal
// Structure with Gradient Descent"), sixteen sequences at a time.
//
// A group is sixteen sequences whose numbers lie side by side: element `e` of sequence `lane` is at
// `values[e * 16 + lane]`. Groups are sampled and differentiated in parts of fixed size, and parts are added up in
// their order, so results do not depend on the number of threads.

enum {
  whence_laboratory_lanes = 16,
  /// Groups of a part.
  whence_laboratory_part_groups = 4,
};

/// The law of a position without parents.
enum whence_root_law {
  whence_root_uniform,
  /// The stationary law of the kernel with one parent.
  whence_root_stationary,
  /// One law for all such positions of a sequence, drawn from the Dirichlet law.
  whence_root_dirichlet,
};

/// A family of random sequences, each with transition kernels of its own.
struct whence_task {
  long vocabulary;
  /// Positions that get a token, parents first; one more, after them, is what has to be predicted.
  long positions;
  /// Latent graphs, of which each sequence has one, all equally likely.
  long graphs;
  /// The parents of position `p` in graph `g` are `parents[starts[e]] ..< parents[starts[e + 1]]`, where
  /// `e = g * (positions + 1) + p`.
  const int *starts;
  const int *parents;
  /// `enum whence_root_law` of each position.
  const unsigned char *root_laws;
  /// Kernels: number `k` is for positions with `arities[k]` parents and has `vocabulary^arities[k]` rows.
  long kernels;
  const int *arities;
  /// The parameter of the symmetric Dirichlet law of every row.
  float alpha;
  /// Null, or the rows of all kernels, one after the other, `[rows, vocabulary]`, the same for every sequence.
  const float *fixed_rows;
};

/// What one batch of a task is drawn from.
struct whence_batch_key {
  uint64_t seed;
  uint64_t domain;
  uint64_t batch;
};

/// Rows of all kernels of a task.
long whence_task_rows(const struct whence_task *task);

/// Draws a batch.
struct whence_sampling {
  const struct whence_task *task;
  struct whence_batch_key key;
  long groups;
  /// `[groups, positions, 16]`: the tokens.
  int32_t *tokens;
  /// `[groups, vocabulary, 16]`: the law of the position after the last.
  float *labels;
  /// Null, or `[groups, whence_task_rows, vocabulary, 16]`: the kernels.
  float *rows;
  /// Null, or `[groups, 16]`: the number of the latent graph.
  int32_t *graphs;
  /// `whence_sampling_workspace` floats.
  float *workspace;
};

/// Floats of memory that a call needs.
long whence_sampling_workspace(const struct whence_task *task, int threads);

void whence_sample(const struct whence_sampling *job, struct whence_team *team);

/// A disentangled transformer.
struct whence_disentangled {
  long vocabulary;
  /// Positions that the transformer reads.
  long length;
  long layers;
  /// Heads of each layer.
  const int *heads;
  /// The output is a linear map; otherwise the softmax of one.
  bool is_linear;
  /// Added to a linear output before its logarithm is taken.
  float epsilon;
};

/// Width of the residual stream that enters a layer, or, for `layer = layers`, the output.
long whence_disentangled_width(const struct whence_disentangled *model, long layer);

/// Parameters: for each layer and each of its heads the attention matrix `[width, width]`, then the output matrix
/// `[width, vocabulary]`, all row-major.
long whence_disentangled_parameters(const struct whence_disentangled *model);

/// A standard transformer with one head a layer.
struct whence_standard {
  long vocabulary;
  /// Positions that the transformer reads.
  long length;
  long layers;
  /// Width of the residual stream, and of everything else.
  long width;
};

/// Parameters: embeddings of tokens `[vocabulary, width]` and positions `[length, width]`; for each layer the matrices
/// of attention, of values and of the first of two layers, `[width, width]` each, that one's bias, the second's matrix
/// and bias; the output matrix `[width, vocabulary]`. Biases count `sqrt(width)` times.
long whence_standard_parameters(const struct whence_standard *model);

/// The loss of a batch and its gradient.
struct whence_learning {
  /// One of the two; the other is null.
  const struct whence_disentangled *model;
  const struct whence_standard *standard;
  const float *parameters;
  /// Sequences; those beyond it in the last group count for nothing.
  long count;
  /// Where the batch is drawn from; null if it is given.
  const struct whence_task *task;
  struct whence_batch_key key;
  /// `[length]`: the position of the task that each position of the transformer reads; null for the first `length`.
  const int *visible;
  /// The batch, if it is given: `[groups, length, 16]` and `[groups, vocabulary, 16]`.
  const int32_t *tokens;
  const float *labels;
  /// `[groups, 16]`: the cross-entropy of each sequence, 0 beyond the last.
  float *losses;
  /// Null, or `[groups, vocabulary, 16]`: the output for each sequence.
  float *outputs;
  /// Null, or the gradient of the mean loss, laid out as the parameters.
  float *gradient;
  /// `whence_learning_workspace` floats.
  float *workspace;
};

/// Floats of memory that a call needs.
long whence_learning_workspace(const struct whence_learning *job, int threads);

/// Computes losses, and the gradient if it is asked for.
void whence_learn(const struct whence_learning *job, struct whence_team *team);

#endif
