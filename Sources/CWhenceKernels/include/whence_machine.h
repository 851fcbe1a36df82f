#ifndef WHENCE_MACHINE_CHOICE_H
#define WHENCE_MACHINE_CHOICE_H

#include <stdbool.h>

/// Whether `$WHENCE_KERNELS`, which keeps the process from kernels for newer machines, may have this value.
bool whence_knows_kernels(const char *name);

#endif
