#include "whence_memory.h"

#include <limits.h>
#if defined(__linux__)
#include <malloc.h>
#endif
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static size_t least(size_t one, size_t other) { return one < other ? one : other; }

static size_t physical_memory(void) {
  const long pages = sysconf(_SC_PHYS_PAGES), size = sysconf(_SC_PAGESIZE);
  return pages > 0 && size > 0 ? (size_t)pages * (size_t)size : SIZE_MAX;
}

#if defined(__linux__)

/// The number in a file; `SIZE_MAX` if there is none, as where the file says "max".
static size_t number_in(const char *path) {
  FILE *file = fopen(path, "re");
  if (!file) return SIZE_MAX;
  unsigned long long number = 0;
  const int found = fscanf(file, "%llu", &number);
  fclose(file);
  return found == 1 ? least((size_t)number, SIZE_MAX) : SIZE_MAX;
}

/// The least limit of a control group and those around it. Inside a container, whose own group is mounted as the root,
/// the name may be the host's and lead nowhere, but for the last.
static size_t group_limit(const char *root, const char *group, const char *file) {
  size_t limit = SIZE_MAX;
  char place[PATH_MAX], path[PATH_MAX];
  if (snprintf(place, sizeof place, "%s", group) >= (int)sizeof place) return limit;
  for (char *end = place + strlen(place); end; end = strrchr(place, '/')) {
    *end = 0;
    if (snprintf(path, sizeof path, "%s%s/%s", root, place, file) < (int)sizeof path)
      limit = least(limit, number_in(path));
  }
  return limit;
}

/// What the process's control groups leave it.
static size_t groups_limit(void) {
  size_t limit = SIZE_MAX;
  FILE *file = fopen("/proc/self/cgroup", "re");
  if (!file) return limit;
  // Of the first kind "4:memory:/group", of the second "0::/group".
  char line[PATH_MAX];
  while (fgets(line, sizeof line, file)) {
    line[strcspn(line, "\n")] = 0;
    const char *controllers = strchr(line, ':');
    const char *group = controllers ? strchr(controllers + 1, ':') : NULL;
    if (!group) continue;
    if (strncmp(line, "0::", 3) == 0)
      limit = least(limit, group_limit("/sys/fs/cgroup", group + 1, "memory.max"));
    else if (strncmp(controllers, ":memory:", 8) == 0)
      limit = least(limit, group_limit("/sys/fs/cgroup/memory", group + 1, "memory.limit_in_bytes"));
  }
  fclose(file);
  return limit;
}

/// Bytes of address space that the process takes.
static size_t taken_addresses(void) {
  FILE *file = fopen("/proc/self/statm", "re");
  if (!file) return 0;
  unsigned long long pages = 0;
  const int found = fscanf(file, "%llu", &pages);
  fclose(file);
  return found == 1 ? (size_t)pages * (size_t)sysconf(_SC_PAGESIZE) : 0;
}

#endif

void whence_memory_share_heap(void) {
#if defined(__GLIBC__)
  struct rlimit addresses;
  // glibc gives every thread a heap of 64 MiB of addresses as long as there are any, and with them the model's.
  if (getrlimit(RLIMIT_AS, &addresses) == 0 && addresses.rlim_cur != RLIM_INFINITY) mallopt(M_ARENA_MAX, 1);
#endif
}

size_t whence_memory_left(void) {
  size_t left = physical_memory();
#if defined(__linux__)
  left = least(left, groups_limit());
  struct rlimit addresses;
  if (getrlimit(RLIMIT_AS, &addresses) == 0 && addresses.rlim_cur != RLIM_INFINITY) {
    const size_t taken = taken_addresses(), limit = (size_t)addresses.rlim_cur;
    // A quarter is for stacks and heaps of threads, which take addresses long before they take memory.
    left = least(left, limit > taken ? (limit - taken) / 4 * 3 : 0);
  }
#endif
  return left;
}
