#include "whence_memory.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { ALIGNMENT = 64, LARGE = 256 << 10 };

void *whence_memory_create(size_t bytes) {
  if (bytes >= LARGE) {
    void *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return memory == MAP_FAILED ? NULL : memory;
  }
  void *memory = NULL;
  const size_t size = bytes > 0 ? bytes : ALIGNMENT;
  if (posix_memalign(&memory, ALIGNMENT, size) != 0) return NULL;
  return memset(memory, 0, size);
}

void whence_memory_destroy(void *memory, size_t bytes) {
  if (bytes >= LARGE)
    munmap(memory, bytes);
  else
    free(memory);
}
