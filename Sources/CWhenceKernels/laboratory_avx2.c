#if defined(__x86_64__)

#include <math.h>
#include <string.h>

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)

#include "laboratory_kernels.h"

#pragma clang attribute pop

const struct laboratory_kernel laboratory_avx2 = LABORATORY_KERNEL;

#endif
