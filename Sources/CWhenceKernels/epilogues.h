#ifndef WHENCE_EPILOGUES_H
#define WHENCE_EPILOGUES_H

#include "activations.h"
#include "include/whence_product.h"

/// The epilogue of a finished tile of `vectors * LANES` columns.
static void finish(enum whence_epilogue epilogue, int rows, int vectors, float *result, long stride) {
#define EACH(formula)                                                     \
  for (int row = 0; row < rows; row++)                                    \
    for (int vector = 0; vector < vectors; vector++) {                    \
      float *place = result + row * stride + vector * LANES;              \
      const lanes x = load(place);                                        \
      store(place, formula);                                              \
    }                                                                     \
  break
  switch (epilogue) {
    case whence_epilogue_none:
    case whence_epilogue_accumulate: break;
    case whence_epilogue_gelu: EACH(gelu(x));
    case whence_epilogue_gelu_tanh: EACH(gelu_tanh(x));
    case whence_epilogue_relu: EACH(rectified(x));
    case whence_epilogue_tanh: EACH(hyperbolic_tangent(x));
    case whence_epilogue_silu: EACH(x * logistic(x));
    case whence_epilogue_quick_gelu: EACH(x * logistic(1.702f * x));
    case whence_epilogue_clipped_gelu: EACH(at_most(gelu(x), 10.0f));
    case whence_epilogue_mish: EACH(mish(x));
    case whence_epilogue_squared_relu: EACH(rectified(x) * rectified(x));
    case whence_epilogue_relu6: EACH(at_most(rectified(x), 6.0f));
    case whence_epilogue_leaky_relu: EACH(choose(x < (lanes){0}, 0.01f * x, x));
    case whence_epilogue_logistic: EACH(logistic(x));
    case whence_epilogue_laplace: EACH(normal_distribution((x - 0.707107f) / 0.282095f));
  }
#undef EACH
}

// The numbers of rows that a tile can have; kernels compile a tile for each.
#define FOR_EACH_ROW_COUNT(MACRO)                                                                   \
  MACRO(1) MACRO(2) MACRO(3) MACRO(4) MACRO(5) MACRO(6) MACRO(7) MACRO(8) MACRO(9) MACRO(10)        \
  MACRO(11) MACRO(12) MACRO(13) MACRO(14)

#endif
