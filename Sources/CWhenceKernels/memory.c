#if defined(__linux__)
#define _GNU_SOURCE // for MAP_POPULATE
#endif

#include "whence_memory.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

// What is asked for is about to be written: to get all pages at once costs less than a fault for each of them. Pages of
// 2 MiB cost more where the memory is a guest's, whose host has to find them first.
#if defined(MAP_POPULATE)
enum { PRIVATE_ZEROS = MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE };
#else
enum { PRIVATE_ZEROS = MAP_PRIVATE | MAP_ANONYMOUS };
#endif

enum { ALIGNMENT = 64, LARGE = 256 << 10, SPARES = 4, SPARE_BYTES = 12 << 20 };

// Large memory that was given back, the latest first. While a model is read, matrices of a few sizes come and go
// where they cannot be packed as they come; what the system would have to find and clear is there already.
struct spare {
  void *memory;
  size_t bytes;
};
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct spare spares[SPARES];
static int spare_count;
static size_t spare_bytes;

static struct spare remove_spare(int index) {
  const struct spare removed = spares[index];
  spare_count--;
  spare_bytes -= removed.bytes;
  memmove(&spares[index], &spares[index + 1], (size_t)(spare_count - index) * sizeof *spares);
  return removed;
}

static void *take_spare(size_t bytes) {
  void *memory = NULL;
  pthread_mutex_lock(&lock);
  for (int index = 0; index < spare_count && !memory; index++)
    if (spares[index].bytes == bytes) memory = remove_spare(index).memory;
  pthread_mutex_unlock(&lock);
  return memory;
}

static void keep_spare(void *memory, size_t bytes) {
  struct spare leaving[SPARES];
  int leaving_count = 0;
  pthread_mutex_lock(&lock);
  while (spare_count == SPARES || (spare_count > 0 && spare_bytes + bytes > SPARE_BYTES))
    leaving[leaving_count++] = remove_spare(spare_count - 1);
  memmove(&spares[1], &spares[0], (size_t)spare_count * sizeof *spares);
  spares[0] = (struct spare){memory, bytes};
  spare_count++;
  spare_bytes += bytes;
  pthread_mutex_unlock(&lock);
  for (int index = 0; index < leaving_count; index++) munmap(leaving[index].memory, leaving[index].bytes);
}

void *whence_memory_create(size_t bytes) {
  if (bytes >= LARGE) {
    void *spare = take_spare(bytes);
    if (spare) return memset(spare, 0, bytes);
    void *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, PRIVATE_ZEROS, -1, 0);
    return memory == MAP_FAILED ? NULL : memory;
  }
  void *memory = NULL;
  const size_t size = bytes > 0 ? bytes : ALIGNMENT;
  if (posix_memalign(&memory, ALIGNMENT, size) != 0) return NULL;
  return memset(memory, 0, size);
}

void whence_memory_destroy(void *memory, size_t bytes) {
  if (bytes < LARGE)
    free(memory);
  else if (bytes <= SPARE_BYTES)
    keep_spare(memory, bytes);
  else
    munmap(memory, bytes);
}
