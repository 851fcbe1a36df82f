#include <math.h>
#include <string.h>

#include "laboratory_kernels.h"

const struct laboratory_kernel laboratory_plain = LABORATORY_KERNEL;
