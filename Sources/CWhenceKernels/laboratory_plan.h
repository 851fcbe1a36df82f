#ifndef WHENCE_LABORATORY_PLAN_H
#define WHENCE_LABORATORY_PLAN_H

#include "whence_laboratory.h"

// Where everything of a disentangled transformer lies.
//
// Tokens and positions are one-hot, attention has no value matrix, and layers are concatenated. So every part of the
// residual stream of position `i` is `sum_k w[i, k] (token k, position k)` with weights `w[i, .]` over the positions
// up to `i`: the stream is a list of *blocks*, each of them a lower-triangular stochastic matrix. Block 0 is the
// identity; head `h` of a layer with `B` blocks turns block `b` into block `B + h B + b`, the product of its attention
// and `b`. What has to be kept of a sequence is these matrices; the stream itself is never written down, except of
// positions that ask.

enum { whence_laboratory_most_layers = 16 };

struct laboratory_plan {
  long vocabulary, length, layers;
  /// Width of a block: the vocabulary and the length.
  long width;
  /// Blocks that enter each layer, and the output.
  long blocks[whence_laboratory_most_layers + 1];
  /// Where the parameters of each layer begin, and those of the output.
  long starts[whence_laboratory_most_layers + 1];
  long parameters;
  /// Blocks, without the identity, of which all positions are kept: those that a later layer reads.
  long kept;
  /// Blocks of which only the last position is ever needed.
  long last;
};

/// The arrangement of a model of at most `whence_laboratory_most_layers` layers.
struct laboratory_plan laboratory_plan(const struct whence_disentangled *model);

/// The way from a job to the kernels of one kind of machine.
struct laboratory_kernel {
  /// Floats of scratch that a thread needs.
  long (*sampling_scratch)(const struct whence_task *task);
  long (*learning_scratch)(const struct whence_learning *job, const struct laboratory_plan *plan);
  void (*sample)(const struct whence_sampling *job, long group, float *scratch);
  /// One part of a batch; the sum of its gradients goes to `gradient`, unless that is null.
  void (*learn)(const struct whence_learning *job, const struct laboratory_plan *plan, long part, float *gradient,
                float *scratch);
};

#if defined(__x86_64__)
extern const struct laboratory_kernel laboratory_avx512, laboratory_avx2;
#endif
extern const struct laboratory_kernel laboratory_plain;

#endif
