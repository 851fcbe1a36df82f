#ifndef WHENCE_MACHINE_H
#define WHENCE_MACHINE_H

#include "CWhenceKernels.h"

/// Some rows and some strips of columns of a product, which one thread computes.
struct product_part {
  long first_row, row_count;
  long first_strip, end_strip;
};

/// How products run on one kind of machine.
struct product_kernel {
  /// Columns that kernels work on at once: the width of a strip of a packed matrix.
  long strip;
  /// The most rows and columns of a part.
  long part_rows, part_columns;
  /// Floats of scratch that a part needs.
  long scratch;
  void (*run)(const struct whence_product *job, struct product_part part, float *scratch);
};

/// The kernels of one kind of machine.
///
/// The package is compiled for the oldest processor of an architecture. Code that gains from newer ones is in
/// headers named `*_kernel.h`, which a file for each kind of machine compiles for that machine.
struct machine {
  struct product_kernel product;
  long (*attention_scratch)(long longest, long head_size, const struct whence_relative_positions *positions);
  void (*attend)(const struct whence_attention *job, long sequence, long head, float *scratch);
  bool (*normalize)(const struct whence_layer_norm *job, long first_row, long end_row);
};

#if defined(__x86_64__)
extern const struct machine machine_avx512, machine_avx2;
#endif
extern const struct machine machine_plain;

/// Kinds of machines, each able to run what those before it can.
enum machine_kind { machine_kind_plain, machine_kind_avx2, machine_kind_avxvnni, machine_kind_avx512 };

/// The best kind that this machine is, or the one that `$WHENCE_KERNELS` names if that is less.
enum machine_kind machine_kind(void);

/// The kernels of that kind.
const struct machine *this_machine(void);

#endif
