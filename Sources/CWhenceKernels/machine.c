#include "machine.h"

const struct machine *this_machine(void) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f")) return &machine_avx512;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return &machine_avx2;
#endif
  return &machine_plain;
}
