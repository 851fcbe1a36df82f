#ifndef WHENCE_MEMORY_H
#define WHENCE_MEMORY_H

#include <stddef.h>
#include <stdint.h>

/// Zeroed memory, aligned to 64 bytes; null when there is none left.
///
/// What is large comes straight from the system, which zeroes it and takes it back whole: a heap
/// would keep the holes that the matrices of a model leave while they are packed one after another.
void *whence_memory_create(size_t bytes);

/// Bytes that the process can take at the very most: what the machine and the control groups of the process have, and
/// what its limit of addresses leaves; `SIZE_MAX` if the system says nothing.
size_t whence_memory_left(void);

/// Lets all threads share one heap where the process's addresses are limited; for a program to call before it starts
/// threads.
void whence_memory_share_heap(void);

/// Gives memory back; `bytes` as it was asked for.
void whence_memory_destroy(void *memory, size_t bytes);

#endif
