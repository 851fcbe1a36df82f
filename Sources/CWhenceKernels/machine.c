#include "machine.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

static const struct {
  const char *name;
  enum machine_kind kind;
} names[] = {{"plain", machine_kind_plain},
             {"avx2", machine_kind_avx2},
             {"avxvnni", machine_kind_avxvnni},
             {"avx512", machine_kind_avx512}};

bool whence_knows_kernels(const char *name) {
  for (size_t index = 0; index < sizeof names / sizeof *names; index++)
    if (strcmp(names[index].name, name) == 0) return true;
  return false;
}

static enum machine_kind best_kind(void) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f")) return machine_kind_avx512;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
    return __builtin_cpu_supports("avxvnni") ? machine_kind_avxvnni : machine_kind_avx2;
#endif
  return machine_kind_plain;
}

enum machine_kind machine_kind(void) {
  // Asked for with every call; every thread finds the same.
  static atomic_int found = -1;
  int kind = atomic_load_explicit(&found, memory_order_relaxed);
  if (kind >= 0) return (enum machine_kind)kind;
  kind = best_kind();
  const char *limit = getenv("WHENCE_KERNELS");
  for (size_t index = 0; limit && index < sizeof names / sizeof *names; index++)
    if (strcmp(names[index].name, limit) == 0 && (int)names[index].kind < kind) kind = names[index].kind;
  atomic_store_explicit(&found, kind, memory_order_relaxed);
  return (enum machine_kind)kind;
}

const struct machine *this_machine(void) {
  switch (machine_kind()) {
#if defined(__x86_64__)
    case machine_kind_avx512: return &machine_avx512;
    case machine_kind_avxvnni:
    case machine_kind_avx2: return &machine_avx2;
#endif
    default: return &machine_plain;
  }
}
