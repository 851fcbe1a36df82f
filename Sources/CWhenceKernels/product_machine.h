#ifndef WHENCE_PRODUCT_MACHINE_H
#define WHENCE_PRODUCT_MACHINE_H

#include "include/whence_product.h"

/// Some rows and some strips of columns of a product, which one thread computes.
struct product_part {
  long first_row, row_count;
  long first_strip, end_strip;
};

/// How products run on one kind of machine.
struct product_machine {
  /// Columns that kernels work on at once: the width of a strip of a packed matrix.
  long strip;
  /// The most rows of a part.
  long part_rows;
  /// Floats of scratch that a part needs.
  long scratch;
  void (*run)(const struct whence_product *job, struct product_part part, float *scratch);
};

#if defined(__x86_64__)
extern const struct product_machine product_avx512, product_avx2;
#endif
extern const struct product_machine product_plain;

#endif
